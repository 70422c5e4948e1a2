"""When epochs were, as far as the province knows, and which roll-ups a change of that makes wrong."""

import datetime
from collections.abc import Iterable

from kiosk.collector.days import DAY, day_of, month_of
from kiosk.collector.province import Province
from kiosk.collector.tables import Epoch
from kiosk.events.batch import Batch
from kiosk.events.epochs import UNKNOWN, Offset, Quality, better

# Nothing of ours was counted before; no roll-up is made beyond.
EARLIEST = int(datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC).timestamp())
LATEST = int(datetime.datetime(2041, 1, 1, tzinfo=datetime.UTC).timestamp())


def learn(province: Province, site: str, batch: Batch, now: int) -> None:
    """Take what a batch tells of its epoch's time, and mark what must be counted anew; call it inside a transaction.

    A time that puts the batch's events before this software or after today is not believed: they stay without a day.
    """
    table = province.tables.epoch
    key = {"site": site, "device": batch.device, "epoch": batch.epoch}
    row = table.get_or_none(**key)
    held = offset_of(row) if row else UNKNOWN
    times = sorted(event.at for _, event in batch.events)
    believed = _possible(batch.offset, times, now)
    best = better(held, batch.offset) if believed else held
    first, last = _widest(row, times)
    values = {
        "seconds": best.seconds, "quality": int(best.quality), "revision": best.revision, "stale": True,
        "doubted": bool(row and row.doubted) or not believed, "first_at": first, "last_at": last,
    }  # fmt: skip
    table.insert(**key, **values).on_conflict(
        conflict_target=[table.site, table.device, table.epoch], update=values
    ).execute()
    touched = set(months(best, times[:1] + times[-1:]))
    if best != held and first is not None and last is not None:
        touched |= set(months(held, (first, last))) | set(months(best, (first, last)))
    mark(province, site, touched)


def mark(province: Province, site: str, touched: Iterable[int]) -> None:
    """These months of a site are due."""
    table = province.tables.due
    for month in sorted(touched):
        table.insert(site=site, month=month).on_conflict_ignore().execute()


def months(offset: Offset, times: Iterable[int]) -> range:
    """The months from the first to the last of these uptimes; none where the time is unknown."""
    moments = [offset.seconds + at for at in times]
    if offset.quality is Quality.UNKNOWN or not moments:
        return range(0)
    first, last = max(min(moments), EARLIEST), min(max(moments), LATEST)
    return range(month_of(day_of(first)), month_of(day_of(last)) + 1) if first <= last else range(0)


def offset_of(row: Epoch) -> Offset:
    """What is held of an epoch's time."""
    return Offset(row.seconds, Quality(row.quality), row.revision)


def _possible(offset: Offset, times: list[int], now: int) -> bool:
    if offset.quality is Quality.UNKNOWN:
        return True
    if not times:
        return offset.seconds <= now + DAY
    return offset.seconds + times[0] >= EARLIEST and offset.seconds + times[-1] <= now + DAY


def _widest(row: Epoch | None, times: list[int]) -> tuple[int | None, int | None]:
    known = [at for at in (row.first_at, row.last_at) if at is not None] if row else []
    every = [*known, *times]
    return (min(every), max(every)) if every else (None, None)
