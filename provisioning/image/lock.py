"""The part of requirements.lock that runs on a card."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.errors import KioskError

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")
_VIA = re.compile(r"^\s*#\s*(?:via\s+)?([A-Za-z0-9._-]+)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package of the lock.

    Attributes:
        name: as the lock writes it.
        version: its one version.
        text: its lines, with hashes.
        via: the packages that want it.
    """

    name: str
    version: str
    text: str
    via: frozenset[str]


def parse(text: str) -> dict[str, Pin]:
    """Name -> pin of every package in a lock."""
    found: dict[str, Pin] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        pinned = _PIN.match(block)
        if pinned:
            found[_plain(pinned[1])] = Pin(pinned[1], pinned[2], block.rstrip() + "\n", _wanted_by(block))
    return found


def needed(pins: Mapping[str, Pin], wanted: Iterable[str]) -> list[Pin]:
    """What these packages need, themselves among it, in the lock's order.

    Raises:
        KioskError: the lock does not hold one of them.
    """
    names = {_plain(each) for each in wanted}
    lost = sorted(names - pins.keys())
    if lost:
        raise KioskError(f"requirements.lock thiếu {lost[0]}", hint="chạy: make lock")
    while True:
        more = {name for name, pin in pins.items() if pin.via & names} - names
        if not more:
            return [pin for name, pin in pins.items() if name in names]
        names |= more


def _wanted_by(block: str) -> frozenset[str]:
    lines = [line for line in block.splitlines() if line.lstrip().startswith("#")]
    return frozenset(_plain(match[1]) for match in map(_VIA.match, lines) if match and match[1] != "via")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[;<>=!~ ]", name, maxsplit=1)[0]).lower()
