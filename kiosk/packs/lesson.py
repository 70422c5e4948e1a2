"""The documents inside a pack beside its scenarios: lessons, and the words of a voice."""

from typing import Annotated, TypeVar

import msgspec

from kiosk.errors import KioskError
from kiosk.packs.manifest import Lang, Row, Slug, Sound, Voice, scenario_file

# A drawing, or a screen of a scenario as its practice shows it.
Seen = Annotated[
    str,
    msgspec.Meta(pattern=r"^(pictures/[a-z0-9][a-z0-9-]*\.svg|practice/[a-z0-9-]+\.json#[a-z0-9-]+)\Z", max_length=120),
]
Drawn = Annotated[str, msgspec.Meta(pattern=r"^pictures/[a-z0-9][a-z0-9-]*\.svg\Z", max_length=120)]
Heard = Annotated[str, msgspec.Meta(pattern=r"^(media/[0-9a-f]{16}\.mp3)?\Z")]


class Card(Row, frozen=True):
    """One picture and at most two short sentences.

    Attributes:
        id: the same in every language.
        picture: the member that holds it, pictures/<16 hex>.svg; or the member of a scenario and one of its screens,
            practice/<scenario>.json#<screen>, which is shown as a picture.
        sentences: what is said and shown, in order.
        sound: the member that says them, media/<16 hex>.mp3; empty when there is none.
        voice: whose voice that is.
        seconds: how long it lasts.
    """

    id: Slug
    picture: Seen
    sentences: tuple[str, ...]
    sound: Heard
    voice: Voice
    seconds: float

    @property
    def screen(self) -> tuple[str, str]:
        """The member of the scenario and its screen that are shown; ("", "") for a drawing."""
        member, _, name = self.picture.partition("#")
        return (member, name) if name else ("", "")


class Answer(Card, frozen=True):
    """A drawing to touch for an answer, and what is said once it was touched; one of a question's is right."""

    picture: Drawn
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


def screen(scenario: str, name: str) -> str:
    """The picture of a card that shows that screen; `Card.screen` reads it back."""
    return f"{scenario_file(scenario)}#{name}"


Document = TypeVar("Document", bound=msgspec.Struct)


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
