"""The first image of memory as an archive that the kernel unpacks: newc, every byte determined by what is put in."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass

_ROUND = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, folder, link or device.

    Attributes:
        data: content; of a link where it leads.
        mode: kind and rights.
        device: major and minor, of a device.
    """

    data: bytes = b""
    mode: int = stat.S_IFREG | 0o644
    device: tuple[int, int] = (0, 0)


def folder() -> Entry:
    """A folder."""
    return Entry(mode=stat.S_IFDIR | 0o755)


def program(data: bytes) -> Entry:
    """A file that can be run."""
    return Entry(data, stat.S_IFREG | 0o755)


def link(target: str) -> Entry:
    """A symbolic link."""
    return Entry(target.encode(), stat.S_IFLNK | 0o777)


def pack(entries: Mapping[str, Entry]) -> bytes:
    """The archive of path -> entry; folders that a path needs are made."""
    whole = {parent: folder() for path in entries for parent in _parents(path)} | dict(entries)
    parts = [_one(number, path, whole[path]) for number, path in enumerate(sorted(whole), 1)]
    return b"".join([*parts, _one(0, "TRAILER!!!", Entry(mode=0))])


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts))]


def _one(number: int, path: str, entry: Entry) -> bytes:
    name = path.encode() + b"\0"
    links = 2 if stat.S_ISDIR(entry.mode) else 1
    fields = (number, entry.mode, 0, 0, links, 0, len(entry.data), 0, 0, *entry.device, len(name), 0)
    return _rounded(b"070701" + b"".join(b"%08X" % field for field in fields) + name) + _rounded(entry.data)


def _rounded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % _ROUND)
