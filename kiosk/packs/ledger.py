"""What the lessons of a pack show and sound, held against what is in the pack, while it is being read."""

from collections.abc import Iterator
from typing import Final

import msgspec

from kiosk.errors import KioskError
from kiosk.packs.lesson import Card, Lesson, Question, decode
from kiosk.packs.manifest import File, Manifest

MOST_DOCUMENT: Final = 1024 * 1024  # bytes; a lesson or scenario of ours has fifteen thousand
_AGAIN: Final = "build the pack again"


class _Screens(msgspec.Struct):
    screens: dict[str, msgspec.Raw] = {}


class Ledger:
    """Looks into each lesson and scenario that passes; a document is held whole, one at a time."""

    def __init__(self) -> None:
        self._wanted: dict[str, str] = {}  # member or member#screen -> the lesson that speaks of it
        self._screens: set[str] = set()

    def passing(self, file: File, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks of a member, which must be drawn.

        Raises:
            KioskError: a document that is too long or none; raised inside the drawing.
        """
        if not file.path.startswith(("lessons/", "practice/")):
            yield from chunks
            return
        if file.size > MOST_DOCUMENT:
            raise KioskError(f"{file.path} has more than {MOST_DOCUMENT} bytes", hint=_AGAIN)
        data = b"".join(chunks)
        if file.scenario:
            self._screens |= {f"{file.path}#{name}" for name in decode(data, _Screens, file.path).screens}
        else:
            self._wanted |= dict.fromkeys(_spoken_of(decode(data, Lesson, file.path)), file.path)
        yield data

    def close(self, manifest: Manifest) -> None:
        """Refuse what a lesson shows or sounds and the pack has not.

        Raises:
            KioskError: names the lesson and the first such thing.
        """
        there = {file.path for file in manifest.files} | self._screens
        for name, lesson in self._wanted.items():
            if name not in there:
                raise KioskError(f"{lesson} speaks of {name}, which is not in it", hint=_AGAIN)


def _spoken_of(lesson: Lesson) -> Iterator[str]:
    cards = (*lesson.cards, *(answer for question in lesson.questions for answer in question.answers))
    heard: tuple[Card | Question, ...] = (*cards, *lesson.questions)
    yield from (card.picture for card in cards)
    yield from (one.sound for one in heard if one.sound)
