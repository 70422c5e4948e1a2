import pytest

from kiosk.authoring import style
from kiosk.authoring.markdown import CardText, LessonText, QuestionText
from kiosk.findings import Level
from kiosk.practice.scenario import from_builtins


def question(name, *answers, right, sentences=("Bấm gì?",)):
    return QuestionText(name, 30, sentences, right, answers)


def lesson(*cards, title="Quét mã", questions=None):
    return LessonText("x.md", title, cards, questions=THREE if questions is None else questions)


def card(name="mot", picture="tay.svg", sentences=("Chạm vào đây.",), screen=None):
    return CardText(name, 7, picture, sentences, screen=screen)


def said(*cards, **changes):
    return [(finding.area, finding.level, finding.what) for finding in style.judge(lesson(*cards, **changes))]


def scenario(**screen):
    """A scenario of one screen."""
    plain = {"surface": "app", "say": "Chào.", "blocks": [{"block": "button", "choice": {"text": "Đi", "go": "end"}}]}
    table = {"id": "thu", "title": "Thử", "teach": "mot", "start": "dau", "variants": [{"id": "mot"}]}
    return from_builtins({**table, "screens": {"dau": {**plain, **screen}}}, "x")


RIGHT, WRONG, OTHER = card("dung"), card("sai", "may.svg"), card("khac", "nha.svg")
FIRST = question("hoi-mot", RIGHT, WRONG, right="dung")
THREE = (FIRST, question("hoi-hai", WRONG, RIGHT, right="dung"), question("hoi-ba", WRONG, OTHER, RIGHT, right="dung"))
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
        (card("nam", sentences=("a" * 76 + ".",), screen=("a", "b")), Level.WARN, "77 letters under the screen"),
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


@pytest.mark.parametrize(
    ("questions", "level", "what"),
    [
        (THREE[:2], Level.WARN, "2 questions"),
        ((FIRST, FIRST, FIRST), Level.WARN, "at the same place"),
        ((*THREE[:2], question("hoi", RIGHT, right="dung")), Level.FAIL, "has 1 answers"),
        (
            (*THREE[:2], question("hoi", WRONG, OTHER, RIGHT, card("nam", "c.svg"), right="dung")),
            Level.FAIL,
            "4 answers",
        ),
        ((*THREE[:2], question("hoi", RIGHT, card("sai"), right="dung")), Level.FAIL, "the same picture"),
        ((*THREE[:2], question("hoi", RIGHT, WRONG, right="dung", sentences=())), Level.FAIL, "says nothing"),
        ((*THREE[:2], question("hoi", RIGHT, card("sai", ""), right="dung")), Level.FAIL, "no picture"),
        ((*THREE[:2], question("hoi", RIGHT, card("sai", "x.svg", ()), right="dung")), Level.FAIL, "says nothing"),
    ],
)
def test_a_lesson_ends_with_three_questions_of_two_or_three_pictures(questions, level, what):
    ((_, found, words),) = said(*FIVE, questions=questions)
    assert found is level
    assert what in words


def test_a_translation_has_the_same_right_answers():
    changed = (question("hoi-mot", RIGHT, WRONG, right="sai"), *THREE[1:])
    for other in (changed, THREE[:2]):
        found = style.compare(lesson(*FIVE), lesson(*FIVE, questions=other))
        assert [finding.level for finding in found] == [Level.FAIL]
