"""What stands in the memory of running processes, as a debugger would read it."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

_PIECE = 1 << 22
_OVERLAP = 64  # bytes that two pieces share, so that nothing is missed between them
_SPECIAL = ("[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]")


def family(pid: int) -> list[int]:
    """A process and all below it; what ends meanwhile has nothing below it."""
    every = [pid]
    for one in every:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                every += map(int, (task / "children").read_text().split())
    return every


def command(pid: int) -> str:
    """How a process was called; "" of one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def pieces(pid: int) -> Iterator[bytes]:
    """The readable memory of a process, piece by piece."""
    with os.fdopen(os.open(f"/proc/{pid}/mem", os.O_RDONLY), "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            start, end, flags, name = re.fullmatch(r"(\w+)-(\w+) (\S+) \S+ \S+ \S+ *(.*)", line).groups()
            if "r" in flags and name not in _SPECIAL:
                yield from _area(memory, int(start, 16), int(end, 16))


def _area(memory: object, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, _PIECE):
        try:
            memory.seek(at)
            yield memory.read(min(_PIECE + _OVERLAP, end - at))
        except (OSError, OverflowError, ValueError):  # a guard page, or freed this moment
            continue
