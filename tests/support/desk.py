"""Pages of a scenario straight from its YAML: drawn by the real app's own code, without pack, sounds or server."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from kiosk.authoring import described, pictures, scenarios
from kiosk.authoring.compose import draw
from kiosk.errors import KioskError
from kiosk.packs.library import Library
from kiosk.packs.manifest import Sound
from kiosk.packs.store import Store
from kiosk.pages.words import read_words
from kiosk.practice.attempts import Standing
from kiosk.practice.pictured import pictures as named
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import Shelf
from kiosk.practice.speech import spoken
from kiosk.practice.state import State
from kiosk.publish.drawings import Drawings
from kiosk.settings import Helper, Settings, Site
from kiosk.web.steps import Steps

PACK = "doi-song-so"
VISIT = "0123456789abcdefghijkl"


class _Library(Library):
    """A library whose packs are on the desk: drawings by their path, a voice for every word."""

    def __init__(self, drawings: dict[str, bytes]) -> None:
        super().__init__(Store(Path("/nowhere")), ())
        self._drawings = drawings

    def has(self, pack: str, path: str) -> bool:
        return path in self._drawings

    def read(self, pack: str, path: str) -> bytes:
        return self._drawings[path]

    def word_sound(self, word: str, lang: str) -> Sound:
        return Sound(media(word), "machine", 1.0)


class _Shelf(Shelf):
    """A shelf of that library only."""

    def __init__(self, library: Library) -> None:
        self._desk = library

    @property
    def library(self) -> Library:
        return self._desk


class Desk:
    """The pages of one scenario.

    Args:
        scenario: the scenario as written.
        drawings: path in the pack -> drawing, for what it names `x.svg`; one that is not there is left out.

    Attributes:
        scenario: the scenario as a build leaves it.
        drawings: as above.
        draw: makes markup of a drawing's name, as a published page has it.
    """

    def __init__(self, scenario: Scenario, drawings: dict[str, bytes] | None = None) -> None:
        self.drawings = drawings or {}
        self.scenario = dressed(scenario, {path.removeprefix("pictures/"): path for path in self.drawings})
        site = Settings(site=Site(languages=("vi",)), helper=Helper(phone="0000 000 002"))
        library = _Library(self.drawings)
        self._steps = Steps(site, _Shelf(library), read_words())
        self.draw = Drawings(library, PACK).draw

    @classmethod
    def of(cls, file: Path) -> "Desk":
        """The scenario of that file, with the drawings of `../media`."""
        read = scenarios.load(file, str(file))
        drawings: dict[str, bytes] = {}
        for name in named(read):
            drawing = file.resolve().parent.parent / "media" / name
            for path in (drawing, drawing.with_suffix(".yaml")):
                if path.is_file():
                    drawings[f"pictures/{name}"] = _drawn(path)
        return cls(read, drawings)

    def page(self, state: State) -> str:
        """The page of that state."""
        return self._steps.page(Standing(VISIT, 1, PACK, self.scenario, state), "vi")


def dressed(scenario: Scenario, drawings: dict[str, str]) -> Scenario:
    """The scenario as a build leaves it, with a sound's address for every sentence."""
    sounds: dict[str, dict[str, str]] = {}
    for key, texts in spoken(scenario):
        for lang in (lang for lang, text in texts.items() if text):
            sounds.setdefault(lang, {})[key] = media(f"{scenario.id}.{lang}.{key}")
    return msgspec.structs.replace(scenario, sounds=sounds, pictures=drawings)


def media(name: str) -> str:
    """An address as long, and as hard to compress, as a built pack's."""
    return f"media/{hashlib.sha256(name.encode()).hexdigest()[:16]}.mp3"


@cache
def _drawn(path: Path) -> bytes:
    """A drawing, or one described in parts, as a pack holds it; as it is when a pack would refuse it."""
    data = path.read_bytes()
    if path.suffix == ".yaml":
        data = draw(described.read(data.decode(), path.name))
    try:
        return pictures.clean(data, path.name)
    except KioskError:
        return data
