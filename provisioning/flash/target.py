"""A card, or a file that stands for one, open for writing; what is read back comes from the card, not from memory."""

import contextlib
import fcntl
import mmap
import os
import stat
from pathlib import Path
from typing import Final, Protocol

from kiosk.errors import KioskError

BLOCK: Final = 4096
_FLUSH: Final = 0x1261  # BLKFLSBUF: forget what the kernel keeps of this disk
_REREAD: Final = 0x125F  # BLKRRPART: look at the partitions again


class Target(Protocol):
    """Where an image goes; offsets and sizes of reads are multiples of BLOCK."""

    size: int

    def write(self, offset: int, data: bytes) -> None:
        """Put bytes there; they may still be on their way."""

    def sync(self) -> None:
        """Wait until all is on the card."""

    def read(self, offset: int, size: int) -> bytes:
        """What the card holds there."""

    def close(self) -> None:
        """Let the card go."""


class Disk:
    """A block device, taken for this process alone, or a file."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            KioskError: it is in use, gone, or not ours to write.
        """
        self._path = path
        block = stat.S_ISBLK(path.stat().st_mode)
        try:
            # O_EXCL on a disk: the kernel itself refuses one of which a part is mounted.
            self._file = os.open(path, os.O_RDWR | (os.O_EXCL if block else 0))
        except PermissionError as wrong:
            raise KioskError(f"không được phép ghi {path}", hint="thêm sudo ở đầu lệnh") from wrong
        except OSError as wrong:
            raise KioskError(f"{path} đang được dùng: {wrong.strerror}", hint="rút an toàn rồi cắm lại thẻ") from wrong
        self._block = block
        self._direct = self._second(path)
        self.size = os.lseek(self._file, 0, os.SEEK_END)

    def write(self, offset: int, data: bytes) -> None:
        """Put bytes there."""
        rest = memoryview(data)
        while rest:
            done = os.pwrite(self._file, rest, offset)
            offset, rest = offset + done, rest[done:]

    def sync(self) -> None:
        """Wait until all is on the card, then forget it here."""
        os.fsync(self._file)
        os.posix_fadvise(self._file, 0, 0, os.POSIX_FADV_DONTNEED)
        if self._block:
            fcntl.ioctl(self._file, _FLUSH)

    def read(self, offset: int, size: int) -> bytes:
        """What the card holds there, past the kernel's memory where the file system allows."""
        with mmap.mmap(-1, size) as room:
            got = os.preadv(self._direct, [room], offset)
            return room[:got]

    def close(self) -> None:
        """Let the card go; its partitions are looked at again."""
        if self._block:
            with contextlib.suppress(OSError):  # a loop device has none, a card that was torn out is gone
                fcntl.ioctl(self._file, _REREAD)
        os.close(self._direct)
        os.close(self._file)

    def _second(self, path: Path) -> int:
        try:
            return os.open(path, os.O_RDONLY | os.O_DIRECT)
        except OSError:
            return os.open(path, os.O_RDONLY)  # a file system in memory knows no O_DIRECT


def make_file(path: Path, size: int) -> None:
    """A file of that size that stands for a card; an old one is made anew."""
    with path.open("wb") as file:
        file.truncate(size)
