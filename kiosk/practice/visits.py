"""Visits in state.db: one person's use, found again by her station, counted when she pauses, forgotten later.

A visit is counted on the card side as soon as nothing has happened for a while, so that a power cut loses little; what
she was doing stays for the rest of her lease. Whoever goes on after having been counted begins another visit under the
same address.
"""

import secrets

from kiosk.events.event import make
from kiosk.live.outgoing import put
from kiosk.live.store import LiveStore
from kiosk.live.tables import Attempt, Visit

KEEP = 3600  # seconds without an action after which a visit is forgotten
PAUSE = 540  # seconds without an action after which it is counted; looked after every minute, so within ten minutes
_ID_BYTES = 16


class Visits:
    """The visits of this house; every call that writes belongs inside `store.transaction()`.

    Args:
        store: the open state.db.
    """

    def __init__(self, store: LiveStore) -> None:
        self._store = store
        self._table = store.tables.visit

    def named(self, visit: str) -> Visit | None:
        """The visit of that id."""
        found: Visit | None = self._table.get_or_none(self._table.id == visit)
        return found

    def alive(self, station: str, where: str, now: int) -> Visit | None:
        """The visit that this station goes on with."""
        table = self._table
        mine = table.select().where(table.station == station, table.where == where, table.last >= now - KEEP)
        found: Visit | None = mine.order_by(table.last.desc()).first()
        return found

    def go_on(self, station: str, where: str, lang: str, now: int) -> str:
        """The id of the visit that this station goes on with, or of a new one."""
        row = self.alive(station, where, now)
        if row is None:
            return self.begin(station, where, lang, now)
        if lang and lang != row.lang:
            self._table.update(lang=lang).where(self._table.id == row.id).execute()
        self.touch(row.id, now)
        return str(row.id)

    def begin(self, station: str, where: str, lang: str, now: int) -> str:
        """The id of a new visit."""
        new = secrets.token_urlsafe(_ID_BYTES)
        self._table.insert(id=new, station=station, started=now, last=now, where=where, lang=lang).execute()
        return new

    def touch(self, visit: str, now: int) -> None:
        """Something happened in it; if it was counted already, another one begins."""
        table = self._table
        table.update(started=now, counted=False).where(table.id == visit, table.counted == True).execute()  # noqa: E712
        table.update(last=now).where(table.id == visit).execute()

    def of(self, station: str, where: str) -> list[str]:
        """The ids of all visits of this station."""
        table = self._table
        return [str(row.id) for row in table.select(table.id).where(table.station == station, table.where == where)]

    def forgotten(self, now: int) -> list[str]:
        """The ids of those that are over."""
        table = self._table
        return [str(row.id) for row in table.select(table.id).where(table.last < now - KEEP)]

    def count_paused(self, now: int) -> None:
        """Count the visits in which nothing has happened for a while."""
        table = self._table
        for row in list(table.select().where(table.last < now - PAUSE, table.counted == False)):  # noqa: E712
            self._count(row, now)
            table.update(counted=True).where(table.id == row.id).execute()

    def end(self, row: Visit, now: int) -> None:
        """Count it if it was not, and forget it with its attempts."""
        if not row.counted:
            self._count(row, now)
        attempt = self._store.tables.attempt
        attempt.delete().where(attempt.visit == row.id).execute()
        self._table.delete().where(self._table.id == row.id).execute()

    def attempts(self, visit: str) -> list[Attempt]:
        """The attempts of a visit, the oldest first."""
        table = self._store.tables.attempt
        return list(table.select().where(table.visit == visit).order_by(table.number))

    def _count(self, row: Visit, now: int) -> None:
        begun = [one for one in self.attempts(row.id) if one.serial > 0 and one.started >= row.started]
        seconds = max(0, row.last - row.started)
        put(self._store, make("visit", now, where=row.where, seconds=seconds, attempts=len(begun)))
