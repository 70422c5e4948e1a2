"""A scenario of a source folder, proved: everything that is wrong, with its file and line."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.authoring import scenarios
from kiosk.findings import Finding, Level
from kiosk.pages.pictures import picture
from kiosk.practice.flaw import Flaw
from kiosk.practice.pictured import pictured
from kiosk.practice.scenario import Scenario
from kiosk.practice.solver import flaws

_DRAWN = (".svg", ".yaml")  # a picture of media/ is drawn, or described in parts of the kit


def judge(scenario: Scenario, path: Path, where: str) -> list[Finding]:
    """What is wrong with a scenario that was read from a file.

    Args:
        scenario: the scenario.
        path: its YAML; if it lies in practice/ beside a pack.toml, it must be worth a path and find its pictures.
        where: the file as its author names it.
    """
    folder = path.resolve().parent.parent
    packed = (folder / "pack.toml").is_file()
    found = [*flaws(scenario, packed=packed), *_undrawn(scenario, folder / "media" if packed else None)]
    if not found:
        return []
    lines = scenarios.Lines(path, where)
    return [Finding(f"{where}:{lines.of(flaw.place)}", Level.FAIL, flaw.what, flaw.remedy) for flaw in found]


def _undrawn(scenario: Scenario, media: Path | None) -> Iterator[Flaw]:
    """Every picture that is named and nobody has drawn."""
    told: set[str] = set()
    for place, name in pictured(scenario):
        if name in told:
            continue
        told.add(name)
        if name.endswith(".svg"):
            if media is not None and not any((media / name).with_suffix(end).exists() for end in _DRAWN):
                yield Flaw(place, f"there is no media/{name}", "draw it, or correct the name")
        elif not _housed(name):
            yield Flaw(place, f"the house has no picture {name}", f"draw media/{name}.svg and name it with .svg")


def _housed(name: str) -> bool:
    try:
        return bool(picture(name))
    except FileNotFoundError:
        return False
