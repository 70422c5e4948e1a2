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
        written_mib: that was ever written to the file system; likewise.
        worn_percent: by the disk's own word; None where it has none, as memory cards.
        name: of the card, by its maker; empty where it is no card.
        made: when, `MM/YYYY`.
    """

    device: str
    errors: int | None = None
    written_mib: int | None = None
    worn_percent: int | None = None
    name: str = ""
    made: str = ""


def parse_count(text: str) -> int | None:
    """A whole number in a file of its own; None when it is none."""
    word = text.strip()
    return int(word) if word.isascii() and word.isdecimal() else None


def parse_life(text: str) -> int | None:
    """Percent of a disk's life that is used, from the two estimates of JEDEC's EXT_CSD (0x01 is up to 10%).

    The larger counts; None for a word that tells nothing, as 0x00.
    """
    try:
        worst = max(int(word, 16) for word in text.split())
    except ValueError:
        return None
    return min(worst * 10, 100) or None


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
    written = parse_count(_text(sys / "fs" / "ext4" / place.name / "lifetime_write_kbytes"))
    return Card(
        device=place.name,
        errors=parse_count(_text(sys / "fs" / "ext4" / place.name / "errors_count")),
        written_mib=None if written is None else written // 1024,
        worn_percent=parse_life(_text(disk / "device" / "life_time")),
        name=_text(disk / "device" / "name").strip(),
        made=_text(disk / "device" / "date").strip(),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
