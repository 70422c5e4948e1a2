"""When epochs were, as far as the province knows, and which roll-ups a change of that makes wrong."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.collector.days import DAY, day_of, month_of
from kiosk.collector.province import Province
from kiosk.events.batch import Batch
from kiosk.events.epochs import UNKNOWN, Offset, Quality

# Nothing of ours was counted before; no roll-up is made beyond.
EARLIEST = int(datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC).timestamp())
LATEST = int(datetime.datetime(2041, 1, 1, tzinfo=datetime.UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Known:
    """A time of an epoch, and whether it is believed; one that is not is kept: our own clock may be the wrong one."""

    offset: Offset
    believed: bool

    @property
    def dated(self) -> bool:
        """Whether events get a day by it."""
        return self.believed and self.offset.quality > Quality.UNKNOWN


_NOTHING = Known(UNKNOWN, believed=True)


def learn(province: Province, site: str, batch: Batch, now: int, *, new: bool) -> None:
    """Take what a batch tells of its epoch's time, and mark what must be counted anew; call it inside a transaction.

    A time that puts the batch's events before this software or after today is not believed: they stay without a day
    until a better one comes, or `judge` believes it.
    A batch that came before marks nothing.

    Args:
        province: the database.
        site: whose.
        batch: what came.
        now: seconds since 1970.
        new: whether anything in it was not held yet.
    """
    whose = (site, bytes.fromhex(batch.device), bytes.fromhex(batch.epoch))
    row = _held(province, whose)
    held, known = row or (_NOTHING, [])
    times = sorted(event.at for _, event in batch.events)
    best = max(held, Known(batch.offset, possible(batch.offset, times, now)), key=_rank)
    if row and not new and best == held:
        return
    every = [*known, *times]
    first, last = (min(every), max(every)) if every else (None, None)
    told = (best.offset.seconds, int(best.offset.quality), best.offset.revision, not best.believed, first, last)
    province.run(_LEARN, (*whose, *told, True))
    touched = set(months(best, times[:1] + times[-1:]))
    if best != held and first is not None and last is not None:
        touched |= set(months(held, (first, last))) | set(months(best, (first, last)))
    mark(province, site, touched)


_HELD = (
    "SELECT seconds, quality, revision, doubted, first_at, last_at FROM epoch "
    "WHERE site = ? AND device = ? AND epoch = ?"
)
_LEARN = (
    "INSERT INTO epoch (site, device, epoch, seconds, quality, revision, doubted, first_at, last_at, stale) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, device, epoch) DO UPDATE SET "
    "seconds = excluded.seconds, quality = excluded.quality, revision = excluded.revision, "
    "doubted = excluded.doubted, first_at = excluded.first_at, last_at = excluded.last_at, stale = excluded.stale"
)
_MARK = "INSERT INTO due (site, month) VALUES (?, ?) ON CONFLICT DO NOTHING"


def _held(province: Province, whose: tuple[str, bytes, bytes]) -> tuple[Known, list[int]] | None:
    """What is held of an epoch's time, and the uptimes of its first and last event."""
    found = province.rows(_HELD, whose)
    if not found:
        return None
    ((seconds, quality, revision, doubted, *ends),) = found
    return Known(Offset(seconds, Quality(quality), revision), not doubted), [at for at in ends if at is not None]


def _rank(known: Known) -> tuple[bool, Quality, int]:
    """A time that is believed before any other, then by quality and revision; what is held stays when it is equal."""
    return known.dated, known.offset.quality, known.offset.revision


def mark(province: Province, site: str, touched: Iterable[int]) -> None:
    """These months of a site are due."""
    for month in sorted(touched):
        province.run(_MARK, (site, month))


def months(known: Known, times: Iterable[int]) -> range:
    """The months from the first to the last of these uptimes; none where the time is unknown or not believed."""
    moments = [known.offset.seconds + at for at in times]
    if not known.dated or not moments:
        return range(0)
    first, last = max(min(moments), EARLIEST), min(max(moments), LATEST)
    return range(month_of(day_of(first)), month_of(day_of(last)) + 1) if first <= last else range(0)


def judge(province: Province, site: str, now: int) -> None:
    """Believe or doubt the times of a site's epochs anew, and mark their months; call it inside a transaction."""
    table = province.tables.epoch
    touched: set[int] = set()
    for row in list(table.select().where(table.site == site)):
        times = [at for at in (row.first_at, row.last_at) if at is not None]
        offset = Offset(row.seconds, Quality(row.quality), row.revision)
        known = Known(offset, not row.doubted or possible(offset, times, now))
        if known.believed is row.doubted:
            key = (table.site == site) & (table.device == row.device) & (table.epoch == row.epoch)
            table.update(doubted=not known.believed).where(key).execute()
        touched |= set(months(known, times))
    mark(province, site, touched)


def possible(offset: Offset, times: list[int], now: int) -> bool:
    """Whether events at these uptimes, in order, can have been then: not before this software, not after today."""
    if offset.quality is Quality.UNKNOWN:
        return True
    if not times:
        return offset.seconds <= now + DAY
    return offset.seconds + times[0] >= EARLIEST and offset.seconds + times[-1] <= now + DAY
