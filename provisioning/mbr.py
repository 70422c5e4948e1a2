"""The first sector of a card: four partitions, read and written as the one sector that a card writes whole.

The Pi's own boot program before the 4 knows no GPT.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KioskError

SECTOR: Final = 512
FAT32: Final = 0x0C
LINUX: Final = 0x83

_TABLE: Final = 446
_SIGNATURE: Final = 440
_MAGIC: Final = b"\x55\xaa"
_ENTRY: Final = struct.Struct("<B3sB3sII")
_BEYOND: Final = b"\xfe\xff\xff"  # no cylinder: the sector numbers count
_ENTRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Partition:
    """A place on a card.

    Attributes:
        start: first byte.
        size: bytes.
        kind: FAT32 or LINUX.
    """

    start: int
    size: int
    kind: int = LINUX

    @property
    def end(self) -> int:
        """The byte behind the last."""
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Table:
    """Partitions 1 to 4, None where there is none, and the number that makes a card's partitions unmistakable."""

    signature: int
    partitions: tuple[Partition | None, ...]

    def with_fourth(self, partition: Partition) -> "Table":
        """The same card with this fourth partition."""
        return Table(self.signature, (*self.partitions[:3], partition))


def parse(sector: bytes) -> Table:
    """The table of a card's first sector.

    Raises:
        KioskError: it is no such sector.
    """
    if len(sector) < SECTOR or sector[510:512] != _MAGIC:
        raise KioskError("thẻ không có bảng phân vùng", hint="ghi lại thẻ: provision flash")
    (signature,) = struct.unpack_from("<I", sector, _SIGNATURE)
    return Table(signature, tuple(_partition(sector, number) for number in range(_ENTRIES)))


def render(table: Table) -> bytes:
    """The sector: no boot code, for no Pi reads any.

    Raises:
        KioskError: a partition does not lie on sectors, or beyond what 32 bits count.
    """
    sector = bytearray(SECTOR)
    struct.pack_into("<I", sector, _SIGNATURE, table.signature)
    for number, partition in enumerate(_padded(table.partitions)):
        if partition is not None:
            place = _TABLE + number * _ENTRY.size
            start, size = _sectors(partition.start), _sectors(partition.size)
            active = 0x80 if partition.kind == FAT32 else 0
            _ENTRY.pack_into(sector, place, active, _BEYOND, partition.kind, _BEYOND, start, size)
    sector[510:512] = _MAGIC
    return bytes(sector)


def _padded(partitions: Sequence[Partition | None]) -> tuple[Partition | None, ...]:
    return (*partitions, *(None,) * (_ENTRIES - len(partitions)))


def _partition(sector: bytes, number: int) -> Partition | None:
    _, _, kind, _, start, size = _ENTRY.unpack_from(sector, _TABLE + number * _ENTRY.size)
    return Partition(start * SECTOR, size * SECTOR, kind) if kind and size else None


def _sectors(size: int) -> int:
    count, rest = divmod(size, SECTOR)
    if rest or not 0 < count < 1 << 32:
        raise KioskError(f"{size} byte không tròn khu", hint="báo lỗi này cho người viết")
    return count
