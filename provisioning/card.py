"""What lies where on a card, and what is said of an image beside it: shared by who builds, who flashes, who boots.

    boot (FAT32) | system A | room for system B | data, as many areas as fit

A new card ends with system A: the first boot makes the data's file system in the first area and enters it as the
fourth partition. Data that cannot be read any more is set aside by entering the next area instead.
"""

import json
from dataclasses import dataclass
from typing import Final

import msgspec

from kiosk.errors import KioskError
from provisioning.mbr import FAT32, Partition, Table

MIB: Final = 1 << 20
# Cards erase in blocks of 4 MiB; a partition that begins within one wears two.
_ALIGN: Final = 4 * MIB
BOOT: Final = Partition(_ALIGN, 252 * MIB, FAT32)
SYSTEM: Final = Partition(BOOT.end, 768 * MIB)
SECOND: Final = Partition(SYSTEM.end, SYSTEM.size)
_MOST: Final = 8192 * MIB
_LEAST: Final = 900 * MIB
SMALLEST: Final = SECOND.end + 2 * _LEAST

SITE: Final = "site.toml"
# The bytes kept for the site file on the boot partition, so that flashing changes nothing else there.
SITE_ROOM: Final = 64 * 1024


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An image as its file beside it says.

    Attributes:
        id: names it on card, in the inventory and in the status.
        suite: of Debian.
        day: of the sources, `YYYY-MM-DD`; no byte of the image is younger.
        touchscreen: whether the window's programs are inside.
        models: ids of the boards that kernel and firmware run on.
        size: bytes of the unpacked image.
        sha256: of the unpacked image, hex.
        packages: Debian's packages inside.
    """

    id: str
    suite: str
    day: str
    touchscreen: bool
    models: tuple[str, ...]
    size: int
    sha256: str
    packages: int


@dataclass(frozen=True, slots=True)
class Room:
    """The areas that a card has for data.

    Attributes:
        areas: in their order; the first is used first.
    """

    areas: tuple[Partition, ...]

    def after(self, area: Partition | None) -> Partition:
        """The area to use when this one cannot be read; the first when there was none."""
        starts = [each.start for each in self.areas]
        number = starts.index(area.start) + 1 if area is not None and area.start in starts else 0
        return self.areas[number % len(self.areas)]


def table(signature: int) -> Table:
    """The partitions of a new card: data comes with the first boot."""
    return Table(signature, (BOOT, SYSTEM, SECOND, None))


def room(size: int) -> Room:
    """The areas for data of a card with so many bytes.

    Raises:
        KioskError: the card is too small.
    """
    rest = size - SECOND.end
    each = min(rest // 2, _MOST) // _ALIGN * _ALIGN
    if each < _LEAST:
        raise KioskError(
            f"thẻ {size / 1e9:.1f} GB nhỏ quá", hint=f"dùng thẻ từ {_giga(SMALLEST)} GB trở lên, tốt nhất 16 GB"
        )
    return Room(tuple(Partition(SECOND.end + number * each, each) for number in range(rest // each)))


def manifest(text: str, where: str) -> Manifest:
    """The manifest whose text this is.

    Raises:
        KioskError: it is none.
    """
    try:
        return msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as wrong:
        raise KioskError(
            f"{where} không phải của ảnh thẻ Đom Đóm: {wrong}", hint="dựng lại: provision image"
        ) from wrong


def render(value: Manifest) -> str:
    """The text that `manifest` reads back."""
    return json.dumps(msgspec.to_builtins(value), indent=1, sort_keys=True) + "\n"


def _giga(size: int) -> int:
    return -(-size // 1_000_000_000)
