"""One month of one site, counted anew from its events.

The database adds up what is equal, to the last value of an event; what is left is read here. So both databases say
the same, and neither needs to know what an event holds.
"""

from kiosk.collector import bulk, sounds
from kiosk.collector.days import DAY, ZONE, span_of
from kiosk.collector.province import Province
from kiosk.collector.rollups import health, totals
from kiosk.collector.rollups.details import SUMS
from kiosk.collector.rollups.sums import Sums
from kiosk.collector.timeline import EARLIEST, LATEST

# An epoch is read only where it reaches into the month: a year's others are not looked at.
_GROUPED = (
    f"SELECT event.device, (CAST(seconds AS BIGINT) + at + {ZONE}) / {DAY} AS day, kind, payload, count(*) "  # noqa: S608
    "FROM epoch JOIN event ON event.site = epoch.site AND event.device = epoch.device AND event.epoch = epoch.epoch "
    "WHERE epoch.site = ? AND event.site = ? AND quality > 0 AND NOT doubted "
    "AND seconds + first_at <= ? AND seconds + last_at >= ? AND seconds + at BETWEEN ? AND ? GROUP BY 1, 2, 3, 4"
)


def count(province: Province, site: str, month: int) -> None:
    """Replace the month's roll-ups; call it inside a transaction of the site."""
    found = Sums(sounds.lengths(province))
    first, last = span_of(month)
    first, last = max(first, EARLIEST), min(last, LATEST)
    for device, day, code, payload, many in province.rows(_GROUPED, (site, site, last, first, first, last)):
        found.add(bytes(device), day, code, payload, many)
    found.close()
    _replace(province, site, month, found)


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
        [(site, device, day, *seen.row()) for (device, day), seen in found.health.items()],
    )
    totals.mark(province, site, month)
