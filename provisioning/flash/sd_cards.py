"""Which disks of this machine a card's image may be written to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk.errors import KioskError
from kiosk.process import run

_COLUMNS: Final = "PATH,TYPE,SIZE,MODEL,SERIAL,TRAN,RM,HOTPLUG,RO,MOUNTPOINTS"
_LARGE: Final = 256_000_000_000
_MEANT: Final = 2  # times that the technician writes the name
# Where a running system lives; what holds one of these is never written.
_SYSTEM: Final = ("/", "/usr", "/var", "/home", "/boot", "/boot/efi", "/boot/firmware", "/nix", "/etc", "[SWAP]")
_LAYERS: Final = frozenset({"lvm", "crypt", "dm", "mpath", "raid0", "raid1", "raid4", "raid5", "raid6", "raid10", "md"})


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk as the kernel knows it.

    Attributes:
        path: as in `/dev/sdb`.
        size: bytes; 0 in a reader without a card.
        name: of the reader or the card, by its maker.
        serial: of the reader or the card.
        portable: whether it can be taken out: by USB, or in a slot for cards.
        locked: whether its switch forbids writing.
        mounts: where it, or a part of it, is mounted.
        layered: whether it holds volumes of a higher order: encrypted, LVM, RAID.
    """

    path: str
    size: int
    name: str = ""
    serial: str = ""
    portable: bool = False
    locked: bool = False
    mounts: tuple[str, ...] = ()
    layered: bool = False

    @property
    def system(self) -> bool:
        """Whether this machine itself lives on it."""
        return self.layered or any(place in _SYSTEM for place in self.mounts)


def parse(text: bytes) -> tuple[Disk, ...]:
    """The disks in what `lsblk --json --bytes` says, parts taken with their disk.

    Raises:
        KioskError: it says something else.
    """
    try:
        rows = msgspec.json.decode(text)["blockdevices"]
        return tuple(_disk(row) for row in rows if row["type"] in {"disk", "loop"})
    except (msgspec.DecodeError, KeyError, TypeError) as wrong:
        raise KioskError("không hiểu lsblk nói gì", hint="cài util-linux từ 2.37 trở lên") from wrong


def read() -> tuple[Disk, ...]:
    """The disks of this machine."""
    return parse(run(["lsblk", "--json", "--bytes", "--output", _COLUMNS]).out)


def cards(disks: Sequence[Disk], places: Sequence[str] = ("/",)) -> list[Disk]:
    """What a technician would call a card: portable, with something in it, and not what this machine lives on.

    Args:
        disks: of this machine.
        places: devices that the kernel says are mounted, from `sources`.
    """
    return [disk for disk in disks if disk.portable and disk.size and not _lives(disk, places)]


def refusal(disk: Disk, *, named: int, places: Sequence[str] = ()) -> KioskError | None:
    """Why this disk may not be written; None when it may.

    Args:
        disk: the one.
        named: how often the technician wrote its name.
        places: devices that the kernel says are mounted, from `sources`.
    """
    return _never(disk, places) or (_unless_meant(disk) if named < _MEANT else None)


def sources(mountinfo: str) -> tuple[str, ...]:
    """The devices behind the places where a running system lives, from the text of `/proc/self/mountinfo`."""
    found = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        if before.split()[4] in _SYSTEM and len(after.split()) > 1:
            found.append(after.split()[1])
    return tuple(found)


def read_sources(path: Path = Path("/proc/self/mountinfo")) -> tuple[str, ...]:
    """The same, of this machine."""
    return sources(path.read_text(encoding="utf-8", errors="surrogateescape"))


def _never(disk: Disk, places: Sequence[str]) -> KioskError | None:
    if _lives(disk, places):
        return KioskError(f"{disk.path} là ổ của chính máy này", hint="không bao giờ ghi lên đó; xem lại tên thẻ")
    if disk.locked:
        return KioskError(f"{disk.path} đang khóa ghi", hint="gạt chốt bên cạnh thẻ hoặc đầu chuyển rồi cắm lại")
    if not disk.size:
        return KioskError(f"{disk.path} chưa có thẻ", hint="cắm thẻ vào đầu đọc")
    return None


def _unless_meant(disk: Disk) -> KioskError | None:
    twice = f"nếu đúng là thẻ cần ghi: viết tên hai lần, {disk.path} {disk.path}"
    if disk.mounts:
        return KioskError(f"{disk.path} đang mở ở {disk.mounts[0]}", hint=f"rút an toàn rồi cắm lại; {twice}")
    if disk.size > _LARGE:
        return KioskError(f"{disk.path} lớn {disk.size / 1e9:.0f} GB, có lẽ là ổ cứng", hint=twice)
    return None


def _lives(disk: Disk, places: Sequence[str]) -> bool:
    return disk.system or any(_part(place, disk.path) for place in places)


def _part(place: str, disk: str) -> bool:
    """Whether a device is this disk or a partition of it: sda1 of sda, mmcblk0p1 of mmcblk0."""
    rest = place.removeprefix(disk)
    return place.startswith(disk) and (rest == "" or rest.removeprefix("p").isdecimal())


def _disk(row: dict[str, Any]) -> Disk:
    parts = list(_below(row))
    return Disk(
        path=str(row["path"]),
        size=int(row["size"] or 0),
        name=str(row.get("model") or "").strip(),
        serial=str(row.get("serial") or "").strip(),
        portable=_portable(row),
        locked=bool(row.get("ro")),
        mounts=tuple(str(place) for part in parts for place in part.get("mountpoints") or () if place),
        layered=any(part["type"] in _LAYERS for part in parts),
    )


def _portable(row: dict[str, Any]) -> bool:
    """By USB, taken out or plugged while running, or the machine's own slot for cards."""
    return bool(row.get("rm") or row.get("hotplug") or row.get("tran") == "usb" or "/mmcblk" in str(row["path"]))


def _below(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield row
    for part in row.get("children") or ():
        yield from _below(part)
