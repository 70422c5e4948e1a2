import shutil
from array import array
from pathlib import Path

import pytest

from kiosk import process, sound
from kiosk.errors import KioskError
from kiosk.narration.recording import LONGEST, judge, prepare

pytestmark = pytest.mark.needs("ffmpeg", "ffprobe", "espeak-ng")

# name -> what ffmpeg makes of the spoken sentence `said.wav`
MADE = {
    "clipped.wav": "-i said.wav -af volume=20dB",
    "long.mp3": "-stream_loop 30 -i said.wav",
    "soft.wav": "-i said.wav -af volume=-45dB",
    "silent.wav": "-f lavfi -i anullsrc -t 3",
    "hiss.wav": "-f lavfi -i anoisesrc=d=3:a=0.1:seed=1",
    "hum.ogg": "-f lavfi -i sine=frequency=50:duration=3",
    "film.mp3": "-f lavfi -i testsrc=duration=1 -i said.wav -c:v mpeg4 -f mp4",
    "phone.m4a": "-i said.wav",
    "browser.webm": "-i said.wav -c:a libopus",
    "cover.mp3": "-i said.wav -f lavfi -i color=s=16x16:r=1:d=1 -map 0 -map 1 -c:v mjpeg -disposition:v attached_pic",
}


@pytest.fixture(scope="module")
def recordings(tmp_path_factory) -> Path:
    """A folder of recordings as phones, browsers and carelessness make them."""
    folder = tmp_path_factory.mktemp("recordings")
    process.run(["espeak-ng", "-v", "vi", "-a", "60", "-w", folder / "said.wav", "Bấm vào hình ô vuông để quét mã."])
    for name, how in MADE.items():
        process.run(["ffmpeg", "-nostdin", "-v", "error", *how.split(), name], cwd=folder)
    (folder / "text.wav").write_text("Bấm vào đây\n", encoding="utf-8")
    (folder / "empty.mp3").touch()
    (folder / "list.wav").write_text("#EXTM3U\n#EXTINF:1,\nfile:said.wav\n", encoding="ascii")
    shutil.copy(folder / "said.wav", folder / "broken.wav")
    with (folder / "broken.wav").open("r+b") as file:
        file.truncate(2000)
    return folder


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("clipped.wav", "clipped"),
        ("long.mp3", "longer than 60 s"),
        ("soft.wav", "silent"),
        ("silent.wav", "silent"),
        ("hiss.wav", "only noise"),
        ("hum.ogg", "only noise"),
        ("film.mp3", "is a film"),
        ("text.wav", "not sound"),
        ("empty.mp3", "not sound"),
        ("list.wav", "not sound"),
        ("broken.wav", "silent|too short|damaged"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_that_says_what_to_do(recordings, name, why):
    with pytest.raises(KioskError, match=why) as refused:
        prepare(recordings / name)
    assert refused.value.hint
    assert "\n" not in str(refused.value)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["said.wav", "phone.m4a", "browser.webm", "cover.mp3"])
def test_what_a_phone_or_a_browser_records_becomes_speech_like_all_other(recordings, name, tmp_path):
    speech = prepare(recordings / name)
    assert 1.0 < speech.seconds < 4.0
    made = tmp_path / "made.mp3"
    made.write_bytes(speech.mp3)
    assert sound.loudness(made) == pytest.approx(sound.LOUDNESS, abs=1.5)


def test_a_recording_larger_than_a_minute_of_anything_is_not_opened(tmp_path):
    file = tmp_path / "huge.wav"
    with file.open("wb") as target:
        target.truncate(13 << 20)
    with pytest.raises(KioskError, match="larger than 12 MB"):
        prepare(file)


def test_judging_leaves_the_longest_sentence_alone():
    samples = array("h", [0, 9000, -9000, 4000] * int(sound.RATE / 8)) + array("h", bytes(sound.RATE))
    judge(samples, "x")
    with pytest.raises(KioskError, match="longer"):
        judge(samples * int(LONGEST + 1), "x")
