"""A batch becomes rows: each event once, however often and in whatever order its batches come."""

from kiosk.collector import bulk, habits, timeline
from kiosk.collector.days import day_of
from kiosk.collector.province import Province
from kiosk.events.ack import Ack
from kiosk.events.batch import Batch, decode, digest
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges


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
        new = _events(province, site, batch) + _gone(province, site, batch) + _aside(province, site, batch)
        timeline.learn(province, site, batch, now, new=new > 0)
    return Ack(
        digest=digest(data),
        device=batch.device,
        epoch=batch.epoch,
        accepted=Ranges.of(seq for seq, _ in batch.events) | batch.gone,
        aside=tuple((Ranges.of([seq]), reason) for seq, reason in batch.rejected),
        revision=batch.offset.revision,
        now=now,
    )


_HEAR = (
    "INSERT INTO device (site, device, first_heard, last_heard, version) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (site, device) DO UPDATE SET last_heard = excluded.last_heard, version = excluded.version"
)
_CONTACT = "INSERT INTO contact (site, day) VALUES (?, ?) ON CONFLICT DO NOTHING"


def _hear(province: Province, site: str, batch: Batch, now: int) -> None:
    province.run(_HEAR, (site, bytes.fromhex(batch.device), now, now, batch.version))
    if province.run(_CONTACT, (site, day_of(now))):
        habits.learn(province, site)


def _events(province: Province, site: str, batch: Batch) -> int:
    codes = {name: kind.code for name, kind in kinds().items()}
    rows = [(*_whose(site, batch), seq, codes[event.kind], event.at, event.payload()) for seq, event in batch.events]
    return bulk.insert(province, "event", ("site", "device", "epoch", "seq", "kind", "at", "payload"), rows)


def _gone(province: Province, site: str, batch: Batch) -> int:
    rows = [(*_whose(site, batch), first, last) for first, last in batch.gone.spans]
    return bulk.insert(province, "gone", ("site", "device", "epoch", "first", "last"), rows)


def _aside(province: Province, site: str, batch: Batch) -> int:
    rows = [(*_whose(site, batch), seq, reason) for seq, reason in batch.rejected]
    return bulk.insert(province, "aside", ("site", "device", "epoch", "seq", "reason"), rows)


def _whose(site: str, batch: Batch) -> tuple[str, bytes, bytes]:
    return site, bytes.fromhex(batch.device), bytes.fromhex(batch.epoch)
