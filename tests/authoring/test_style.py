import pytest

from kiosk.authoring import style
from kiosk.authoring.markdown import CardText, LessonText
from kiosk.findings import Level
from kiosk.practice.scenario import from_builtins


def lesson(*cards, title="Quét mã"):
    return LessonText("x.md", title, cards)


def card(name="mot", picture="tay.svg", sentences=("Chạm vào đây.",)):
    return CardText(name, 7, picture, sentences)


def said(*cards, **changes):
    return [(finding.area, finding.level, finding.what) for finding in style.judge(lesson(*cards, **changes))]


def scenario(**screen):
    """A scenario of one screen."""
    plain = {"surface": "app", "say": "Chào.", "blocks": [{"block": "button", "choice": {"text": "Đi", "go": "end"}}]}
    table = {"id": "thu", "title": "Thử", "teach": "mot", "start": "dau", "variants": [{"id": "mot"}]}
    return from_builtins({**table, "screens": {"dau": {**plain, **screen}}}, "x")


FIVE = tuple(card(name) for name in ("mot", "hai", "ba", "bon", "nam"))


@pytest.mark.parametrize(
    ("screen", "what"),
    [
        ({"lead": "Bấm Đi."}, None),
        ({"lead": "Sai rồi."}, "dau.lead: “Sai rồi.” does not say what to do"),
        ({"hint": "Chưa đúng."}, "dau.hint"),
        ({"say": "từ " * 21 + "."}, "dau.say: 22 words"),
        ({"lead": {"vi": "Bấm Đi.", "en": "Wrong."}}, None),
    ],
)
def test_what_a_scenario_says_is_short_and_its_hints_say_what_to_do(screen, what):
    found = list(style.judge_scenario(scenario(**screen), "x.yaml"))
    assert [finding.level for finding in found] == ([Level.WARN] if what else [])
    assert all(what in finding.what for finding in found)


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
