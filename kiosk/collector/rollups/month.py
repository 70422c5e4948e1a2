"""One month of one site, counted anew from its events.

The database adds up what is equal, to the last value of an event; what is left is read here. So both databases say
the same, and neither needs to know what an event holds.
"""

from collections.abc import Iterator

from kiosk.collector import bulk, sounds
from kiosk.collector.days import DAY, ZONE, span_of
from kiosk.collector.province import Province
from kiosk.collector.rollups import health, totals
from kiosk.collector.rollups.details import SUMS
from kiosk.collector.rollups.sums import Sums
from kiosk.collector.tables import Epoch
from kiosk.collector.timeline import EARLIEST, LATEST
from kiosk.events.epochs import Quality

_GROUPED = (
    f"SELECT (CAST(? AS BIGINT) + at) / {DAY} AS day, kind, payload, count(*) FROM event "  # noqa: S608  a number of ours
    "WHERE site = ? AND device = ? AND epoch = ? AND at BETWEEN ? AND ? GROUP BY 1, 2, 3"
)


def count(province: Province, site: str, month: int) -> None:
    """Replace the month's roll-ups; call it inside a transaction of the site."""
    found = Sums(sounds.lengths(province))
    first, last = span_of(month)
    bounds = (max(first, EARLIEST), min(last, LATEST))
    for epoch in _epochs(province, site, *bounds):
        for day, code, payload, many in _events(province, epoch, *bounds):
            found.add(epoch.device, day, code, payload, many)
    found.close()
    _replace(province, site, month, found)


def _epochs(province: Province, site: str, first: int, last: int) -> list[Epoch]:
    table = province.tables.epoch
    begun, ended = table.seconds + table.first_at, table.seconds + table.last_at
    return list(
        table.select().where(
            (table.site == site)
            & (table.quality > Quality.UNKNOWN)
            & ~table.doubted
            & (begun <= last)
            & (ended >= first)
        )
    )


def _events(province: Province, epoch: Epoch, first: int, last: int) -> Iterator[tuple[int, int, str, int]]:
    """Day, kind, payload and how many, of the epoch's events between two moments."""
    whose = (epoch.site, bytes.fromhex(epoch.device), bytes.fromhex(epoch.epoch))
    between = (max(0, first - epoch.seconds), last - epoch.seconds)
    yield from province.rows(_GROUPED, (epoch.seconds + ZONE, *whose, *between))


def _replace(province: Province, site: str, month: int, found: Sums) -> None:
    tables = province.tables
    first, last = span_of(month)
    days = tables.daily.day.between((first + ZONE) // DAY, (last + ZONE) // DAY)
    tables.daily.delete().where((tables.daily.site == site) & days).execute()
    looked = tables.health.day.between((first + ZONE) // DAY, (last + ZONE) // DAY)
    tables.health.delete().where((tables.health.site == site) & looked).execute()
    for table in (tables.detail, tables.language):
        table.delete().where((table.site == site) & (table.month == month)).execute()
    bulk.insert(
        province,
        "daily",
        ("site", "day", "kind", "many"),
        [(site, day, code, many) for (day, code), many in found.daily.items()],
    )
    bulk.insert(
        province,
        "language",
        ("site", "month", "lang", "many"),
        [(site, month, lang, many) for lang, many in found.language.items()],
    )
    bulk.insert(
        province,
        "detail",
        ("site", "month", "kind", "what", "many", *SUMS),
        [(site, month, code, what, many, *found.sums[code, what]) for (code, what), many in found.many.items()],
    )
    bulk.insert(
        province,
        "health",
        ("site", "device", "day", *health.COLUMNS),
        [(site, bytes.fromhex(device), day, *seen.row()) for (device, day), seen in found.health.items()],
    )
    totals.mark(province, site, month)
