"""Something wrong in a scenario: what, what to do, and the place in its file."""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from kiosk.practice.layout import Placed, parts_of
from kiosk.practice.scenario import Screen

# The keys that lead to it from the top of the file: ("screens", "nha", "blocks", 0).
Place = tuple[str | int, ...]


class Flaw(msgspec.Struct, frozen=True):
    """One thing to correct.

    Attributes:
        place: where it stands in the file, as near as is known; () is the file itself.
        what: what is wrong, one line.
        remedy: what to do.
        variant: the variant in which it is so, if not in any.
    """

    place: Place
    what: str
    remedy: str
    variant: str = ""


def merged(flaws: Iterable[Flaw], variants: int) -> list[Flaw]:
    """One for those that differ only in their variant; which ones it is, it says, unless it is all that there are."""
    found: dict[Flaw, list[str]] = {}
    for flaw in flaws:
        found.setdefault(replace(flaw, variant=""), []).append(flaw.variant)
    return [replace(flaw, what=flaw.what + _said(sorted(set(names)), variants)) for flaw, names in found.items()]


def _said(names: list[str], variants: int) -> str:
    if names == [""] or len(names) == variants:
        return ""
    return f" in variant{'s' * (len(names) > 1)} {', '.join(names)}"


def screen_place(name: str) -> Place:
    """Where a screen stands."""
    return ("screens", name)


def part_place(name: str, screen: Screen, index: int) -> Place:
    """Where a block or layer stands; `index` as in `layout.parts_of`."""
    blocks = len(screen.blocks)
    below = ("blocks", index) if index < blocks else ("layers", index - blocks)
    return (*screen_place(name), *below)


def choice_place(name: str, screen: Screen, placed: Placed) -> Place:
    """Where something that can be tapped stands."""
    part = parts_of(screen)[placed.part]
    at = next(at for at, choice in enumerate(part.taps) if choice == placed.choice)
    rows = next((rows for rows in ("tiles", "rows", "codes", "buttons") if hasattr(part, rows)), "")
    below: Place = (rows, at) if rows else next(((one,) for one in ("choice", "action") if hasattr(part, one)), ())
    return (*part_place(name, screen, placed.part), *below)
