"""Where the words of real apps and the facts of lessons were read, and which readings have grown old."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.authoring import markdown, scenarios, source
from kiosk.packs import archive
from kiosk.packs.manifest import File
from kiosk.practice import scenario as practice
from kiosk.practice.scenario import Source


@dataclass(frozen=True, slots=True)
class Reading:
    """One source and the file that names it; `where` has the line where a file has lines."""

    where: str
    source: Source

    def age(self, today: datetime.date) -> int:
        """Days since it was checked."""
        return (today - self.source.checked).days


def readings(place: Path) -> list[Reading]:
    """Every source that a source folder or a built pack names.

    A built pack keeps those of its scenarios; what lessons were read from stays with their authors.

    Raises:
        KioskError: the folder or the pack cannot be read; names file and line.
    """
    return sorted(_folder(place) if place.is_dir() else _pack(place), key=lambda one: (one.source.checked, one.where))


def _folder(place: Path) -> Iterator[Reading]:
    told = source.read(place)
    for path in told.scenario_files():
        yield from _read(path, scenarios.load(path, str(path)).sources)
    for _, _, path in told.lesson_files():
        yield from _read(path, markdown.parse(path.read_text(encoding="utf-8"), str(path)).sources)


def _read(path: Path, sources: tuple[Source, ...]) -> Iterator[Reading]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for one in sources:
        line = next((number for number, line in enumerate(lines, 1) if one.url in line), 1)
        yield Reading(f"{path}:{line}", one)


def _pack(place: Path) -> Iterator[Reading]:
    found: list[Reading] = []

    def take(file: File, chunks: Iterator[bytes]) -> None:
        data = b"".join(chunks)
        if file.scenario:
            where = f"{place.name}: {file.path}"
            found.extend(Reading(where, one) for one in practice.decode(data, where).sources)

    archive.read(place, take)
    return iter(found)
