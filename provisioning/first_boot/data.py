"""The data partition: made at the first start, checked at each, set aside when it cannot be read any more."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning import card, mbr
from provisioning.card import SITE
from provisioning.first_boot import kernel
from provisioning.mbr import Partition, Table

MADE, KEPT, ASIDE, MEMORY = "made", "kept", "aside", "memory"


class Disk(Protocol):
    """The card as it is reached from the running box."""

    size: int

    def site(self) -> bytes | None:
        """The site file of its boot partition; None when it cannot be read."""

    def table(self) -> Table:
        """Its partitions."""

    def enter(self, table: Table) -> None:
        """Write the first sector, in one piece."""

    def make(self, area: Partition) -> None:
        """Make an empty file system in an area."""

    def mount(self, area: Partition) -> bool:
        """Check the file system of an area, mend it where that helps, and mount it; whether that went well."""

    def mount_memory(self) -> None:
        """Mount memory in the place of the card."""


@dataclass(frozen=True, slots=True)
class Mounted:
    """How the data came up.

    Attributes:
        how: MADE anew, KEPT as it was, set ASIDE and made anew, or in MEMORY because the card takes nothing.
        area: where; None in memory.
        former: the area that was set aside; None otherwise.
        wrong: why the card was not used; empty when it is.
    """

    how: str
    area: Partition | None = None
    former: Partition | None = None
    wrong: str = ""


def bring_up(disk: Disk) -> Mounted:
    """Mount the data partition. Whatever is wrong with it, there is one in the end.

    The table names an area only when its file system is whole: a power cut before that, and it is made again.
    """
    try:
        table = disk.table()
        room = card.room(disk.size)
        area = table.partitions[3]
        if area is not None and disk.mount(area):
            return Mounted(KEPT, area)
        fresh = room.after(area)
        disk.make(fresh)
        disk.enter(table.with_fourth(fresh))
        if disk.mount(fresh):
            return Mounted(MADE if area is None else ASIDE, fresh, area)
        wrong = "phân vùng vừa làm xong đã không mở được"
    except (KioskError, OSError) as refused:
        wrong = str(refused)  # a card that takes nothing more: lessons are still served, out of memory
    disk.mount_memory()
    return Mounted(MEMORY, wrong=wrong)


class BlockDisk:
    """The card that this box started from.

    Args:
        device: as in `/dev/mmcblk0`.
        place: where the data is mounted.
    """

    _LABEL: Final = "domdom-data"
    _FILES: Final = 65_536
    # What must last is brought to the card by who wrote it; the rest may wait, so that an idle house writes less.
    _OPTIONS: Final = "noatime,nodev,nosuid,noexec,errors=remount-ro,commit=60"

    def __init__(self, device: str, place: str = "/var/lib/kiosk") -> None:
        self._device = device
        self._place = place
        with Path(device).open("rb") as file:
            self.size = file.seek(0, os.SEEK_END)

    def site(self) -> bytes | None:
        """The site file of its boot partition, which is open for a moment only."""
        place = Path("/run/domdom/boot")
        place.mkdir(parents=True, exist_ok=True)
        if run(["mount", "-t", "vfat", "-o", "ro", self._partition(1), place], check=False).code:
            return None
        try:
            # An editor that hides what files are called may have added an end of its own.
            found = (place / name for name in (SITE, f"{SITE}.txt"))
            return next((path.read_bytes() for path in found if path.is_file()), None)
        except OSError:
            return None
        finally:
            run(["umount", place], check=False)

    def table(self) -> Table:
        """Its partitions."""
        with Path(self._device).open("rb") as file:
            return mbr.parse(file.read(mbr.SECTOR))

    def enter(self, table: Table) -> None:
        """Write the first sector."""
        handle = os.open(self._device, os.O_WRONLY | os.O_SYNC)
        try:
            os.pwrite(handle, mbr.render(table), 0)
        finally:
            os.close(handle)

    def make(self, area: Partition) -> None:
        """Make an empty file system, all of it written now so that nothing writes for hours after."""
        words = ["-q", "-F", "-b", "4096", "-T", "largefile", "-m", "1", "-J", "size=16", "-L", self._LABEL]
        # A pack is some thousand small files; one inode for each MiB, as `largefile` says, would soon be used up.
        words += ["-N", str(self._FILES)]
        now = "lazy_itable_init=0,lazy_journal_init=0,nodiscard"
        run(["mkfs.ext4", *words, "-E", now, self._known(area)], timeout=280)

    def mount(self, area: Partition) -> bool:
        """Check, mend and mount."""
        name = self._known(area)
        if run(["e2fsck", "-p", name], check=False, timeout=280).code > 1:
            run(["e2fsck", "-f", "-y", name], check=False, timeout=280)
        return self._mounted(["-t", "ext4", "-o", self._OPTIONS, name])

    def mount_memory(self) -> None:
        """Mount memory."""
        self._mounted(["-t", "tmpfs", "-o", "size=64M,mode=755,nodev,nosuid,noexec", "domdom-data"])

    def _known(self, area: Partition) -> str:
        """The fourth partition's name, after the kernel was told where it lies."""
        name = self._partition(4)
        handle = os.open(self._device, os.O_RDONLY)
        try:
            kernel.forget(handle, 4)
            kernel.know(handle, 4, area)
        finally:
            os.close(handle)
        return name

    def _partition(self, number: int) -> str:
        return f"{self._device}{'p' if self._device[-1].isdigit() else ''}{number}"

    def _mounted(self, words: list[str]) -> bool:
        Path(self._place).mkdir(parents=True, exist_ok=True)
        return run(["mount", *words, self._place], check=False).code == 0
