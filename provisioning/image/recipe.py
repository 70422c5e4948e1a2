"""An ordered list of typed steps, each with its inputs; what was made from the same inputs is not made again."""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError

Make = Callable[[Path, Mapping[str, Path]], None]

_KEY: Final = 16  # hex digits of a step's key in the name of its folder
_KEPT: Final = 2  # results of a step that stay in the cache


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a recipe.

    Attributes:
        name: one word, of its folder in the cache.
        make: fills an empty folder, given the folders of the steps before it.
        inputs: everything that its result depends on, apart from the steps before it.
        after: the steps whose results it reads.
    """

    name: str
    make: Make
    inputs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a step before it is made, or when it need not be.

    Attributes:
        number: from 1.
        of: how many steps there are.
        step: its name.
        cached: whether an earlier run has made it.
    """

    number: int
    of: int
    step: str
    cached: bool


def keys(steps: Sequence[Step]) -> dict[str, str]:
    """Step -> key: another key when an input of it, or of a step before it, is another.

    Raises:
        KioskError: a step stands before one whose result it reads.
    """
    found: dict[str, str] = {}
    for step in steps:
        early = [name for name in step.after if name not in found]
        if early:
            raise KioskError(f"bước {step.name} đứng trước {early[0]}", hint="báo lỗi này cho người viết")
        digest = hashlib.sha256()
        for part in (step.name, *step.inputs, *(found[name] for name in step.after)):
            digest.update(len(part).to_bytes(8, "big") + part.encode())
        found[step.name] = digest.hexdigest()[:_KEY]
    return found


def build(steps: Sequence[Step], cache: Path, report: Callable[[Told], None]) -> dict[str, Path]:
    """Make what is not there yet, in order; a run that was broken off goes on where it was.

    Args:
        steps: in their order.
        cache: the folder of results.
        report: told of each step.

    Returns:
        step -> folder of its result.
    """
    names = {name: cache / f"{name}-{key}" for name, key in keys(steps).items()}
    for number, step in enumerate(steps, 1):
        place = names[step.name]
        report(Told(number, len(steps), step.name, place.is_dir()))
        if not place.is_dir():
            _make(step, place, {name: names[name] for name in step.after})
        place.touch()  # the youngest stay
    for step in steps:
        _prune(cache, step.name, names[step.name])
    return names


def _make(step: Step, place: Path, before: Mapping[str, Path]) -> None:
    draft = place.with_name(f"{place.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    step.make(draft, before)
    draft.replace(place)


def _prune(cache: Path, name: str, current: Path) -> None:
    pattern = f"{name}-" + "[0-9a-f]" * _KEY
    others = [path for path in cache.glob(pattern) if path != current]
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old)
    for broken in cache.glob(f"{pattern}.part"):
        shutil.rmtree(broken)
