"""How loud the touchscreen speaks: chosen behind the staff door, until the next start of the system."""

from contextlib import suppress
from typing import Final

import peewee

from kiosk.live.store import LiveStore

STEPS: Final = (0, 20, 40, 60, 80, 100)  # percent
_NAME: Final = "volume"


def read(store: LiveStore, usual: int) -> int:
    """Percent; `usual` while nobody has chosen."""
    chosen = store.get(_NAME)
    return int(chosen) if chosen else usual


def choose(store: LiveStore, percent: int) -> None:
    """Choose one of `STEPS`; anything else changes nothing."""
    if percent in STEPS:
        with suppress(peewee.OperationalError):  # no memory is left: it stays as it was
            store.put(_NAME, str(percent))
