"""How a lesson should be, for somebody who has never held a smartphone: what a build says about it, and refuses."""

import re
from collections.abc import Iterator

from kiosk.authoring import everyday
from kiosk.authoring.markdown import CardText, LessonText, QuestionText
from kiosk.findings import Finding, Level
from kiosk.practice.scenario import Scenario
from kiosk.practice.speech import spoken

SENTENCES = 2
WORDS = 12
MOST_WORDS = 20
LETTERS = 76  # under a screen, which is taller than a drawing: four lines at 320 px, the last not scrolled away
FEWEST_CARDS = 5
MOST_CARDS = 9
QUESTIONS = 3
FEWEST_ANSWERS = 2
MOST_ANSWERS = 3
# A lead or hint in Vietnamese asks for one of these: it says what to do, not that something was wrong.
ACTIONS = frozenset(
    ("bấm", "chạm", "chọn", "đọc", "đưa", "giơ", "gọi", "hỏi", "kéo", "lướt", "mở", "nghe", "nhìn", "nói", "quay",
     "quét", "so", "tắt", "thoát", "thử", "trả", "vuốt", "xem", "xóa")
)  # fmt: skip

_WORD = re.compile(r"\w+")
_END = re.compile(r"(?<=[.!?…])\s+")


def judge(lesson: LessonText) -> Iterator[Finding]:
    """What is to be said of a lesson as it is written in one language."""
    number = len(lesson.cards)
    if not FEWEST_CARDS <= number <= MOST_CARDS:
        what = f"{number} cards; a lesson has {FEWEST_CARDS} to {MOST_CARDS}"
        remedy = "tell it in more steps" if number < FEWEST_CARDS else "make it two lessons"
        yield Finding(f"{lesson.where}:1", Level.FAIL, what, remedy)
    if not lesson.title:
        yield Finding(f"{lesson.where}:1", Level.FAIL, "no title", "write title: ... between the lines ---")
    for card in lesson.cards:
        yield from _card(card, f"{lesson.where}:{card.line}")
    yield from _questions(lesson)
    if lesson.where.endswith(".vi.md"):
        for one in lesson.spoken():
            yield from _words(one, f"{lesson.where}:{one.line}")


def _words(one: CardText | QuestionText, where: str) -> Iterator[Finding]:
    for sentence in one.sentences:
        for written, said in everyday.stiff(sentence):
            yield Finding(where, Level.WARN, f"say “{said}” instead of “{written}”", "as bà con say it")
        for syllable in everyday.rare(sentence):
            remedy = "say it in everyday words, or add it to kiosk/authoring/words.toml"
            yield Finding(where, Level.WARN, f"“{syllable}” is a rare word", remedy)


def _questions(lesson: LessonText) -> Iterator[Finding]:
    number = len(lesson.questions)
    if number != QUESTIONS:
        what = f"{number} questions; a lesson ends with {QUESTIONS}"
        yield Finding(f"{lesson.where}:1", Level.WARN, what, "ask for what was shown; see content/HUONG-DAN.md")
    places = {[answer.id for answer in one.answers].index(one.right) for one in lesson.questions}
    if number > 1 and len(places) == 1:
        what = "the right picture stands at the same place in every question"
        yield Finding(f"{lesson.where}:{lesson.questions[0].line}", Level.WARN, what, "change the order of the answers")
    for question in lesson.questions:
        yield from _question(question, lesson.where)


def _question(question: QuestionText, where: str) -> Iterator[Finding]:
    place, number = f"{where}:{question.line}", len(question.answers)
    if not FEWEST_ANSWERS <= number <= MOST_ANSWERS:
        what = f"the question {question.id} has {number} answers; it has {FEWEST_ANSWERS} or {MOST_ANSWERS}"
        yield Finding(place, Level.FAIL, what, "a picture each, one of them right")
    if len({answer.composed or answer.picture for answer in question.answers}) < number:
        what = f"two answers of the question {question.id} have the same picture"
        yield Finding(place, Level.FAIL, what, "who reads nothing must tell them apart")
    yield from _said(question, place)
    for answer in question.answers:
        yield from _card(answer, f"{where}:{answer.line}")


def _card(card: CardText, where: str) -> Iterator[Finding]:
    if not card.picture:
        yield Finding(where, Level.FAIL, f"the card {card.id} has no picture", "compose one; see content/PICTURES.md")
    letters = len(" ".join(card.sentences))
    if card.screen and letters > LETTERS:
        what = f"{letters} letters under the screen of the card {card.id}"
        yield Finding(where, Level.WARN, what, f"say it in at most {LETTERS}, or show a picture")
    yield from _said(card, where)


def _said(card: CardText | QuestionText, where: str) -> Iterator[Finding]:
    if not card.sentences:
        yield Finding(where, Level.FAIL, f"the card {card.id} says nothing", "write one or two short sentences")
    if len(card.sentences) > SENTENCES:
        what = f"the card {card.id} has {len(card.sentences)} sentences; a card has at most {SENTENCES}"
        yield Finding(where, Level.FAIL, what, "make it two cards")
    for sentence in card.sentences:
        yield from _sentence(sentence, where)


def _sentence(sentence: str, where: str) -> Iterator[Finding]:
    words = len(sentence.split())
    if words > WORDS:
        level = Level.FAIL if words > MOST_WORDS else Level.WARN
        yield Finding(where, level, f"{words} words in “{sentence}”", f"say it in at most {WORDS}")
    if sentence[-1] not in '.!?…”"':
        yield Finding(where, Level.WARN, f"no full stop after “{sentence}”", "end it, so that the voice falls")


def compare(source: LessonText, other: LessonText) -> Iterator[Finding]:
    """What a translation lacks or adds beside the lesson in the pack's first language."""
    wanted, given = list(_met(source)), list(_met(other))
    if wanted != given:
        differing = next((one for one in (*wanted, *given) if one not in wanted or one not in given), "their order")
        what = f"its cards are not those of {source.where} ({differing})"
        yield Finding(f"{other.where}:1", Level.FAIL, what, "keep the same ids in the same order")


def _met(lesson: LessonText) -> Iterator[str]:
    """Every card, question and answer in order, and which answer is right."""
    rights = {question.right for question in lesson.questions}
    return (f"{one.id}, right" if one.id in rights else one.id for one in lesson.spoken())


def judge_scenario(scenario: Scenario, where: str) -> Iterator[Finding]:
    """What is to be said of the words that a scenario speaks."""
    for key, texts in spoken(scenario):
        for lang, text in texts.items():
            words = max((len(sentence.split()) for sentence in _END.split(text)), default=0)
            if words > MOST_WORDS:
                yield Finding(where, Level.WARN, f"{key}: {words} words in “{text}”", f"say it in at most {WORDS}")
            if lang == "vi" and text and {"lead", "hint"} & set(key.split(".")) and not _asks(text):
                yield Finding(where, Level.WARN, f"{key}: “{text}” does not say what to do", "begin with what to tap")


def _asks(text: str) -> bool:
    return not ACTIONS.isdisjoint(_WORD.findall(text.lower()))
