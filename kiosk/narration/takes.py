"""What of a language has been recorded, heard and approved: a value, and what may be done with it.

"A second person" is known without names. Whoever records or approves does so in a sitting: one opening of the staff
door, or one login at a terminal. A take remembers the sitting it was made in, a random number that says nothing of
anybody, until it is approved, which cannot be in the same one.
"""

import re
import unicodedata
from typing import Annotated

import msgspec
from msgspec.structs import replace

from kiosk.errors import KioskError
from kiosk.packs.manifest import Lang, Row
from kiosk.packs.village import MOST_THANKS, SentenceId, sentence_id

_NAME = 80  # characters
_SPACE = re.compile(r"\s+")


class Take(Row, frozen=True):
    """A sentence as somebody said it.

    Attributes:
        text: the Vietnamese that it says.
        sound: 16 hex digits: the name of its MP3.
        seconds: how long it lasts.
        sitting: in which it was made; empty once it is approved.
        approved: whether a second person has heard it and found it right.
    """

    text: Annotated[str, msgspec.Meta(max_length=1000)]
    sound: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
    seconds: float
    sitting: str = ""
    approved: bool = False

    @property
    def id(self) -> SentenceId:
        """What its words are known by."""
        return sentence_id(self.text)


class Frame(Row, frozen=True):
    """A language of the village, however much of it is recorded.

    Attributes:
        language: its code.
        takes: of each sentence at most one that is approved and one that waits.
        thanks: the names of those who wish to be thanked; nothing says who recorded what.
    """

    language: Lang
    takes: tuple[Take, ...] = ()
    thanks: tuple[str, ...] = ()

    @property
    def waiting(self) -> tuple[Take, ...]:
        """What nobody else has heard yet."""
        return tuple(take for take in self.takes if not take.approved)

    @property
    def approved(self) -> tuple[Take, ...]:
        """What all may hear, in order of the sentences' ids."""
        return tuple(sorted((take for take in self.takes if take.approved), key=lambda take: take.id))

    def find(self, sentence: SentenceId, *, approved: bool) -> Take | None:
        """The take of a sentence that waits, or that is approved."""
        return next((take for take in self.takes if take.id == sentence and take.approved is approved), None)


def record(frame: Frame, take: Take) -> Frame:
    """Keep a new take in place of one that waits; what is approved is heard until the new one is."""
    kept = tuple(row for row in frame.takes if row.approved or row.id != take.id)
    return replace(frame, takes=(*kept, replace(take, approved=False)))


def approve(frame: Frame, sentence: SentenceId, sitting: str) -> Frame:
    """Let all hear the take that waits.

    Raises:
        KioskError: none waits, or it was made in this same sitting.
    """
    take = _waiting(frame, sentence)
    if take.sitting == sitting:
        raise KioskError(
            f"“{take.text}” was recorded in this same sitting",
            hint="somebody else hears it: close the staff door, open it again",
        )
    kept = tuple(row for row in frame.takes if row.id != sentence)
    return replace(frame, takes=(*kept, replace(take, approved=True, sitting="")))


def reject(frame: Frame, sentence: SentenceId) -> Frame:
    """Drop the take that waits; the sentence is to be recorded again.

    Raises:
        KioskError: none waits.
    """
    take = _waiting(frame, sentence)
    return replace(frame, takes=tuple(row for row in frame.takes if row is not take))


def merge(frame: Frame, others: tuple[Take, ...], thanks: tuple[str, ...]) -> tuple[Frame, int]:
    """Take in what another village has approved; what this one has approved itself stays.

    Returns:
        The frame, and how many sentences it gained.
    """
    own = {take.id for take in frame.approved}
    new = tuple(replace(take, approved=True, sitting="") for take in others if take.id not in own)
    names = tuple(dict.fromkeys((*frame.thanks, *thanks)))[:MOST_THANKS]
    return replace(frame, takes=(*frame.takes, *new), thanks=names), len(new)


def thank(frame: Frame, name: str) -> Frame:
    """Add somebody who wishes to be thanked by that name.

    Raises:
        KioskError: not a name.
    """
    clean = _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip()
    if not clean or len(clean) > _NAME or not clean.replace(" ", "").isprintable():
        raise KioskError(
            f"{name[:40]!r} is not a name", hint=f"give the name as it is to be read, {_NAME} letters at most"
        )
    names = tuple(dict.fromkeys((*frame.thanks, clean)))
    if len(names) > MOST_THANKS:
        raise KioskError(f"{MOST_THANKS} are thanked already", hint="the help page holds no more")
    return replace(frame, thanks=names)


def _waiting(frame: Frame, sentence: SentenceId) -> Take:
    take = frame.find(sentence, approved=False)
    if take is None:
        raise KioskError("no recording of this sentence waits to be heard", hint="see kiosk voice list")
    return take
