"""What a lesson shows and sounds is in its pack, or the pack is refused as a whole."""

import json

import pytest

from kiosk.errors import KioskError
from kiosk.packs import archive, lesson
from tests.packs.made import FILES, entry, packed, whole

LESSON = "lessons/quet-ma.vi.json"
SCENARIO = json.dumps({"id": "quet-ma", "screens": {"ten": {}, "so-tien": {}}}).encode()


def verified(tmp_path, **changed):
    """The pack with those members, the last first: nothing is to depend on their order."""
    files = FILES | {name.replace("__", "/") + ".json": data for name, data in changed.items()}
    path = tmp_path / "x.pack"
    entries = tuple(entry(name, data) for name, data in reversed(files.items()))
    path.write_bytes(packed(whole(files=entries), files))
    return archive.verify(path)


def told(picture="pictures/aa.svg", sound="", **more):
    card = {"id": "mot", "picture": picture, "sentences": ["Một."], "sound": sound, "voice": "machine", "seconds": 1}
    return json.dumps({"id": "quet-ma", "lang": "vi", "title": "Quét mã", "cards": [card], **more}).encode()


def asked(picture):
    """A lesson with a question whose first answer has that picture."""
    card = json.loads(told())["cards"][0]
    answers = [{**card, "id": name, "picture": picture, "right": name == "dung"} for name in ("dung", "sai")]
    question = {key: value for key, value in card.items() if key != "picture"} | {"id": "hoi", "answers": answers}
    return told(questions=[question])


def test_a_card_shows_a_drawing_or_a_screen_of_the_packs_scenarios(tmp_path):
    files = {"lessons__quet-ma.vi": told(lesson.screen("quet-ma", "ten")), "practice__quet-ma": SCENARIO}
    assert LESSON in {file.path for file in verified(tmp_path, **files).files}
    card = lesson.decode(files["lessons__quet-ma.vi"], lesson.Lesson, "x").cards[0]
    assert card.screen == ("practice/quet-ma.json", "ten")
    assert lesson.decode(told(), lesson.Lesson, "x").cards[0].screen == ("", "")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (told("practice/quet-ma.json#bien-lai"), "speaks of practice/quet-ma.json#bien-lai, which is not in it"),
        (told("practice/khac.json#ten"), "speaks of practice/khac.json#ten, which is not in it"),
        (told("pictures/bb.svg"), "speaks of pictures/bb.svg, which is not in it"),
        (told(sound="media/00112233445566bb.mp3"), "speaks of media/00112233445566bb.mp3, which is not in it"),
        (asked("pictures/bb.svg"), "speaks of pictures/bb.svg, which is not in it"),
        (asked("practice/quet-ma.json#ten"), "answers[0].picture"),
        (told(""), "cards[0].picture"),
        (told("words.json"), "cards[0].picture"),
        (told("practice/quet-ma.json"), "cards[0].picture"),
        (told("practice/quet-ma.json#"), "cards[0].picture"),
        (told("practice/../quet-ma.json#ten"), "cards[0].picture"),
        (told("pictures/aa.svg#ten"), "cards[0].picture"),
        (told("practice/quet-ma.json#ten\n"), "cards[0].picture"),
        (told("practice/quet-ma.json#ten", screen="ten"), "unknown field"),
        (b"[" * 5000, "cannot be read"),
        (b"\xff", "cannot be read"),
        (told(title="x" * 2**20), "has more than 1048576 bytes"),
    ],
)
def test_a_lesson_that_shows_or_sounds_anything_else_is_refused(tmp_path, shown, said):
    with pytest.raises(KioskError) as wrong:
        verified(tmp_path, **{"lessons__quet-ma.vi": shown, "practice__quet-ma": SCENARIO})
    assert said in wrong.value.message
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("scenario", [b"", b"[]", b'{"screens": 5}', b"\xff", b'{"screens":' * 5000])
def test_a_scenario_that_cannot_be_looked_into_is_refused(tmp_path, scenario):
    with pytest.raises(KioskError, match=r"practice/quet-ma\.json cannot be read"):
        verified(tmp_path, **{"practice__quet-ma": scenario})
