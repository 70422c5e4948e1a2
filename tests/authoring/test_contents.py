import pytest

from kiosk.authoring import contents, links, source
from kiosk.findings import Level
from kiosk.pages.words import read_words

SELLER = "- seller: left\n- hand-phone: {at: right, shows: qr}\n"
CARD = "lessons/quet-ma.vi.md"


def read(folder):
    return contents.read(source.read(folder), read_words())


def failures(folder):
    found = links.judge(read(folder))
    return [(one.area, one.what) for one in found if one.level is not Level.OK]


def compose(folder, described):
    """Give the second card a composed picture instead of its drawing."""
    path = folder / CARD
    text = path.read_text(encoding="utf-8")
    head, mark, tail = text.partition("## hai\n")
    path.write_text(head + mark + tail.replace("![](tay.svg)\n", f"```picture\n{described}```\n", 1), encoding="utf-8")


def test_a_card_has_the_picture_that_its_lesson_describes(tiny):
    compose(tiny, SELLER)
    card = read(tiny).lessons["quet-ma", "vi"].cards[1]
    assert card.sentences == ("Hai.", "Chạm vào đây.")
    assert (
        read(tiny).drawings[card.picture].startswith(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">')
    )
    assert failures(tiny) == []


def test_a_wrong_word_of_a_described_picture_is_said_once_with_its_line(tiny):
    compose(tiny, SELLER.replace("seller", "seler"))
    found = [(area, what) for area, what in failures(tiny) if area != "pack.toml"]
    assert found == [(f"{CARD}:11", "there is no part 'seler'; near it: seller, teller, helper")]


def test_a_described_picture_stands_above_the_sentences_and_alone(tiny):
    path = tiny / CARD
    text = path.read_text(encoding="utf-8")
    path.write_text(text + f"\n```picture\n{SELLER}```\n", encoding="utf-8")
    (found,) = [what for area, what in failures(tiny) if area != "pack.toml"]
    assert found == "a card has one picture, above its sentences"


def test_a_described_picture_too_large_is_refused_under_its_card(tiny):
    compose(tiny, "".join(f"- mother: {{x: {20 * place}, holds: vegetables, says: sticker}}\n" for place in range(5)))
    (found,) = [(area, what) for area, what in failures(tiny) if area != "pack.toml"]
    assert found[0] == f"{CARD}:9"
    assert "at most 6144" in found[1]


def test_a_described_file_of_media_is_a_picture_like_any_other(tiny):
    drawing = tiny / "media" / "tay.svg"
    drawing.unlink()
    drawing.with_suffix(".yaml").write_text(SELLER, encoding="utf-8")
    assert failures(tiny) == []
    assert b"0 0 320 200" in read(tiny).drawings["tay.svg"]


def test_a_described_file_of_media_that_is_wrong_is_not_also_missed(tiny):
    (tiny / "media" / "tay.svg").unlink()
    (tiny / "media" / "tay.yaml").write_text("- seler\n", encoding="utf-8")
    assert [area for area, _ in failures(tiny)] == ["media/tay.yaml:1"]


@pytest.mark.parametrize("used", [True, False])
def test_a_picture_in_two_forms_or_unused_is_said(tiny, used):
    (tiny / "media" / ("tay.yaml" if used else "khac.yaml")).write_text(SELLER, encoding="utf-8")
    (found,) = failures(tiny)
    assert found == (
        ("media/tay.yaml", "this picture is there in two forms")
        if used
        else ("media/khac.svg", "no card, path or scenario shows it")
    )
