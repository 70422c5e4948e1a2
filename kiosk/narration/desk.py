"""What a volunteer does with the voices of a house: see what there is to say, record it, hear it, show it to all."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.errors import KioskError
from kiosk.languages import Language, language
from kiosk.narration import takes
from kiosk.narration.coverage import Coverage, coverage
from kiosk.narration.recording import prepare
from kiosk.narration.shelf import Shelf
from kiosk.narration.takes import Frame, Take
from kiosk.packs.library import Library
from kiosk.packs.village import SentenceId
from kiosk.pages.words import read_words
from kiosk.practice.shelf import Shelf as Packs
from kiosk.publish.offered import missing
from kiosk.publish.sentences import Script, Sentence, script
from kiosk.settings import Settings

State = Literal["", "waits", "heard"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the list.

    Attributes:
        number: from 1, the same in every list of the language.
        sentence: what is to be said.
        state: whether it is recorded, and heard by a second person.
    """

    number: int
    sentence: Sentence
    state: State


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language of the house and how far it has come.

    Attributes:
        language: which.
        coverage: how much of it all may hear.
        left: sentences still to be said before it is offered.
    """

    language: Language
    coverage: Coverage
    left: int


class Desk:
    """The voices of one house; what packs say is read once for as long as they stay the same.

    Args:
        settings: the house.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._packs = Packs(settings.packs)
        self._of: Library | None = None
        self._scripts: dict[str, Script] = {}
        self.shelf = Shelf(settings.voices)

    def script(self, lang: str) -> Script:
        """Everything to be said in a language.

        Raises:
            KioskError: no language has this code, or a pack is damaged.
        """
        language(lang)
        library = self._packs.library
        if library is not self._of:
            self._of, self._scripts = library, {}
        if lang not in self._scripts:
            self._scripts[lang] = script(library, read_words(), lang)
        return self._scripts[lang]

    def languages(self) -> tuple[Spoken, ...]:
        """Those of the site and those that somebody has begun, in that order."""
        codes = dict.fromkeys((*self._settings.site.languages, *self.shelf.languages()))
        return tuple(self.spoken(code) for code in codes)

    def spoken(self, lang: str, path: str = "") -> Spoken:
        """How far a language has come on the way of that path.

        Raises:
            KioskError: no such language or path.
        """
        said, frame = self.script(lang), self.shelf.read(lang)
        first = self._first(said, path)
        held = {take.id for take in frame.approved}
        left = [row for row in missing(self._packs.library, first, lang) if row.id not in held]
        return Spoken(language(lang), coverage(said, frame, path), len(left))

    def lines(self, lang: str, path: str = "", *, every: bool = False) -> tuple[Line, ...]:
        """The sentences of home, that path (the first, unless named) and help, or all; in the order of use.

        Raises:
            KioskError: no such language or path.
        """
        said, frame = self.script(lang), self.shelf.read(lang)
        numbers = {row.id: number for number, row in enumerate(said.every(), 1)}
        wanted = said.every() if every else self._first(said, path)
        return tuple(Line(numbers[row.id], row, _state(frame, row.id)) for row in wanted)

    def sentence(self, lang: str, name: str) -> Sentence:
        """A sentence by its number in the list, its name, or the id of its words.

        Raises:
            KioskError: there is none.
        """
        said = self.script(lang)
        every = said.every()
        if len(name) < len(every[0].id) and name.isdecimal() and 0 < int(name) <= len(every):
            return every[int(name) - 1]
        for row in (row for part in said.parts for row in part.sentences):
            if name in (row.name, row.id):
                return row
        raise KioskError(f"there is no sentence {name[:60]!r}", hint="see kiosk voice list --all")

    def record(self, lang: str, sentence: Sentence, source: Path, sitting: str) -> Take:
        """Make speech of a recording and keep it until a second person has heard it.

        Args:
            lang: the language's code.
            sentence: what it says.
            source: the file; it is not kept.
            sitting: in which it was made.

        Raises:
            KioskError: it cannot be used, or cannot be kept; what was there stays.
        """
        speech = prepare(source)
        made = Take(sentence.text, hashlib.sha256(speech.mp3).hexdigest()[:16], speech.seconds, sitting)

        def kept(frame: Frame) -> Frame:
            self.shelf.keep(speech.mp3)
            return takes.record(frame, made)

        self.shelf.change(lang, kept)
        return made

    def record_bytes(self, lang: str, sentence: Sentence, data: bytes, sitting: str) -> Take:
        """The same of what came over a line; it is laid down in memory only.

        Raises:
            KioskError: as `record`.
        """
        with tempfile.NamedTemporaryFile(dir=self._settings.run, prefix="recording-") as file:
            file.write(data)
            file.flush()
            return self.record(lang, sentence, Path(file.name), sitting)

    def approve(self, lang: str, sentence: SentenceId, sitting: str) -> None:
        """Let all hear what waits.

        Raises:
            KioskError: nothing waits, or it was made in this sitting.
        """
        self.shelf.change(lang, lambda frame: takes.approve(frame, sentence, sitting))

    def reject(self, lang: str, sentence: SentenceId) -> None:
        """Drop what waits.

        Raises:
            KioskError: nothing waits.
        """
        self.shelf.change(lang, lambda frame: takes.reject(frame, sentence))

    def _first(self, said: Script, path: str) -> Sequence[Sentence]:
        try:
            return said.first(path)
        except KeyError as unknown:
            known = ", ".join(part.name for part in said.paths)
            raise KioskError(f"there is no path {path[:60]!r}", hint=f"one of {known}") from unknown


def _state(frame: Frame, sentence: SentenceId) -> State:
    if frame.find(sentence, approved=False):
        return "waits"
    return "heard" if frame.find(sentence, approved=True) else ""
