"""Who may come to the database: a few at once, as many wait, everybody else is told at once when to come again.

The threads that take requests only read and answer, so that a village on a slow line holds up nobody; those that work
on the database are few, and keep their lines to it.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, BoundedSemaphore
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 4
_WAITING = 4


class BusyError(Exception):
    """Too many come at once, or the database is slow."""


@contextmanager
def place(places: BoundedSemaphore) -> Iterator[None]:
    """One of a few places, for as long as the block lasts.

    Raises:
        BusyError: all are taken.
    """
    if not places.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        places.release()


class Turns:
    """The turns of a worker."""

    def __init__(self, at_once: int = _AT_ONCE, waiting: int = _WAITING) -> None:
        self._at_once = at_once
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="turn")
        self._places = BoundedSemaphore(at_once + waiting)

    def take(self, work: Callable[[], T], patience: float | None = None) -> T:
        """Do the work when its turn comes, and give what it gives.

        Args:
            work: what is to be done in a thread of the database's.
            patience: seconds after which nobody waits for it any longer; what has begun is done nevertheless.

        Raises:
            BusyError: as many as may wait do, or patience ended.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        done = self._threads.submit(work)
        done.add_done_callback(lambda _: self._places.release())
        try:
            return done.result(patience)
        except TimeoutError:
            done.cancel()
            raise BusyError from None

    def close(self, last: Callable[[], None]) -> None:
        """End the threads, each after it has done this: only a thread itself can close its line."""
        together = Barrier(self._at_once)

        def end() -> None:
            together.wait()
            last()

        for _ in range(self._at_once):
            self._threads.submit(end)
        self._threads.shutdown()
