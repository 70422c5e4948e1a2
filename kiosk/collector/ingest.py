"""A batch becomes rows: each event once, however often and in whatever order its batches come."""

from kiosk.collector import timeline
from kiosk.collector.days import day_of
from kiosk.collector.province import Province
from kiosk.events.ack import Ack
from kiosk.events.batch import Batch, decode, digest
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges

# One statement for all rows: a list of columns where the server unfolds them, a prepared row where SQLite does.
_COLUMNS = (
    "INSERT INTO event (site, device, epoch, seq, kind, at, payload) SELECT %s, %s, %s, * "
    "FROM unnest(%s::bigint[], %s::smallint[], %s::integer[], %s::text[]) "
    "ON CONFLICT DO NOTHING"
)
_ROW = (
    "INSERT INTO event (site, device, epoch, seq, kind, at, payload) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)


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
    with province.transaction(site):
        _hear(province, site, batch, now)
        timeline.learn(province, site, batch, now)
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
    province.tables.contact.insert(site=site, day=day_of(now)).on_conflict_ignore().execute()


def _events(province: Province, site: str, batch: Batch) -> None:
    if not batch.events:
        return
    codes = {name: kind.code for name, kind in kinds().items()}
    whose = (site, bytes.fromhex(batch.device), bytes.fromhex(batch.epoch))
    rows = [(seq, codes[event.kind], event.at, event.payload()) for seq, event in batch.events]
    if province.server:
        province.database.execute_sql(_COLUMNS, (*whose, *(list(column) for column in zip(*rows, strict=True))))
    else:
        province.database.connection().executemany(_ROW, [(*whose, *row) for row in rows])


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
