"""The first page: each village, when it was last heard, and what was used there on each of the last days."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from peewee import fn

from kiosk.collector.province import Province
from kiosk.events.epochs import Quality
from kiosk.events.kinds import kinds

DAYS = 14
SHOWN = ("view", "play", "attempt")
_DAY = 86_400
_ZONE = 7 * 3600  # Viet Nam has one time zone and no summer time
_LATE = 3  # days without a word
_SILENT = 14


class Voice(StrEnum):
    """How a village stands: heard lately, late, silent, or never heard."""

    LIVE = "live"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"


@dataclass(frozen=True)
class Village:
    """A row of the page.

    Attributes:
        site: its id.
        name: what people call it.
        voice: how it stands.
        heard: days since it was last heard; None: never.
        devices: how many boxes spoke for it.
        days: per shown kind, the count of each of the last days, oldest first.
        undated: events whose day is not known yet.
        aside: events that were set aside.
    """

    site: str
    name: str
    voice: Voice
    heard: int | None
    devices: int
    days: dict[str, tuple[int, ...]]
    undated: int
    aside: int

    def total(self, kind: str) -> int:
        """The sum over the days shown."""
        return sum(self.days[kind])


@dataclass(frozen=True)
class Overview:
    """The page: the villages by name, the most that one day of each kind brought, the numbers of the days."""

    villages: tuple[Village, ...]
    most: dict[str, int]
    days: tuple[int, ...]

    def voices(self, voice: str) -> int:
        """How many villages stand so."""
        return sum(village.voice == voice for village in self.villages)

    def total(self, kind: str) -> int:
        """The sum over all villages."""
        return sum(village.total(kind) for village in self.villages)


def overview(province: Province, now: int) -> Overview:
    """The page as of now, seconds since 1970."""
    today = (now + _ZONE) // _DAY
    dates = tuple(range(today - DAYS + 1, today + 1))
    counts = _counts(province, dates)
    heard = _heard(province)
    undated = _per_site(province, _UNDATED)
    aside = _per_site(province, _ASIDE)
    villages = []
    for row in province.tables.site.select().order_by(province.tables.site.name):
        devices, last = heard.get(row.site, (0, None))
        since = None if last is None else max(0, now - last) // _DAY
        villages.append(
            Village(
                site=row.site,
                name=row.name,
                voice=_voice(since),
                heard=since,
                devices=devices,
                days={kind: tuple(counts.get((row.site, kind, day), 0) for day in dates) for kind in SHOWN},
                undated=undated.get(row.site, 0),
                aside=aside.get(row.site, 0),
            )
        )
    most = {kind: max([1, *(count for (_, k, _), count in counts.items() if k == kind)]) for kind in SHOWN}
    return Overview(tuple(villages), most, dates)


def _voice(since: int | None) -> Voice:
    if since is None:
        return Voice.NEVER
    return Voice.SILENT if since >= _SILENT else Voice.LATE if since >= _LATE else Voice.LIVE


def _counts(province: Province, dates: tuple[int, ...]) -> dict[tuple[str, str, int], int]:
    names = {kinds()[kind].code: kind for kind in SHOWN}
    event, epoch = province.tables.event, province.tables.epoch
    # Floor division of positive numbers; an epoch of unknown time has no day.
    day = (event.at + epoch.seconds + _ZONE) / _DAY
    match = (event.site == epoch.site) & (event.device == epoch.device) & (event.epoch == epoch.epoch)
    query = (
        event.select(event.site, event.kind, day.alias("day"), fn.COUNT(event.seq).alias("many"))
        .join(epoch, on=match)
        .where(event.kind.in_(list(names)) & (epoch.quality > int(Quality.UNKNOWN)) & day.between(dates[0], dates[-1]))
        .group_by(event.site, event.kind, day)
    )
    rows: Iterable[tuple[str, int, int, int]] = query.tuples().execute()
    return {(site, names[kind], int(when)): many for site, kind, when, many in rows}


def _heard(province: Province) -> dict[str, tuple[int, int]]:
    rows = province.database.execute_sql("SELECT site, count(*), max(last_heard) FROM device GROUP BY site").fetchall()
    return {site: (devices, last) for site, devices, last in rows}


_UNDATED = (
    "SELECT e.site, count(*) FROM event e "
    "JOIN epoch p ON p.site = e.site AND p.device = e.device AND p.epoch = e.epoch "
    "WHERE p.quality = 0 GROUP BY e.site"
)
_ASIDE = "SELECT site, count(*) FROM aside GROUP BY site"


def _per_site(province: Province, query: str) -> dict[str, int]:
    return dict(province.database.execute_sql(query).fetchall())
