"""One file of a FAT32 partition given other bytes: what to write where, without a driver, a mount or root.

The image holds `site.toml` with room to spare; each card gets its own site in that room, and the file ends where the
site ends, so that Notepad on any machine shows and changes it.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KioskError

Read = Callable[[int, int], bytes]

_ENTRY: Final = 32
_LONG: Final = 0x0F
_END: Final = 0x0FFF_FFF8
_LAST: Final = b"\xff\xff\xff\x0f"
_FREE: Final = b"\0\0\0\0"
_UNKNOWN: Final = b"\xff\xff\xff\xff"
_FREE_COUNT: Final = 488
_PIECES: Final = ((1, 11), (14, 26), (28, 32))


@dataclass(frozen=True, slots=True)
class Patch:
    """Bytes, and where on the partition they go."""

    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class _Volume:
    read: Read
    cluster: int
    table: int
    tables: int
    table_size: int
    data: int
    root: int
    info: int

    def place(self, cluster: int) -> int:
        return self.data + (cluster - 2) * self.cluster

    def chain(self, first: int) -> list[int]:
        found = [first]
        while (following := self._next(found[-1])) < _END:
            if following < 2 or following in found:  # noqa: PLR2004  clusters are counted from 2
                raise _damaged()
            found.append(following)
        return found

    def _next(self, cluster: int) -> int:
        (value,) = struct.unpack("<I", self.read(self.table + 4 * cluster, 4))
        return int(value) & 0x0FFF_FFFF


def replace(read: Read, name: str, data: bytes) -> list[Patch]:
    """What to write so that the file of that name in the root folder holds these bytes.

    Args:
        read: gives so many bytes from an offset of the partition.
        name: the long name, any case.
        data: the new content; at least one byte.

    Raises:
        KioskError: no FAT32, no such file, or it has no room for so much.
    """
    volume = _volume(read)
    at, first = _find(volume, name)
    chain = volume.chain(first)
    used = max(1, -(-len(data) // volume.cluster))
    if used > len(chain):
        most = len(chain) * volume.cluster
        raise KioskError(f"{name} dài {len(data)} byte, thẻ chỉ dành {most}", hint="bỏ bớt chữ trong tệp của bản")
    patches = [Patch(at + 28, struct.pack("<I", len(data)))]
    for number, cluster in enumerate(chain[:used]):
        piece = data[number * volume.cluster : (number + 1) * volume.cluster]
        patches.append(Patch(volume.place(cluster), piece.ljust(volume.cluster, b"\0")))
    for cluster, value in ((chain[used - 1], _LAST), *((freed, _FREE) for freed in chain[used:])):
        patches += [Patch(place + 4 * cluster, value) for place in _tables(volume)]
    return [*patches, Patch(volume.info + _FREE_COUNT, _UNKNOWN)]


def _tables(volume: _Volume) -> list[int]:
    return [volume.table + number * volume.table_size for number in range(volume.tables)]


def _volume(read: Read) -> _Volume:
    sector = read(0, 512)
    if sector[82:90] != b"FAT32   " or sector[510:512] != b"\x55\xaa":
        raise KioskError("phân vùng đầu không phải FAT32", hint="dùng ảnh do provision image dựng")
    size, per_cluster, reserved, tables = struct.unpack_from("<HBHB", sector, 11)
    table_sectors, _, _, root, info = struct.unpack_from("<IHHIH", sector, 36)
    start = reserved * size
    length = table_sectors * size
    data = start + tables * length
    return _Volume(read, size * per_cluster, start, tables, length, data, root, info * size)


def _find(volume: _Volume, name: str) -> tuple[int, int]:
    """Where the file's short entry lies, and its first cluster."""
    long = ""
    for at, entry in _entries(volume):
        if entry[11] == _LONG:
            long = _piece(entry) + ("" if entry[0] & 0x40 else long)
            continue
        if long.lower() == name.lower():
            high, low = struct.unpack_from("<H", entry, 20)[0], struct.unpack_from("<H", entry, 26)[0]
            return at, high << 16 | low
        long = ""
    raise KioskError(f"trên ảnh không có {name}", hint="dùng ảnh do provision image dựng")


def _entries(volume: _Volume) -> Iterator[tuple[int, bytes]]:
    for cluster in volume.chain(volume.root):
        block = volume.read(volume.place(cluster), volume.cluster)
        for start in range(0, volume.cluster, _ENTRY):
            entry = block[start : start + _ENTRY]
            if entry[0] == 0:
                return
            if entry[0] != 0xE5:  # noqa: PLR2004  a deleted entry
                yield volume.place(cluster) + start, entry


def _piece(entry: bytes) -> str:
    raw = b"".join(entry[start:end] for start, end in _PIECES)
    return raw.decode("utf-16-le", "replace").split("\0", 1)[0]


def _damaged() -> KioskError:
    return KioskError("bảng FAT của ảnh bị hỏng", hint="dựng lại: provision image")
