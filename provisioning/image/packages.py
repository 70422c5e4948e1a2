"""Which packages of Debian a card is made of, read from packages.toml."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from kiosk.errors import KioskError


class Suite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A release of Debian; `python` is its interpreter's version."""

    python: str


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a board asks: one of the device trees, all of the drivers, one of the radio's files."""

    trees: tuple[str, ...]
    drivers: tuple[str, ...]
    radio: tuple[str, ...]


class Leave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stays off the card, below the root and below the kernel's modules; the firmware that comes all the same.

    `units` never start, `windowless` where there is no touchscreen.
    """

    tree: tuple[str, ...]
    modules: tuple[str, ...]
    firmware: tuple[str, ...]
    units: tuple[str, ...]
    windowless: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """packages.toml."""

    components: tuple[str, ...]
    all: tuple[str, ...]
    touchscreen: tuple[str, ...]
    kernel: tuple[str, ...]
    boards: dict[str, Board]
    suites: dict[str, Suite]
    leave: Leave


@dataclass(frozen=True, slots=True)
class Choice:
    """What a card is made of.

    Attributes:
        suite: of Debian.
        archive: whether the first source is the archive that mmdebstrap knows for the suite, updates and security with
            it.
        sources: lines of apt's beside or in place of it, the first ones first.
        components: of the archive.
        packages: installed.
        kernel: unpacked.
        python: version of the interpreter on the card, as in `3.13`.
    """

    suite: str
    archive: bool
    sources: tuple[str, ...]
    components: tuple[str, ...]
    packages: tuple[str, ...]
    kernel: tuple[str, ...]
    python: str

    @property
    def interpreter(self) -> tuple[str, ...]:
        """The packages of the interpreter alone."""
        return _interpreter(self.python)


@cache
def table() -> Table:
    """The whole file."""
    text = resources.files("provisioning.image").joinpath("packages.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=Table)


def choose(
    suite: str, *, touchscreen: bool, mirror: str = "", more: tuple[str, ...] = (), kernel: tuple[str, ...] = ()
) -> Choice:
    """What a card of that kind is made of.

    Args:
        suite: of Debian.
        touchscreen: whether the window's programs are wanted.
        mirror: of Debian, in place of the archive that mmdebstrap knows.
        more: further sources, as lines of apt's, such as that of Raspberry Pi.
        kernel: packages in place of Debian's own kernel and firmware.

    Raises:
        KioskError: nobody has tried that suite.
    """
    known = table()
    if suite not in known.suites:
        raise KioskError(f"không biết Debian {suite}", hint=f"dùng: {', '.join(known.suites)}")
    parts = " ".join(known.components)
    python = known.suites[suite].python
    own = [f"deb {mirror} {name} {parts}" for name in (suite, f"{suite}-updates")] if mirror else []
    return Choice(
        suite=suite,
        archive=not mirror,
        sources=(*own, *more),
        components=known.components,
        packages=tuple(sorted((*known.all, *_interpreter(python), *(known.touchscreen if touchscreen else ())))),
        kernel=tuple(sorted(kernel or known.kernel)),
        python=python,
    )


def _interpreter(python: str) -> tuple[str, ...]:
    return (f"libpython{python}-stdlib", f"python{python}-minimal")


def models(*, trees: Collection[str], drivers: Collection[str], firmware: Collection[str]) -> tuple[str, ...]:
    """The boards that a kernel runs on.

    Args:
        trees: names of its device trees.
        drivers: names of its modules, inside or beside it.
        firmware: paths below the folder of firmware.
    """
    return tuple(
        name
        for name, board in table().boards.items()
        if any(tree in trees for tree in board.trees)
        and all(driver in drivers for driver in board.drivers)
        and any(path in firmware for path in board.radio)
    )
