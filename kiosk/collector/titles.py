"""What lessons, scenarios and screens are called, and how long sounds last: read from the packs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kiosk.errors import KioskError
from kiosk.packs.archive import read
from kiosk.packs.manifest import File

_DOCUMENTS = ("practice/", "lessons/", "words.json")
_MEDIA = "media/"
_SOURCE = "vi"
_FILLED = re.compile(r"\{[^}]*\}")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")

_Text = str | dict[str, str]  # Vietnamese, or by language


def _source(text: _Text) -> str:
    return text if isinstance(text, str) else text.get(_SOURCE, "")


class Screen(msgspec.Struct):
    """What it wants of a screen: its words, in Vietnamese or by language."""

    say: _Text
    title: _Text = ""

    @property
    def name(self) -> str:
        """Its title without what a variant fills in, or else the first sentence said on it that none fills in."""
        said = (one.rstrip(".") for one in _SENTENCE.split(_source(self.say)) if not _FILLED.search(one))
        return " ".join(_FILLED.sub("", _source(self.title)).split()) or next(said, "")


class _Practice(msgspec.Struct):
    """What the province wants of a built scenario."""

    id: str
    title: _Text
    screens: dict[str, Screen]


class _Lesson(msgspec.Struct):
    """What it wants of a lesson."""

    id: str
    lang: str
    title: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What the packs tell; an id nobody knows is shown as it is.

    Attributes:
        scenarios: by pack/scenario its title.
        screens: by (pack/scenario, screen) the screen's, or what is said on it.
        lessons: by pack/lesson its title.
        topics: by pack/scenario the topic of its path.
        sounds: by a sound's id how many milliseconds it lasts.
    """

    scenarios: dict[str, str] = field(default_factory=dict)
    screens: dict[tuple[str, str], str] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    sounds: dict[str, int] = field(default_factory=dict)

    def scenario(self, id: str) -> str:  # noqa: A002  what it is called everywhere
        """A scenario's title."""
        return self.scenarios.get(id) or id.rpartition("/")[2]

    def screen(self, scenario: str, id: str) -> str:  # noqa: A002
        """A screen's title, or what is said on it."""
        return self.screens.get((scenario, id)) or id

    def lesson(self, id: str) -> str:  # noqa: A002
        """A lesson's title."""
        return self.lessons.get(id) or id.rpartition("/")[2]


def titles(folder: Path | None) -> Titles:
    """The titles of every pack in a folder; none without one.

    Raises:
        KioskError: the folder is none, or a pack in it is refused.
    """
    found = Titles()
    if folder is None:
        return found
    if not folder.is_dir():
        raise KioskError(f"{folder} is no folder of packs", hint="correct --packs")
    for path in sorted(folder.glob("*.pack")):
        _read(path, found)
    return found


def _read(path: Path, found: Titles) -> None:
    documents: list[tuple[File, bytes]] = []

    def take(file: File, chunks: Iterator[bytes]) -> None:
        data = b"".join(chunk if file.path.startswith(_DOCUMENTS) else b"" for chunk in chunks)
        if data:
            documents.append((file, data))

    manifest = read(path, take)
    for way in manifest.paths:
        found.topics[f"{manifest.id}/{way.scenario}"] = way.topic
    for file, data in documents:
        try:
            _take(manifest.id, file, data, found)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            what = f"{path.name} holds {file.path}, which cannot be read: {wrong}"
            raise KioskError(what, hint="build it again") from wrong


def _take(pack: str, file: File, data: bytes, found: Titles) -> None:
    if file.scenario:
        practice = msgspec.json.decode(data, type=_Practice)
        scenario = f"{pack}/{practice.id}"
        found.scenarios[scenario] = _source(practice.title)
        found.screens.update({(scenario, key): one.name for key, one in practice.screens.items()})
    elif file.path.startswith("lessons/"):
        lesson = msgspec.json.decode(data, type=_Lesson)
        key = f"{pack}/{lesson.id}"
        if lesson.lang == _SOURCE or key not in found.lessons:
            found.lessons[key] = lesson.title
    found.sounds.update(_sounds(msgspec.json.decode(data)))


def _sounds(value: Any) -> Iterator[tuple[str, int]]:
    """Every sound of a document with its length: an object that names a member of the pack and its seconds."""
    if isinstance(value, list):
        for one in value:
            yield from _sounds(one)
    elif isinstance(value, dict):
        path, seconds = value.get("sound") or value.get("path"), value.get("seconds")
        if isinstance(path, str) and path.startswith(_MEDIA) and isinstance(seconds, int | float):
            yield path.removeprefix(_MEDIA).partition(".")[0], round(seconds * 1000)
        for one in value.values():
            yield from _sounds(one)
