"""Trying again: growing pauses with jitter, and the collector's own wish first."""

from collections.abc import Callable
from typing import Protocol

from kiosk.errors import KioskError
from kiosk.outbox.link import Answer, LinkError

_TRIES = 5
_FIRST_SECONDS = 2.0
_LONGEST_WAIT = 300.0  # a longer wish ends this run; the next one comes by itself
_BUSY = {429, 500, 502, 503, 504}


class Poster(Protocol):
    """Whatever sends a batch: a Link, or a test's stand-in."""

    def post(self, data: bytes) -> Answer:
        """Send it."""


def send(link: Poster, data: bytes, *, pause: Callable[[float], None], chance: Callable[[], float]) -> Answer:
    """Send a batch until an answer says something about it.

    Args:
        link: the line.
        data: the batch.
        pause: waits so many seconds.
        chance: a number from 0 to 1: a thousand sites whose link comes up together must not come back together.

    Raises:
        LinkError: still no such answer after five tries, or the collector wants a long pause.
    """
    wait = _FIRST_SECONDS
    for left in reversed(range(_TRIES)):
        answer, failure = _once(link, data)
        if answer and answer.status not in _BUSY:
            return answer
        wish = answer.wait if answer else 0.0
        if wish > _LONGEST_WAIT:
            asked = f"the collector asks to wait {wish / 60:.0f} minutes"
            raise LinkError(asked, hint="nothing is lost; try then", wait=wish)
        if not left:
            raise failure or LinkError(f"the collector is busy ({answer.status if answer else 0})", hint="try later")
        pause(wish + wait * (0.5 + chance()))
        wait *= 2
    raise AssertionError("unreachable")


def _once(link: Poster, data: bytes) -> tuple[Answer | None, KioskError | None]:
    try:
        return link.post(data), None
    except LinkError as failure:
        return None, failure
