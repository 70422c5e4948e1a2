import pytest

from kiosk import sound
from kiosk.authoring import speech
from kiosk.authoring.speech import Wanted
from kiosk.errors import KioskError


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Gọi 156 hoặc nhắn tin 5656.", "Gọi một năm sáu hoặc nhắn tin năm sáu năm sáu."),
        ("Trả 156.000 đồng, rồi 5.156 đồng.", "Trả 156000 đồng, rồi 5156 đồng."),
        ("Trả 30.000đ cho 0000000001.", "Trả 30000 đồng cho 0 0 0 0 0 0 0 0 0 1."),
        ("1.234.567 đồng", "1234567 đồng"),
        ("Mã 123456, không phải 250000.", "Mã 1 2 3 4 5 6, không phải 250000."),
        ("Bấm 0.", "Bấm 0."),
        ("Mã OTP và VietQR.", "Mã ô tê pê và việt quy a."),
        ("Đường đi.", "Đường đi."),
    ],
)
def test_numbers_and_foreign_words_are_told_to_the_machine_as_people_say_them(written, told):
    assert speech.pronounced(written, "vi") == told


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_the_machine_says_a_sentence_at_the_houses_level(kept, tmp_path):
    wanted = Wanted("vi", "Bà con chạm vào nút quét mã, rồi giữ yên tay.")
    heard = speech.hear([wanted], kept)[wanted]
    path = tmp_path / "x.mp3"
    path.write_bytes(heard.mp3)
    assert abs(sound.loudness(path) - sound.LOUDNESS) < 2
    assert 2 < heard.seconds < 6


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_the_machine_speaks_as_north_centre_or_south_do_and_a_language_without_accents_as_it_can():
    said = {speech.say("Bà con bấm vào đây.", "vi", accent) for accent in ("", "north", "central", "south")}
    assert len(said) == 3
    assert speech.say("Tap here.", "en", "south") == speech.say("Tap here.", "en")


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_the_same_sentence_gives_the_same_bytes_and_is_kept(kept):
    wanted = Wanted("vi", "Xong.")
    made = [speech.hear([wanted], None)[wanted].mp3 for _ in range(2)]
    again = speech.hear([wanted], kept)[wanted].mp3
    assert made[0] == made[1] == again
    (place,) = [path for path in kept.iterdir() if path.read_bytes() == again]
    place.write_bytes(b"kept")
    assert speech.hear([wanted], kept)[wanted].mp3 == b"kept"
    place.unlink()


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_a_recording_takes_the_machines_place(tmp_path):
    recording = tmp_path / "x.wav"
    recording.write_bytes(speech.say("Một hai ba bốn năm.", "vi"))
    person, machine = Wanted("vi", "Xong.", recording), Wanted("vi", "Xong.")
    heard = speech.hear([person, machine], None)
    assert (person.voice, machine.voice) == ("person", "machine")
    assert heard[person].seconds > heard[machine].seconds


def test_a_language_without_a_machine_must_be_recorded():
    with pytest.raises(KioskError, match="no machine speaks hmv"):
        speech.say("x", "hmv")
