"""Whether a class is open: what is practised meanwhile carries that, for nobody in it is alone."""

from contextlib import suppress
from typing import Final

import peewee

from kiosk import clock
from kiosk.live.store import LiveStore

LONGEST: Final = 4 * 3600  # seconds after which a class that nobody closed is over
_NAME: Final = "class"


def begin(store: LiveStore, now: float | None = None) -> None:
    """Open a class; one that is open begins anew."""
    _put(store, str(_now(now)))


def end(store: LiveStore) -> None:
    """Close it."""
    _put(store, "")


def since(store: LiveStore, now: float | None = None) -> int | None:
    """Uptime at which the class began that is open; None when none is."""
    begun = store.get(_NAME)
    if not begun or _now(now) - int(begun) >= LONGEST:
        return None
    return int(begun)


def _put(store: LiveStore, value: str) -> None:
    with suppress(peewee.OperationalError):  # no memory is left: it stays as it was, and its page says so
        store.put(_NAME, value)


def _now(now: float | None) -> int:
    return int(clock.uptime() if now is None else now)
