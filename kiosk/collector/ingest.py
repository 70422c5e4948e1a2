"""A batch becomes rows: each event once, however often and in whatever order its batches come."""

from collections.abc import Iterable, Iterator
from itertools import islice

from kiosk.collector import timeline
from kiosk.collector.province import Province
from kiosk.events.ack import Ack
from kiosk.events.batch import Batch, decode, digest
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges

_ROWS = 1000  # a statement; 7,000 values, below every database's limit


def ingest(province: Province, site: str, data: bytes, now: int) -> Ack:
    """Take a batch in one transaction, and say what is held.

    Args:
        province: the database.
        site: whose token brought it.
        data: the batch's bytes.
        now: seconds since 1970.

    Raises:
        KioskError: the bytes are not a batch; nothing was taken.
    """
    batch = decode(data)
    with province.transaction():
        _hear(province, site, batch, now)
        timeline.learn(province, site, batch.device, batch.epoch, batch.offset)
        _events(province, site, batch)
        _gone(province, site, batch)
        _aside(province, site, batch)
    return Ack(
        digest=digest(data),
        device=batch.device,
        epoch=batch.epoch,
        accepted=Ranges.of(seq for seq, _ in batch.events) | batch.gone,
        aside=tuple((Ranges.of([seq]), reason) for seq, reason in batch.rejected),
        revision=batch.offset.revision,
        now=now,
    )


def _hear(province: Province, site: str, batch: Batch, now: int) -> None:
    table = province.tables.device
    table.insert(site=site, device=batch.device, first_heard=now, last_heard=now, version=batch.version).on_conflict(
        conflict_target=[table.site, table.device], update={table.last_heard: now, table.version: batch.version}
    ).execute()


def _events(province: Province, site: str, batch: Batch) -> None:
    table = province.tables.event
    codes = {name: kind.code for name, kind in kinds().items()}
    rows = (
        (site, batch.device, batch.epoch, seq, codes[event.kind], event.at, event.payload())
        for seq, event in batch.events
    )
    fields = [table.site, table.device, table.epoch, table.seq, table.kind, table.at, table.payload]
    for part in _batched(rows, _ROWS):
        table.insert_many(part, fields=fields).on_conflict_ignore().execute()


def _gone(province: Province, site: str, batch: Batch) -> None:
    table = province.tables.gone
    for first, last in batch.gone.spans:
        row = {"site": site, "device": batch.device, "epoch": batch.epoch, "first": first, "last": last}
        table.insert(row).on_conflict_ignore().execute()


def _aside(province: Province, site: str, batch: Batch) -> None:
    table = province.tables.aside
    for seq, reason in batch.rejected:
        row = {"site": site, "device": batch.device, "epoch": batch.epoch, "seq": seq, "reason": reason}
        table.insert(row).on_conflict_ignore().execute()


def _batched(rows: Iterable[tuple[object, ...]], size: int) -> Iterator[list[tuple[object, ...]]]:
    waiting = iter(rows)
    while part := list(islice(waiting, size)):
        yield part
