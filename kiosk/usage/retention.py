"""The bounds of usage.db: what is kept how long, and what goes first when there is no room."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import peewee

from kiosk.events.epochs import Quality
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.live.outgoing import losses
from kiosk.settings import Settings
from kiosk.usage import spans, waiting
from kiosk.usage.journal import Journal
from kiosk.usage.spans import State
from kiosk.usage.store import used
from kiosk.usage.tables import Epoch

RESERVE_BYTES = 16 * 1024 * 1024
KEPT_SECONDS = 90 * 86_400
_HIGH = 0.80  # of the bound: from here on what the collector holds goes, oldest first
_LOW = 0.75  # until here
_FULL = 0.97  # from here on what waits goes too
_CHUNK = 500  # events of one transaction
_SPARE = 3  # the reserve is made when so many times its size is free


class Reserve:
    """A file of zeros, let go when the card is full: a deletion needs space too."""

    def __init__(self, path: Path, size: int = RESERVE_BYTES) -> None:
        self._path = path
        self._size = size

    @classmethod
    def of(cls, settings: Settings) -> "Reserve":
        """The house's reserve; a small bound has a small one."""
        return cls(settings.data / "usage.reserve", min(RESERVE_BYTES, settings.counting.most_kib * 1024 // 4))

    def keep(self) -> bool:
        """Make it if it is not there and there is room enough; whether it is there."""
        if self._path.exists():
            return True
        room = os.statvfs(self._path.parent)
        if room.f_bavail * room.f_frsize < _SPARE * self._size:
            return False
        try:
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
        except OSError:
            self._path.unlink(missing_ok=True)
        return self._path.exists()

    def release(self) -> bool:
        """Let it go; whether it was there."""
        there = self._path.exists()
        self._path.unlink(missing_ok=True)
        return there


def tidy(journal: Journal, now: int | None) -> int:
    """Delete what the collector holds and is old, or too much; epochs with nothing left go too.

    Args:
        journal: usage.db.
        now: seconds since 1970; None when nobody knows, then nothing is old.

    Returns:
        How many events went.
    """
    gone = 0
    for epoch in _epochs(journal):
        if now is not None and epoch.quality != Quality.UNKNOWN:
            gone += _delete_older(journal, epoch, now - KEPT_SECONDS - epoch.seconds)
    gone += _delete_held(journal, _HIGH)
    _delete_finished(journal)
    return gone


def make_room(journal: Journal, need: int, at: int) -> Counter[str]:
    """Make room for the next events, after the reserve was let go.

    First goes what the collector holds, then the oldest of what waits: the latter is counted by kind, told by a
    `dropped` event, and its seqs are told as gone.

    Args:
        journal: usage.db, full.
        need: how many events must go at least.
        at: uptime, for those events.
    """
    dropped: Counter[str] = Counter()
    freed = _delete_held(journal, 0.0, most=need)
    for epoch, span in _waiting(journal):
        if freed + dropped.total() >= need and _share(journal) < _FULL:
            break
        dropped += _drop(journal, epoch, span, at)
    journal.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return dropped


def _epochs(journal: Journal) -> list[Epoch]:
    return list(journal.store.tables.epoch.select().order_by(peewee.SQL("id")))


def _share(journal: Journal) -> float:
    pages, most = used(journal.store)
    return pages / most


def _held(journal: Journal, epoch: Epoch) -> Ranges:
    tables = journal.store.tables
    first = tables.event.select().where(tables.event.within(epoch.id)).order_by(tables.event.id).first()
    if first is None:
        return Ranges()
    known = spans.read(tables, epoch.id, State.HELD, State.ASIDE)
    return known - Ranges(((1, first.seq - 1),)) if first.seq > 1 else known


def _delete_older(journal: Journal, epoch: Epoch, at: int) -> int:
    gone = 0
    table = journal.store.tables.event
    for first, last in _held(journal, epoch).spans if at > 0 else ():
        with journal.store.transaction():
            old = table.within(epoch.id, first, last) & (table.at < at)
            gone += table.delete().where(old).execute()
    return gone


def _delete_held(journal: Journal, high: float, most: int | None = None) -> int:
    """Delete what the collector holds, oldest first, from the share `high` down to `_LOW`, at most so many events."""
    gone = 0
    if _share(journal) < high:
        return 0
    for epoch in _epochs(journal):
        for first, last in _chunks(_held(journal, epoch)):
            with journal.store.transaction():
                gone += _delete(journal, epoch, first, last)
            enough = gone >= most if most else _share(journal) < _LOW
            if enough:
                return gone
    return gone


def _delete_finished(journal: Journal) -> None:
    tables, current = journal.store.tables, journal.current()
    for epoch in _epochs(journal):
        empty = not tables.event.select().where(tables.event.within(epoch.id)).exists()
        known = spans.read(tables, epoch.id, State.HELD, State.ASIDE)
        told = epoch.told >= epoch.revision and not spans.read(tables, epoch.id, State.GONE) - known
        if empty and told and current and epoch.name != current.name:
            with journal.store.transaction():
                tables.span.delete().where(tables.span.epoch == epoch.id).execute()
                tables.epoch.delete().where(tables.epoch.id == epoch.id).execute()


def _waiting(journal: Journal) -> Iterator[tuple[Epoch, tuple[int, int]]]:
    for epoch in _epochs(journal):
        for span in _chunks(waiting.seqs(journal.store, epoch.id)):
            yield epoch, span


def _drop(journal: Journal, epoch: Epoch, span: tuple[int, int], at: int) -> Counter[str]:
    table = journal.store.tables.event
    first, last = span
    lost: Counter[str] = Counter()
    with journal.store.transaction():
        for row in table.select().where(table.within(epoch.id, first, last)):
            lost.update(losses(waiting.event(row.kind, row.at, row.payload)))
        _delete(journal, epoch, first, last)
        spans.add(journal.store.tables, epoch.id, State.GONE, Ranges((span,)))
        journal.append_within([make("dropped", at, kind=kind, count=number) for kind, number in sorted(lost.items())])
    return lost


def _delete(journal: Journal, epoch: Epoch, first: int, last: int) -> int:
    table = journal.store.tables.event
    count: int = table.delete().where(table.within(epoch.id, first, last)).execute()
    return count


def _chunks(seqs: Ranges) -> Iterator[tuple[int, int]]:
    for first, last in seqs.spans:
        for start in range(first, last + 1, _CHUNK):
            yield start, min(start + _CHUNK - 1, last)
