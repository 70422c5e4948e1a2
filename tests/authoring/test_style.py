import pytest

from kiosk.authoring import style
from kiosk.authoring.markdown import CardText, LessonText
from kiosk.findings import Level


def lesson(*cards, title="Quét mã"):
    return LessonText("x.md", title, cards)


def card(name="mot", picture="tay.svg", sentences=("Chạm vào đây.",)):
    return CardText(name, 7, picture, sentences)


def said(*cards, **changes):
    return [(finding.area, finding.level, finding.what) for finding in style.judge(lesson(*cards, **changes))]


FIVE = tuple(card(name) for name in ("mot", "hai", "ba", "bon", "nam"))


def test_a_lesson_in_order_needs_no_word():
    assert said(*FIVE) == []


@pytest.mark.parametrize(("number", "refused"), [(4, True), (5, False), (9, False), (10, True)])
def test_a_lesson_has_five_to_nine_cards(number, refused):
    assert bool(said(*(card(f"the-{place}") for place in range(number)))) == refused


@pytest.mark.parametrize(("words", "level"), [(12, None), (13, Level.WARN), (20, Level.WARN), (21, Level.FAIL)])
def test_a_long_sentence_is_named_and_a_very_long_one_refused(words, level):
    found = said(*FIVE[:4], card("nam", sentences=(" ".join(["từ"] * words) + ".",)))
    assert [row[1] for row in found] == ([level] if level else [])
    assert all(row[0] == "x.md:7" and f"{words} words" in row[2] for row in found)


@pytest.mark.parametrize(
    ("changed", "level", "what"),
    [
        (card("nam", sentences=("Một.", "Hai.", "Ba.")), Level.FAIL, "3 sentences"),
        (card("nam", sentences=()), Level.FAIL, "says nothing"),
        (card("nam", picture=""), Level.FAIL, "no picture"),
        (card("nam", sentences=("Chạm vào đây",)), Level.WARN, "no full stop"),
    ],
)
def test_a_card_is_one_picture_and_at_most_two_sentences(changed, level, what):
    ((_, found, words),) = said(*FIVE[:4], changed)
    assert found is level
    assert what in words


def test_a_translation_keeps_the_cards_and_their_order():
    assert list(style.compare(lesson(*FIVE), lesson(*FIVE))) == []
    for other in (FIVE[:4], FIVE[::-1], (*FIVE, card("sau"))):
        assert [finding.level for finding in style.compare(lesson(*FIVE), lesson(*other))] == [Level.FAIL]
