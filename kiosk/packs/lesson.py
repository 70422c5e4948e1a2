"""The documents inside a pack beside its scenarios: lessons, and the words of a voice."""

from typing import Annotated, TypeVar

import msgspec

from kiosk.errors import KioskError
from kiosk.packs.manifest import Lang, Member, Row, Slug, Sound, Voice

Heard = Annotated[str, msgspec.Meta(pattern=r"^(media/[0-9a-f]{16}\.mp3)?\Z")]


class Card(Row, frozen=True):
    """One picture and at most two short sentences.

    Attributes:
        id: the same in every language.
        picture: the member that holds it, pictures/<16 hex>.svg.
        sentences: what is said and shown, in order.
        sound: the member that says them, media/<16 hex>.mp3; empty when there is none.
        voice: whose voice that is.
        seconds: how long it lasts.
    """

    id: Slug
    picture: Member
    sentences: tuple[str, ...]
    sound: Heard
    voice: Voice
    seconds: float


class Answer(Card, frozen=True):
    """A picture to touch for an answer, and what is said once it was touched; one of a question's is right."""

    right: bool


class Question(Row, frozen=True):
    """Something to do that is asked for, and the pictures that answer it, in the order shown; the rest as in a card."""

    id: Slug
    sentences: tuple[str, ...]
    sound: Heard
    voice: Voice
    seconds: float
    answers: Annotated[tuple[Answer, ...], msgspec.Meta(min_length=2)]


class Lesson(Row, frozen=True):
    """The cards of one lesson in one language, and the questions that follow them."""

    id: Slug
    lang: Lang
    title: str
    cards: Annotated[tuple[Card, ...], msgspec.Meta(min_length=1)]
    questions: tuple[Question, ...] = ()


class Words(Row, frozen=True):
    """words.json of a voice pack: the interface's words, by word id, spoken in one language."""

    language: Lang
    words: dict[str, Sound]


Document = TypeVar("Document", bound=Row)


def encode(document: Row) -> bytes:
    """A document as JSON, the same bytes for the same value."""
    return msgspec.json.encode(document, order="deterministic")


def decode(data: bytes, kind: type[Document], where: str) -> Document:
    """A document of that kind.

    Raises:
        KioskError: it is not one; names `where` and the field.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise KioskError(f"{where} cannot be read: {wrong}", hint="build the pack again") from wrong
