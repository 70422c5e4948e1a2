"""Telling the kernel of a partition, while others of the same card are in use and its table is not written yet."""

import ctypes
import errno
import fcntl
from typing import Final

from provisioning.mbr import Partition

_BLKPG: Final = 0x1269
_ADD, _DELETE = 1, 2


class _Place(ctypes.Structure):
    _fields_ = (
        ("start", ctypes.c_longlong),
        ("length", ctypes.c_longlong),
        ("number", ctypes.c_int),
        ("device", ctypes.c_char * 64),
        ("volume", ctypes.c_char * 64),
    )


class _Request(ctypes.Structure):
    _fields_ = (
        ("what", ctypes.c_int),
        ("flags", ctypes.c_int),
        ("size", ctypes.c_int),
        ("place", ctypes.POINTER(_Place)),
    )


def know(disk: int, number: int, partition: Partition) -> None:
    """Make a partition of an open disk known under its number.

    Raises:
        OSError: it lies over another, or beyond the disk.
    """
    _ask(disk, _ADD, _Place(partition.start, partition.size, number))


def forget(disk: int, number: int) -> None:
    """Forget a partition; one that is not known is forgotten already.

    Raises:
        OSError: it is in use.
    """
    try:
        _ask(disk, _DELETE, _Place(0, 0, number))
    except OSError as wrong:
        if wrong.errno != errno.ENXIO:
            raise


def _ask(disk: int, what: int, place: _Place) -> None:
    fcntl.ioctl(disk, _BLKPG, bytes(_Request(what, 0, ctypes.sizeof(place), ctypes.pointer(place))))
