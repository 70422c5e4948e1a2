"""What lessons, scenarios and screens are called: read from the packs, so that the province shows words, not ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.errors import KioskError
from kiosk.packs.archive import read
from kiosk.packs.manifest import File

_PRACTICE = "practice/"


class _Screen(msgspec.Struct):
    title: str = ""


class _Practice(msgspec.Struct):
    """What the province wants of a built scenario."""

    id: str
    title: str
    screens: dict[str, _Screen]


@dataclass(frozen=True, slots=True)
class Titles:
    """By pack/scenario its title, and by (pack/scenario, screen) the screen's; an id nobody knows is shown as it is."""

    scenarios: dict[str, str] = field(default_factory=dict)
    screens: dict[tuple[str, str], str] = field(default_factory=dict)

    def scenario(self, id: str) -> str:  # noqa: A002  what it is called everywhere
        """A scenario's title."""
        return self.scenarios.get(id) or id

    def screen(self, scenario: str, id: str) -> str:  # noqa: A002
        """A screen's title."""
        return self.screens.get((scenario, id)) or id


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
    practices: list[_Practice] = []

    def take(file: File, chunks: Iterator[bytes]) -> None:
        data = b"".join(chunk if file.path.startswith(_PRACTICE) else b"" for chunk in chunks)
        if data:
            practices.append(_practice(path, data))

    pack = read(path, take).id
    for practice in practices:
        name = f"{pack}/{practice.id}"
        found.scenarios[name] = practice.title
        found.screens.update({(name, key): screen.title for key, screen in practice.screens.items() if screen.title})


def _practice(path: Path, data: bytes) -> _Practice:
    try:
        return msgspec.json.decode(data, type=_Practice)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise KioskError(f"{path.name} holds a scenario that cannot be read: {wrong}", hint="build it again") from wrong
