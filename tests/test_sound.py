import struct
from math import pi, sin

import pytest

from kiosk import sound
from kiosk.errors import KioskError

pytestmark = pytest.mark.needs("ffmpeg")


def wave(*parts: tuple[float, float]) -> bytes:
    """A WAV of tones: (seconds, loudness from 0 to 1) one after the other."""
    samples = [
        int(32_000 * level * sin(2 * pi * 440 * number / sound.RATE))
        for seconds, level in parts
        for number in range(int(seconds * sound.RATE))
    ]
    data = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, sound.RATE,
                       2 * sound.RATE, 2, 16, b"data", len(data))  # fmt: skip
    return head + data


@pytest.mark.parametrize("level", [0.02, 0.2, 0.9])
def test_loud_and_soft_recordings_come_out_alike(level, tmp_path):
    path = tmp_path / "x.mp3"
    path.write_bytes(sound.prepare(wave((2, level))).mp3)
    assert abs(sound.loudness(path) - sound.LOUDNESS) < 1


def test_silence_at_both_ends_goes_and_a_pause_within_stays():
    trimmed = sound.trim(wave((1, 0), (1, 0.5), (0.5, 0), (1, 0.5), (2, 0)))
    assert abs(len(trimmed) / 2 / sound.RATE - 2.5) < 0.15


def test_it_is_small_mono_mp3_without_tags():
    speech = sound.prepare(wave((2, 0.3)))
    assert speech.mp3[:2] == b"\xff\xf3"
    assert speech.mp3[3] >> 6 == 3
    assert abs(speech.seconds - 2) < 0.2
    assert not any(tag in speech.mp3 for tag in (b"ID3", b"Xing", b"Info", b"TAG", b"Lavf", b"Lavc"))


def test_the_same_recording_gives_the_same_bytes():
    assert sound.prepare(wave((1, 0.3))) == sound.prepare(wave((1, 0.3)))


def test_a_word_shorter_than_a_block_of_r128_is_levelled_too(tmp_path):
    path = tmp_path / "x.mp3"
    path.write_bytes(sound.prepare(wave((0.2, 0.05))).mp3)
    assert abs(sound.loudness(path) - sound.LOUDNESS) < 4


def test_silence_noise_and_what_is_no_sound_are_refused(tmp_path):
    with pytest.raises(KioskError, match="silent"):
        sound.prepare(wave((1, 0)))
    path = tmp_path / "x.wav"
    path.write_bytes(b"no sound at all")
    with pytest.raises(KioskError, match="ffmpeg failed"):
        sound.prepare(path)


def test_a_recording_left_running_is_refused(tmp_path):
    path = tmp_path / "x.wav"
    path.write_bytes(wave((121, 0.3)))
    with pytest.raises(KioskError, match=r"x\.wav is longer than 120 s"):
        sound.prepare(path)


def test_no_list_of_other_files_is_followed(tmp_path):
    path = tmp_path / "x.wav"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(KioskError):
        sound.prepare(path)
