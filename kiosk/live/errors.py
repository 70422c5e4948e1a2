"""Our own errors on their way to the province: where they arose, never what was said, each kind once an hour."""

import re
from contextlib import suppress

import peewee

from kiosk import clock
from kiosk.errors import KioskError, origin
from kiosk.events.event import NAME_MOST, make
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.settings import Settings

AGAIN_SECONDS = 3600
_OTHER = re.compile(r"[^A-Za-z0-9._+/-]+")


def tell(store: LiveStore, area: str, wrong: BaseException | str) -> None:
    """Hand an error over to be counted; the same one again within the hour, or one without memory for it, is not.

    Args:
        store: the open state.db.
        area: which part of the house: `web`, `upload`, a service's name.
        wrong: the error, or the word for it.
    """
    now = int(clock.uptime())
    event = make("error", now, area=named(area), code=named(wrong if isinstance(wrong, str) else code(wrong)))
    name = "error {area} {code}".format_map(event.fields())
    with suppress(peewee.OperationalError), store.transaction():
        told = store.get(name)
        if not told or now - int(told) >= AGAIN_SECONDS:
            store.put(name, str(now))
            outgoing.put(store, event)


def leave(settings: Settings, area: str, wrong: BaseException | str) -> None:
    """`tell` for a program that has no state.db open; where it cannot be opened, nothing is told."""
    with suppress(KioskError, peewee.DatabaseError):
        store = LiveStore.open(settings)
        try:
            tell(store, area, wrong)
        finally:
            store.close()


def code(wrong: BaseException) -> str:
    """The word for an error: class, file and line."""
    found = origin(wrong)
    return f"{found.kind}/{found.file}/{found.line}" if found.file else found.kind


def named(text: str) -> str:
    """Any text as a name that an event may hold."""
    return _OTHER.sub("-", text).strip("-./+_")[:NAME_MOST].strip("-./+_") or "unknown"
