"""What people of a village have recorded: the document of a pack of the kind `village`.

A recording belongs to the words it says, not to a place: where the same sentence stands on several pages it is heard on
all of them, a new version of a pack keeps it, and a sentence whose words were changed asks for a new one.
"""

import hashlib
import re
import unicodedata
from typing import Annotated

import msgspec

from kiosk.packs.manifest import Lang, Row

VILLAGE = "village.json"
MOST_THANKS = 30  # names; they stand on the help page
_ID = 16  # hex digits
_BETWEEN = re.compile(r"[\W_]+")

SentenceId = Annotated[str, msgspec.Meta(pattern=rf"^[0-9a-f]{{{_ID}}}\Z")]


class Recording(Row, frozen=True):
    """A sentence that somebody said and somebody else approved.

    Attributes:
        text: the Vietnamese that it says, in its own language.
        path: the member that holds it, media/<16 hex>.mp3.
        seconds: how long it lasts.
    """

    text: Annotated[str, msgspec.Meta(max_length=1000)]
    path: Annotated[str, msgspec.Meta(pattern=r"^media/[0-9a-f]{16}\.mp3\Z")]
    seconds: float


class Village(Row, frozen=True):
    """village.json: the recordings of one language.

    Attributes:
        language: its code.
        recordings: in order of their sentences' ids, each sentence once.
        thanks: the names of those who wish to be thanked; nothing says who recorded what.
    """

    language: Lang
    recordings: tuple[Recording, ...]
    thanks: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=80)], ...], msgspec.Meta(max_length=MOST_THANKS)
    ] = ()


def pack_id(lang: str) -> str:
    """The name of the pack that holds a village's recordings in that language; every village's is called alike."""
    return f"giong-ban-{lang}"


def sentence_id(text: str) -> SentenceId:
    """What the words of a Vietnamese sentence are known by: 16 hex digits; signs and capitals make no difference."""
    words = _BETWEEN.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:_ID]
