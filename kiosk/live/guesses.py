"""Guesses at the staff PIN: the more were wrong, the longer the wait for the next.

Counted in state.db, so that a restart of the web server forgets nothing, and on the card, so that a pulled plug neither
forgets nor shortens: the wait begins anew with the start of the system.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import peewee

from kiosk import clock, durable
from kiosk.live.store import LiveStore

_FREE: Final = 4  # wrong guesses that cost nothing: she mistypes
_FIRST: Final = 30  # seconds of the first wait; each next one is twice as long
_LONGEST: Final = 1800  # so that a child's game does not lock the volunteers out for an evening
_FORGIVEN: Final = 7200  # seconds in which one wrong guess is forgotten
_NAME: Final = "guesses"
_DIGITS: Final = 9  # of a number that this program wrote


def wait(wrong: int) -> int:
    """Seconds that must pass after so many wrong guesses before the next one is looked at."""
    return 0 if wrong < _FREE else min(_FIRST * 2 ** min(wrong - _FREE, 16), _LONGEST)


class Guesses:
    """The wrong guesses of this house.

    Args:
        store: the open state.db.
        kept: a file on the card.
        now: uptime in seconds.
    """

    def __init__(self, store: LiveStore, kept: Path, now: Callable[[], float] = clock.uptime) -> None:
        self._store = store
        self._kept = kept
        self._now = now

    def left(self) -> int:
        """Seconds until a guess is looked at; 0 when it is now."""
        wrong, at = self._read()
        return max(0, at + wait(wrong) - int(self._now()))

    def take(self) -> int:
        """Count a guess, before it is looked at: many at once gain nothing.

        Returns:
            0 when it may be looked at, else the seconds to wait; memory that takes no count lets nobody guess.
        """
        if left := self.left():  # a flood of guesses holds no lock
            return left
        try:
            with self._store.transaction():
                now = int(self._now())
                wrong, at = self._read()
                left = at + wait(wrong) - now
                if left > 0:
                    return left
                wrong = max(0, wrong - (now - at) // _FORGIVEN) + 1
                self._store.put(_NAME, f"{wrong} {now}")
        except peewee.OperationalError:
            return _FIRST
        self._keep(wrong)
        return 0

    def right(self) -> None:
        """The guess was right: forget the wrong ones."""
        with contextlib.suppress(peewee.OperationalError), self._store.transaction():
            self._store.put(_NAME, f"0 {int(self._now())}")
        self._keep(0)

    def _read(self) -> tuple[int, int]:
        """How many were wrong, and the uptime of the last one."""
        text = self._store.get(_NAME)
        if text:
            wrong, at = text.split()
            return int(wrong), int(at)
        return self._before(), 0

    def _before(self) -> int:
        """As an earlier start of the system left it; what cannot be read counts for nothing."""
        try:
            text = self._kept.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return 0
        return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0

    def _keep(self, wrong: int) -> None:
        """Few: the waits bound how often a card is written for this."""
        with contextlib.suppress(OSError):  # a card that takes nothing: memory counts until the plug is pulled
            if wrong:
                durable.replace(self._kept, str(wrong).encode())
            else:
                self._kept.unlink(missing_ok=True)
