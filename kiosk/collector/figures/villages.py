"""Each village: whether its hotspot lives, by its own habit; its days; what of its counts is late, lost or in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kiosk.collector.days import day_of
from kiosk.collector.province import Province
from kiosk.events.kinds import kinds

DAYS = 14
SHOWN = ("view", "play", "attempt")
_LATE, _SILENT = 3, 14  # days without a word, at the least
_LATE_GAPS, _SILENT_GAPS = 2, 4  # of its own usual gap


class Voice(StrEnum):
    """How a village stands: heard lately, late for its habit, silent, or never heard."""

    LIVE = "live"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"


_ORDER = (Voice.SILENT, Voice.LATE, Voice.NEVER, Voice.LIVE)  # who needs a visit first


_GRAVEST = ("twins", "moved", "doubted", "undated", "late", "lost", "aside")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is known of a site's counts, in events; `doubted` in epochs, `twins` in overlaps of one device's epochs.

    `undated` have no day yet, `late` are still to come, `lost` will never come, `aside` could not be taken.
    """

    undated: int = 0
    late: int = 0
    lost: int = 0
    aside: int = 0
    doubted: int = 0
    twins: int = 0
    moved: int = 0

    @property
    def amiss(self) -> list[tuple[str, int]]:
        """What is not as it should be, gravest first: its name and how many."""
        return [(name, many) for name in _GRAVEST if (many := getattr(self, name))]


@dataclass(frozen=True, slots=True)
class Village:
    """A row of the page.

    Attributes:
        site: its id.
        name: what people call it.
        commune: where it belongs; empty: nobody said.
        place: latitude and longitude in millionths of a degree; None: nobody said.
        voice: how it stands.
        heard: days since it was last heard; None: never.
        usual: days between two words of it, usually.
        devices: how many boxes spoke for it.
        totals: per shown kind, the count of the last days.
        holdings: what of its counts is not as it should be.
    """

    site: str
    name: str
    commune: str
    place: tuple[int, int] | None
    voice: Voice
    heard: int | None
    usual: int
    devices: int
    totals: dict[str, int]
    holdings: Holdings

    def total(self, kind: str) -> int:
        """The sum over the days shown."""
        return self.totals.get(kind, 0)


def villages(province: Province, now: int, *, commune: str = "", site: str = "") -> tuple[Village, ...]:
    """Every site as of now, seconds since 1970: the silent first, then the late, each by name.

    Args:
        province: the database.
        now: seconds since 1970.
        commune: its villages only.
        site: this one only; both empty: all.
    """
    today = day_of(now)
    totals, devices = _totals(province, today, site), _numbers(province.rows(_DEVICES))
    holdings = _holdings(province)
    only = (" WHERE site.site = ?", (site,)) if site else (" WHERE commune = ?", (commune,)) if commune else ("", ())
    found = []
    rows = province.rows(f"{_SITES}{only[0]} ORDER BY name, site.site", only[1])
    for key, name, of, north, east, last, usual in rows:
        stands, since = voice(last, usual, today) if last is not None else (Voice.NEVER, None)
        place = None if north is None else (north, east)
        held = holdings.get(key, Holdings())
        found.append(
            Village(
                key, name, of, place, stands, since, usual or 1, devices.get(key, 0), totals.get(key, {}), held
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda village: _ORDER.index(village.voice)))


def voice(last: int, usual: int, today: int) -> tuple[Voice, int]:
    """How a village stands that was last heard that day and is usually heard that often, and the days since."""
    since = max(0, today - last)
    if since >= max(_SILENT, _SILENT_GAPS * usual):
        return Voice.SILENT, since
    return Voice.LATE if since >= max(_LATE, _LATE_GAPS * usual) else Voice.LIVE, since


def days(province: Province, sites: Sequence[str], now: int, kind: str) -> dict[str, list[int]]:
    """Of each of these villages how many events of a kind each of the last days had, today last."""
    today = day_of(now)
    found = {site: [0] * DAYS for site in sites}
    if sites:
        query = f"{_DAYS} AND site IN ({', '.join('?' * len(sites))})"
        for site, day, many in province.rows(query, (today - DAYS + 1, today, kinds()[kind].code, *sites)):
            found[site][day - today + DAYS - 1] = int(many)
    return found


_SITES = (
    "SELECT site.site, name, commune, latitude, longitude, last, usual FROM site "
    "LEFT JOIN habit ON habit.site = site.site"
)
_DAYS = "SELECT site, day, many FROM daily WHERE day BETWEEN ? AND ? AND kind = ?"
_TOTALS = "SELECT site, kind, sum(many) FROM daily WHERE day BETWEEN ? AND ? AND kind IN (?, ?, ?)"
_DEVICES = "SELECT site, count(*) FROM device GROUP BY site"
_HOLDINGS = "SELECT site, undated, late, lost, aside, doubted FROM holding"
_TWINS = "SELECT site, sum(twins) FROM device GROUP BY site HAVING sum(twins) > 0"
_MOVED = (
    "SELECT site, count(*) FROM device WHERE device IN "
    "(SELECT device FROM device GROUP BY device HAVING count(*) > 1) GROUP BY site"
)


def _totals(province: Province, today: int, only: str) -> dict[str, dict[str, int]]:
    names = {kinds()[kind].code: kind for kind in SHOWN}
    found: dict[str, dict[str, int]] = {}
    whose, values = (" AND site = ?", (only,)) if only else ("", ())
    query = f"{_TOTALS}{whose} GROUP BY site, kind"
    for site, code, many in province.rows(query, (today - DAYS + 1, today, *names, *values)):
        found.setdefault(site, {})[names[code]] = int(many)
    return found


def _holdings(province: Province) -> dict[str, Holdings]:
    twins, moved = _numbers(province.rows(_TWINS)), _numbers(province.rows(_MOVED))
    found = {site: Holdings(*map(int, row)) for site, *row in province.rows(_HOLDINGS)}
    for site in twins.keys() | moved.keys():
        held = found.get(site, Holdings())
        found[site] = replace(held, twins=twins.get(site, 0), moved=moved.get(site, 0))
    return found


def _numbers(rows: list[tuple[Any, ...]]) -> dict[str, int]:
    return {site: int(number) for site, number in rows}
