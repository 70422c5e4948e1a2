"""The memory card: who made it and when, and what its file system had to complain of."""

import os
from pathlib import Path

import msgspec

_SYS = Path("/sys")


class Card(msgspec.Struct, frozen=True):
    """The disk that holds a folder.

    Attributes:
        device: its partition, as in `mmcblk0p3`.
        errors: that ext4 counted over the file system's life; None where it is another file system.
        name: of the card, by its maker; empty where it is no card.
        made: when, `MM/YYYY`.
    """

    device: str
    errors: int | None = None
    name: str = ""
    made: str = ""


def parse_count(text: str) -> int | None:
    """A whole number in a file of its own; None when it is none."""
    word = text.strip()
    return int(word) if word.isascii() and word.isdecimal() else None


def read_card(folder: Path, sys: Path = _SYS) -> Card | None:
    """The card that holds a folder; None where the kernel names no device for it, as for memory.

    Args:
        folder: the data folder.
        sys: the kernel's table of devices.
    """
    try:
        number = folder.stat().st_dev
        place = (sys / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}").resolve(strict=True)
    except OSError:
        return None
    disk = place.parent if (place / "partition").exists() else place
    return Card(
        device=place.name,
        errors=parse_count(_text(sys / "fs" / "ext4" / place.name / "errors_count")),
        name=_text(disk / "device" / "name").strip(),
        made=_text(disk / "device" / "date").strip(),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
