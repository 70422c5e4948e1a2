"""What a screen in memory shows, read where Xvfb keeps it (`-fbdir`): that costs neither the server nor the window."""

import mmap
import struct
from pathlib import Path

from PIL import Image

_HEAD = struct.Struct(">25I")  # of an XWD file: X11/XWDFile.h
_COLOUR = 12  # bytes of a row of its table of colours


class Sight:
    """An eye on a screen.

    Args:
        folder: where Xvfb keeps it.
    """

    def __init__(self, folder: Path) -> None:
        with (folder / "Xvfb_screen0").open("rb") as kept:
            self._memory = mmap.mmap(kept.fileno(), 0, prot=mmap.PROT_READ)
        head = _HEAD.unpack_from(self._memory)
        self._size, self._row = head[4:6], head[12]
        self._start = head[0] + head[19] * _COLOUR

    def rows(self, top: float, bottom: float) -> bytes:
        """The pixels between two heights, given in parts of the screen."""
        first, last = (self._start + round(part * self._size[1]) * self._row for part in (top, bottom))
        return self._memory[first:last]

    def picture(self) -> Image.Image:
        """What is seen now."""
        return Image.frombytes("RGB", self._size, self.rows(0, 1), "raw", "BGRX", self._row)
