"""Staff doors that stand open: an unguessable id each, in memory, shut by a tap or when nobody uses it for a while."""

import contextlib
import hashlib
import secrets
from collections.abc import Callable
from typing import Final

import peewee

from kiosk import clock
from kiosk.live.store import LiveStore

IDLE: Final = 300  # seconds without a tap after which a door shuts
_ID_BYTES: Final = 24
_LONGEST: Final = 64  # characters of an id that is looked at


class Sessions:
    """The open doors of this house.

    Args:
        store: the open state.db.
        now: uptime in seconds.
    """

    def __init__(self, store: LiveStore, now: Callable[[], float] = clock.uptime) -> None:
        self._store = store
        self._table = store.tables.session
        self._now = now

    def open(self) -> str:
        """The id of a door just opened; empty when no memory is left to remember it."""
        new, now = secrets.token_urlsafe(_ID_BYTES), int(self._now())
        with contextlib.suppress(peewee.OperationalError), self._store.transaction():
            self._table.delete().where(self._table.last < now - IDLE).execute()
            self._table.insert(digest=_digest(new), last=now).execute()
            return new
        return ""

    def is_open(self, session: str) -> bool:
        """Whether that door stands open."""
        if not 0 < len(session) <= _LONGEST:
            return False
        row = self._table.get_or_none(self._table.digest == _digest(session))
        return row is not None and row.last >= int(self._now()) - IDLE

    def use(self, session: str) -> None:
        """Somebody is there: it stays open for as long again."""
        with contextlib.suppress(peewee.OperationalError), self._store.transaction():
            table, now = self._table, int(self._now())
            table.update(last=now).where(table.digest == _digest(session), table.last >= now - IDLE).execute()

    def shut(self, session: str) -> None:
        """Shut that door."""
        with contextlib.suppress(peewee.OperationalError), self._store.transaction():
            self._table.delete().where(self._table.digest == _digest(session)).execute()


def mark(session: str) -> str:
    """What the forms of an open door bear, so that no other page can send one: nobody finds it without the id."""
    return hashlib.blake2b(b"form", key=session.encode(), digest_size=16).hexdigest()


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
