"""Network namespaces: made, joined by cables, entered by threads, taken away."""

import contextlib
import ctypes
import itertools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kiosk.process import Result, run
from tests.lab.ground import ground

T = TypeVar("T")
_CLONE_NEWNET = 0x40000000
_numbers = itertools.count()


class Space:
    """A network namespace; `call` runs a function inside it, in a thread that never leaves it."""

    def __init__(self, name: str) -> None:
        self.name = f"{ground().tag}-{next(_numbers)}-{name}"
        run(["ip", "netns", "add", self.name])
        run(["ip", "-n", self.name, "link", "set", "lo", "up"])
        self._thread = ThreadPoolExecutor(8, initializer=self._enter)

    def ip(self, *words: str) -> None:
        """`ip` inside."""
        run(["ip", "-n", self.name, *words])

    def run(self, *words: str, check: bool = True, timeout: float = 60) -> Result:
        """A program inside."""
        return run(["ip", "netns", "exec", self.name, *words], check=check, timeout=timeout)

    def call(self, what: Callable[[], T]) -> T:
        """The result of a function, run inside."""
        return self._thread.submit(what).result()

    def close(self) -> None:
        """Take it away, and end what still runs in it."""
        self._thread.shutdown()
        for number in run(["ip", "netns", "pids", self.name], check=False).out.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(number), 9)
        run(["ip", "netns", "del", self.name], check=False)

    def _enter(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        handle = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
        try:
            if libc.setns(handle, _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        finally:
            os.close(handle)


@contextlib.contextmanager
def space(name: str) -> Iterator[Space]:
    """A namespace for the length of a block."""
    made = Space(name)
    try:
        yield made
    finally:
        made.close()


def cable(one: Space, one_end: str, other: Space, other_end: str) -> None:
    """A cable between two namespaces, both ends up; born with its names, since networkd looks but once at a new one."""
    ends = [one_end, "netns", one.name, "type", "veth", "peer", "name", other_end, "netns", other.name]
    run(["ip", "link", "add", *ends])
    one.ip("link", "set", one_end, "up")
    other.ip("link", "set", other_end, "up")
