"""What of usage.db the collector does not hold yet, as batches ready for the wire."""

from collections import Counter
from collections.abc import Iterable, Iterator

import peewee

from kiosk.errors import KioskError
from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import Event, from_payload
from kiosk.events.kinds import by_code, kinds
from kiosk.events.ranges import Ranges
from kiosk.usage import spans
from kiosk.usage.spans import SETTLED, State
from kiosk.usage.store import UsageStore
from kiosk.usage.tables import Epoch
from kiosk.version import VERSION


def batches(store: UsageStore, limit: int, least: int) -> list[Batch]:
    """A batch per epoch that has something to tell, oldest first.

    Args:
        store: usage.db.
        limit: events in all batches together.
        least: kinds of a smaller value than this stay behind.
    """
    found = []
    for epoch in store.tables.epoch.select().order_by(peewee.SQL("id")):
        batch = _batch(store, epoch, limit, least)
        limit -= len(batch.events)
        if batch.events or batch.gone or epoch.revision > epoch.told:
            found.append(batch)
    return found


def seqs(store: UsageStore, epoch: int) -> Ranges:
    """The seqs of an epoch's row that wait."""
    tables = store.tables
    last = tables.event.select().where(tables.event.within(epoch)).order_by(tables.event.id.desc()).first()
    return Ranges(((1, last.seq),) if last else ()) - spans.read(tables, epoch, *SETTLED)


def count(store: UsageStore) -> int:
    """How many events wait."""
    table = store.tables.event
    return sum(
        table.select().where(table.within(epoch.id, first, last)).count()
        for epoch in store.tables.epoch.select()
        for first, last in seqs(store, epoch.id).spans
    )


def by_kind(store: UsageStore) -> dict[str, int]:
    """How many events of each kind wait, the most valuable kind first."""
    table, found = store.tables.event, Counter[int]()
    for epoch in store.tables.epoch.select():
        for first, last in seqs(store, epoch.id).spans:
            rows: Iterable[tuple[int, int]] = (
                table.select(table.kind, peewee.fn.COUNT())
                .where(table.within(epoch.id, first, last))
                .group_by(table.kind)
                .tuples()
                .iterator()
            )
            found.update(dict(rows))
    known = [kind for kind in kinds().values() if found[kind.code]]
    return {kind.name: found[kind.code] for kind in sorted(known, key=lambda kind: -kind.value)}


def _batch(store: UsageStore, epoch: Epoch, limit: int, least: int) -> Batch:
    rows = list(_rows(store, epoch.id, limit, least))
    events = tuple((seq, found) for seq, found in rows if found is not None)
    broken = Ranges.of(seq for seq, found in rows if found is None)
    tables = store.tables
    if broken:
        with store.transaction():
            spans.add(tables, epoch.id, State.GONE, broken)
    gone = spans.read(tables, epoch.id, State.GONE) - spans.read(tables, epoch.id, State.HELD, State.ASIDE)
    offset = Offset(epoch.seconds, Quality(epoch.quality), epoch.revision)
    return Batch(epoch.device, epoch.name, offset, VERSION, events, gone)


def _rows(store: UsageStore, epoch: int, limit: int, least: int) -> Iterator[tuple[int, Event | None]]:
    table = store.tables.event
    wanted = [kind.code for kind in kinds().values() if kind.value >= least]
    for first, last in seqs(store, epoch).spans:
        if limit <= 0:
            return
        found = (
            table.select()
            .where(table.within(epoch, first, last) & (table.kind << wanted))
            .order_by(table.id)
            .limit(limit)
        )
        for row in found:
            limit -= 1
            yield row.seq, event(row.kind, row.at, row.payload)


def event(kind: int, at: int, payload: str) -> Event | None:
    """The event of a row; None when it is damaged or of a kind that this release does not know."""
    known = by_code().get(kind)
    try:
        return from_payload(known.name, at, payload) if known else None
    except KioskError:
        return None  # a worn card: the event is lost, its neighbours travel
