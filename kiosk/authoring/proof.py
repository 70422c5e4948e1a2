"""A scenario proved: everything that is wrong with it, in a source folder by file and line, in a pack by its name."""

from collections.abc import Collection, Iterator
from pathlib import Path

from kiosk.authoring import scenarios
from kiosk.findings import Finding, Level
from kiosk.packs import archive
from kiosk.packs.manifest import File
from kiosk.pages.pictures import picture
from kiosk.practice.flaw import Flaw
from kiosk.practice.pictured import pictured
from kiosk.practice.scenario import Scenario, decode
from kiosk.practice.solver import flaws
from kiosk.practice.speech import spoken

_DRAWN = (".svg", ".yaml")  # a picture of media/ is drawn, or described in parts of the kit
_AGAIN = "build the pack again"


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
    if packed and scenario.id != path.stem:
        found.append(Flaw(("id",), f"the scenario is called {scenario.id}", "name the file and its id alike"))
    if not found:
        return []
    lines = scenarios.Lines(path, where)
    return [Finding(f"{where}:{lines.of(flaw.place)}", Level.FAIL, flaw.what, flaw.remedy) for flaw in found]


def judge_pack(path: Path) -> dict[str, tuple[Scenario, list[Finding]]]:
    """Every scenario of a built pack by its file in it, and what is wrong with it: judged as its source was.

    Raises:
        KioskError: the pack cannot be read, or one of its scenarios is none.
    """
    found: dict[str, Scenario] = {}

    def take(file: File, chunks: Iterator[bytes]) -> None:
        data = b"".join(chunks)
        if file.scenario:
            found[file.path] = decode(data, f"{path}: {file.path}")

    members = {file.path for file in archive.read(path, take).files}
    return {name: (one, list(_judged(one, f"{path}: {name}", members))) for name, one in found.items()}


def _judged(scenario: Scenario, where: str, members: Collection[str]) -> Iterator[Finding]:
    found = [*flaws(scenario, packed=True), *_undrawn(scenario, None), *_unmade(scenario, members)]
    yield from (Finding(where, Level.FAIL, flaw.what, flaw.remedy) for flaw in found)


def _unmade(scenario: Scenario, members: Collection[str]) -> Iterator[Flaw]:
    """What a build makes of the scenario's words and pictures, and this one has not."""
    for key, texts in spoken(scenario):
        for lang in (lang for lang, text in texts.items() if text):
            if scenario.sounds.get(lang, {}).get(key) not in members:
                yield Flaw((), f"{key} has no sound in {lang}", _AGAIN)
    for _, name in pictured(scenario):
        if name.endswith(".svg") and scenario.pictures.get(name) not in members:
            yield Flaw((), f"there is no picture {name}", _AGAIN)


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
