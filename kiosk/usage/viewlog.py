"""Reading the view log by offset while nginx goes on writing it, and giving back the memory of what was read."""

import ctypes
import os
from pathlib import Path

_KEEP_SIZE_PUNCH_HOLE = 0x01 | 0x02
_NEWLINE_OR_HOLE = b"\n\0"
_BYTES = 65_536  # of one reading, about 1,300 lines; what they become is held until the commit


class ViewLog:
    """The view log of this start of the system.

    Attributes:
        read: bytes that were read.
        punches: False once the file system refused to free a part of a file; then the log only grows.
    """

    def __init__(self, path: Path, boot: str) -> None:
        self.read = 0
        self.punches = True
        self._path = path
        self._boot = boot
        self._file = -1
        self._inode = (0, 0)
        self._punched = 0

    @property
    def name(self) -> str:
        """Which log is open: start of the system, device and inode; empty when none is there yet."""
        return f"{self._boot[:16]}:{self._inode[0]}:{self._inode[1]}" if self._file >= 0 else ""

    @property
    def backlog(self) -> int:
        """Bytes that wait."""
        return os.fstat(self._file).st_size - self.read if self._file >= 0 else 0

    @property
    def unpunched(self) -> int:
        """Bytes that were read and whose memory can be given back."""
        return self.read - self._punched if self.punches else 0

    def resume(self, name: str, read: int) -> None:
        """Go on at a place written down earlier; at the beginning when that was of another log."""
        if self._file < 0 and not self._open():
            return
        self.read = read if name == self.name and self._was_there(read) else 0
        self._punched = 0

    def lines(self, most: int = _BYTES) -> list[str]:
        """The next whole lines, without their line feeds; none when nothing new is there.

        Args:
            most: bytes to read; a line longer than that is skipped.
        """
        if self._file < 0 and not self._open():
            return []
        if self.backlog < 0:
            self.read = 0  # somebody emptied it
        self._skip_hole()
        chunk = os.pread(self._file, most, self.read)
        end = chunk.rfind(b"\n") + 1 or (most if len(chunk) == most else 0)
        if not end and self._replaced():  # half a line at the end of the old one never gets its rest
            self.close()
            return self.lines(most)
        self.read += end
        return chunk[:end].decode("ascii", "replace").split("\n")[:-1]

    def punch(self) -> None:
        """Free the memory of everything up to `read`."""
        if not self.punches or self.read <= self._punched:
            return
        self.punches = _punch(self._file, self.read)
        self._punched = self.read

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
        self._file, self.read = -1, 0

    def _open(self) -> bool:
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        except PermissionError:
            self._file, self.punches = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC), False
        seen = os.fstat(self._file)
        self._inode = (seen.st_dev, seen.st_ino)
        self._punched = 0
        return True

    def _was_there(self, read: int) -> bool:
        """Whether a place is behind a line of this file: inodes are used again, line feeds are not everywhere."""
        if read == 0:
            return True
        return read <= os.fstat(self._file).st_size and os.pread(self._file, 1, read - 1) in _NEWLINE_OR_HOLE

    def _skip_hole(self) -> None:
        if os.pread(self._file, 1, self.read) != b"\0":
            return
        try:
            self.read = os.lseek(self._file, self.read, os.SEEK_DATA)
        except OSError:
            return  # a hole to the end
        head = os.pread(self._file, _BYTES, self.read)
        self.read += len(head) - len(head.lstrip(b"\0"))

    def _replaced(self) -> bool:
        try:
            seen = self._path.stat()
        except FileNotFoundError:
            return False
        return (seen.st_dev, seen.st_ino) != self._inode


def _punch(file: int, upto: int) -> bool:
    # Python has no fallocate that frees; the C library's 64-bit one is there on 32-bit systems too.
    call = ctypes.CDLL(None, use_errno=True).fallocate64
    call.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]
    return bool(call(file, _KEEP_SIZE_PUNCH_HOLE, 0, upto) == 0)
