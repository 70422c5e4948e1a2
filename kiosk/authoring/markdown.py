"""A lesson as written: Markdown with a title above, a heading for each card, a picture and sentences below it.

The picture is a drawing of media/, `![](name.svg)`, a screen of practice/, `![](scenario/screen)`, or put together from
the kit, in a block that opens with ```picture. After the cards come questions: a heading and sentences without a
picture, then a heading of the third level for each answer, `### right its-id` or `### wrong its-id`, with its picture,
which is no screen, and sentences. Nothing else of Markdown is taken: links, lists, emphasis, HTML and other code are
refused with their line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import frontmatter
import msgspec
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kiosk.authoring import described
from kiosk.authoring.scene import Picture
from kiosk.errors import KioskError
from kiosk.packs.manifest import MOST_SLUG
from kiosk.practice.scenario import Source

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SCREEN = re.compile(rf"({_SLUG.pattern})/({_SLUG.pattern})")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][”\"])\s+")
_SAID = {
    "html_block": "HTML",
    "html_inline": "HTML",
    "fence": "code",
    "code_block": "code (a line that begins with four spaces)",
    "code_inline": "code",
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "blockquote_open": "a quotation",
    "link_open": "a link",
    "em_open": "emphasis",
    "strong_open": "emphasis",
    "hr": "a rule",
    "hardbreak": "a forced line break",
}


@dataclass(frozen=True, slots=True)
class CardText:
    """A card as written.

    Attributes:
        id: its heading.
        line: its line in the file.
        picture: a drawing of media/, where the picture is described, or the screen as it is named.
        sentences: what it says.
        composed: the description of a picture of the kit.
        screen: the scenario and its screen that are the picture.
    """

    id: str
    line: int
    picture: str = ""
    sentences: tuple[str, ...] = ()
    composed: Picture | None = None
    screen: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question as written: its heading, its line, what it says, and its answers, the right one among them."""

    id: str
    line: int
    sentences: tuple[str, ...]
    right: str
    answers: tuple[CardText, ...]


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson as written in one language, the file it stands in, and where its facts were read."""

    where: str
    title: str
    cards: tuple[CardText, ...]
    sources: tuple[Source, ...] = ()
    questions: tuple[QuestionText, ...] = ()

    def pictured(self) -> Iterator[CardText]:
        """Everything that has a picture: cards, then answers."""
        yield from self.cards
        yield from (answer for question in self.questions for answer in question.answers)

    def spoken(self) -> Iterator[CardText | QuestionText]:
        """Everything that is said, in the order in which it is met."""
        yield from self.cards
        for question in self.questions:
            yield question
            yield from question.answers


@dataclass(slots=True)
class _Draft:
    id: str
    line: int
    right: bool | None = None
    pictures: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    composed: Picture | None = None
    screen: tuple[str, str] | None = None
    answers: list["_Draft"] = field(default_factory=list)

    def card(self) -> CardText:
        return CardText(self.id, self.line, "".join(self.pictures), tuple(self.sentences), self.composed, self.screen)

    def question(self) -> QuestionText:
        right = next((answer.id for answer in self.answers if answer.right), "")
        return QuestionText(
            self.id, self.line, tuple(self.sentences), right, tuple(answer.card() for answer in self.answers)
        )


def parse(text: str, where: str) -> LessonText:
    """A lesson from the text of its file.

    Raises:
        KioskError: no title, or anything that is not a heading, a picture or plain sentences; names file and line.
    """
    title, sources, body, above = _split(text.replace("\r\n", "\n"), where)
    drafts: list[_Draft] = []
    tokens = MarkdownIt("commonmark").parse(body)
    for place, token in enumerate(tokens):
        line = above + (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open":
            _open(drafts, token, tokens[place + 1].content, where, line)
        elif token.type == "inline" and tokens[place - 1].type == "paragraph_open":
            if not drafts:
                raise KioskError(f"{where}:{line}: words before the first card", hint="begin a card with ## its-id")
            _paragraph(_last(drafts), token, where, line)
        elif token.type == "fence" and token.info.strip() == "picture" and drafts:
            _compose(_last(drafts), token, where, line)
        elif token.type not in ("inline", "heading_close", "paragraph_open", "paragraph_close"):
            _refuse(token, f"{where}:{line}")
    _once(drafts, where)
    cards = tuple(draft.card() for draft in drafts if not draft.answers)
    return LessonText(where, title, cards, sources, _questions(drafts, where))


def _split(text: str, where: str) -> tuple[str, tuple[Source, ...], str, int]:
    """Title, sources, body, and how many lines stand above the body."""
    try:
        about, body = frontmatter.parse(text)
    except yaml.YAMLError as wrong:
        raise KioskError(f"{where}:1: the lines between --- cannot be read", hint="write title: ...") from wrong
    title, sources = about.pop("title", None), about.pop("sources", [])
    if not isinstance(title, str) or about:
        said = "the lines between --- say the title, perhaps the sources, and nothing else"
        raise KioskError(f"{where}:1: {said}", hint="write title: ...")
    return title.strip(), _sources(sources, where), body, text[: text.rindex(body)].count("\n")


def _sources(plain: object, where: str) -> tuple[Source, ...]:
    try:
        return msgspec.convert(plain, tuple[Source, ...])
    except msgspec.ValidationError as wrong:
        hint = "give each source app, url and checked, the day"
        raise KioskError(f"{where}:1: sources: {wrong}", hint=hint) from wrong


def _open(drafts: list[_Draft], heading: Token, said: str, where: str, line: int) -> None:
    """Begin a card or question, or an answer of the question above."""
    if heading.tag != "h3":
        drafts.append(_Draft(_card_id(said, f"{where}:{line}", level=heading.tag == "h2"), line))
        return
    kind, _, name = said.partition(" ")
    if not drafts or drafts[-1].pictures or kind not in ("right", "wrong"):
        what = "no answer stands here" if kind in ("right", "wrong") else f"{said!r} is no answer"
        hint = "write ## and an id, a question, then ### right its-id or ### wrong its-id with a picture each"
        raise KioskError(f"{where}:{line}: {what}", hint=hint)
    answer = _Draft(_card_id(name.strip(), f"{where}:{line}"), line, right=kind == "right")
    drafts[-1].answers.append(answer)


def _last(drafts: list[_Draft]) -> _Draft:
    return drafts[-1].answers[-1] if drafts[-1].answers else drafts[-1]


def _questions(drafts: list[_Draft], where: str) -> tuple[QuestionText, ...]:
    first = next((place for place, draft in enumerate(drafts) if draft.answers), len(drafts))
    for draft in drafts[first:]:
        rights = sum(answer.right is True for answer in draft.answers)
        if not draft.answers:
            raise KioskError(f"{where}:{draft.line}: a card behind a question", hint="questions end a lesson")
        if rights != 1:
            what = f"the question {draft.id} has {rights} right answers"
            raise KioskError(f"{where}:{draft.line}: {what}", hint="one answer is ### right, the others ### wrong")
    return tuple(draft.question() for draft in drafts[first:])


def _card_id(said: str, where: str, *, level: bool = True) -> str:
    if not level or not _SLUG.fullmatch(said) or len(said) > MOST_SLUG:
        hint = f"write ## and an id of at most {MOST_SLUG} small letters, digits and hyphens"
        raise KioskError(f"{where}: {said!r} is no card's id", hint=hint)
    return said


def _paragraph(card: _Draft, inline: Token, where: str, line: int) -> None:
    words: list[str] = []
    for token, below in _with_lines(inline):
        place = f"{where}:{line + below}"
        if token.type == "image":
            _picture(card, token, place, late="".join(words).strip() != "")
        elif token.type in ("text", "softbreak"):
            words.append(token.content if token.type == "text" else " ")
        else:
            _refuse(token, place)
    said = " ".join("".join(words).split())
    card.sentences.extend(sentence for sentence in _SENTENCE.split(said) if sentence)


def _with_lines(inline: Token) -> Iterator[tuple[Token, int]]:
    below = 0
    for token in inline.children or ():
        yield token, below
        below += token.type in ("softbreak", "hardbreak")


def _picture(card: _Draft, token: Token, where: str, *, late: bool) -> None:
    name = str(token.attrs.get("src", ""))
    _first(card, where, late=late)
    if screen := _SCREEN.fullmatch(name):
        if card.right is not None:
            hint = "compose one: a screen is too small to choose by"
            raise KioskError(f"{where}: an answer is a picture, not a screen", hint=hint)
        card.screen = screen[1], screen[2]
    elif not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.svg", name):
        hint = "name an SVG of media/, ![](tay.svg), or a screen of practice/, ![](scenario/screen)"
        raise KioskError(f"{where}: {name!r} is no picture of this pack", hint=hint)
    card.pictures.append(name)


def _compose(card: _Draft, token: Token, where: str, line: int) -> None:
    """The picture that a block describes, under the name of its card."""
    _first(card, f"{where}:{line}")
    card.composed = described.read(token.content, where, line)
    card.pictures.append(f"{where}#{card.id}")


def _first(card: _Draft, where: str, *, late: bool = False) -> None:
    if card.pictures or card.sentences or late:
        raise KioskError(f"{where}: a card has one picture, above its sentences", hint="make it two cards")


def _refuse(token: Token, where: str) -> None:
    said = _SAID.get(token.type, token.type.removesuffix("_open"))
    raise KioskError(f"{where}: {said} in a lesson", hint="a card is one picture and plain sentences")


def _once(drafts: list[_Draft], where: str) -> None:
    seen: set[str] = set()
    for one in (one for draft in drafts for one in (draft, *draft.answers)):
        if one.id in seen:
            raise KioskError(f"{where}:{one.line}: the card {one.id} is there twice", hint="give it an id of its own")
        seen.add(one.id)
