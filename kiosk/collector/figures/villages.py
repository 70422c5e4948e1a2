"""Each village: whether its hotspot lives, by its own habit; its days; what of its counts is late, lost or in doubt."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median_low
from typing import Any

from kiosk.collector.days import day_of
from kiosk.collector.province import Province
from kiosk.events.kinds import kinds

DAYS = 14
SHOWN = ("view", "play", "attempt")
_HABIT_DAYS = 120  # how far back a habit is read
_CONTACT_DAYS = 400  # days of contact that are looked at; before them the last one is enough
_LATE, _SILENT = 3, 14  # days without a word, at the least
_LATE_GAPS, _SILENT_GAPS = 2, 4  # of its own usual gap


class Voice(StrEnum):
    """How a village stands: heard lately, late for its habit, silent, or never heard."""

    LIVE = "live"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"


_ORDER = (Voice.SILENT, Voice.LATE, Voice.NEVER, Voice.LIVE)  # who needs a visit first


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


@dataclass(frozen=True, slots=True)
class Village:
    """A row of the page.

    Attributes:
        site: its id.
        name: what people call it.
        voice: how it stands.
        heard: days since it was last heard; None: never.
        usual: days between two words of it, usually.
        devices: how many boxes spoke for it.
        days: per shown kind, the count of each of the last days, oldest first.
        holdings: what of its counts is not as it should be.
    """

    site: str
    name: str
    voice: Voice
    heard: int | None
    usual: int
    devices: int
    days: dict[str, tuple[int, ...]]
    holdings: Holdings

    def total(self, kind: str) -> int:
        """The sum over the days shown."""
        return sum(self.days[kind])


def villages(province: Province, now: int) -> tuple[Village, ...]:
    """Every site as of now, seconds since 1970: the silent first, then the late, each by name."""
    today = day_of(now)
    dates = range(today - DAYS + 1, today + 1)
    counts, contacts = _counts(province, dates), _contacts(province, today)
    devices = {site: (many, day_of(heard)) for site, many, heard in province.rows(_DEVICES)}
    holdings = _holdings(province)
    found = []
    for site, name in province.rows(_SITES):
        many, last = devices.get(site, (0, None))
        days = {kind: tuple(counts.get((site, kind, day), 0) for day in dates) for kind in SHOWN}
        heard = contacts.get(site, [] if last is None else [last])
        stands, since, usual = voice(heard, today)
        found.append(Village(site, name, stands, since, usual, many, days, holdings.get(site, Holdings())))
    return tuple(sorted(found, key=lambda village: _ORDER.index(village.voice)))


def voice(contacts: list[int], today: int) -> tuple[Voice, int | None, int]:
    """How a village stands, the days since it was last heard, and its usual gap, from the days it was heard on."""
    if not contacts:
        return Voice.NEVER, None, 1
    recent = [day for day in contacts if day > contacts[-1] - _HABIT_DAYS]
    gaps = [later - sooner for sooner, later in pairwise(recent)]
    usual = median_low(gaps) if gaps else 1
    since = max(0, today - contacts[-1])
    if since >= max(_SILENT, _SILENT_GAPS * usual):
        return Voice.SILENT, since, usual
    return Voice.LATE if since >= max(_LATE, _LATE_GAPS * usual) else Voice.LIVE, since, usual


def _counts(province: Province, dates: range) -> dict[tuple[str, str, int], int]:
    names = {kinds()[kind].code: kind for kind in SHOWN}
    rows = province.rows(_DAYS, (dates[0], dates[-1], *names))
    return {(site, names[kind], day): many for site, kind, day, many in rows}


def _contacts(province: Province, today: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for site, day in province.rows(_CONTACTS, (today - _CONTACT_DAYS, today)):
        found[site].append(day)
    return found


_SITES = "SELECT site, name FROM site ORDER BY name, site"
_DAYS = "SELECT site, kind, day, many FROM daily WHERE day BETWEEN ? AND ? AND kind IN (?, ?, ?)"
_CONTACTS = "SELECT site, day FROM contact WHERE day BETWEEN ? AND ? ORDER BY site, day"
_DEVICES = "SELECT site, count(*), max(last_heard) FROM device GROUP BY site"
_EPOCHS = (
    "SELECT site, sum(CASE WHEN quality = 0 OR doubted THEN held ELSE 0 END), sum(late), sum(lost), sum(aside), "
    "sum(CASE WHEN doubted THEN 1 ELSE 0 END) FROM epoch GROUP BY site"
)
_TWINS = "SELECT site, sum(twins) FROM device GROUP BY site"
_MOVED = (
    "SELECT site, count(*) FROM device WHERE device IN "
    "(SELECT device FROM device GROUP BY device HAVING count(*) > 1) GROUP BY site"
)


def _holdings(province: Province) -> dict[str, Holdings]:
    twins, moved = _numbers(province.rows(_TWINS)), _numbers(province.rows(_MOVED))
    return {
        site: Holdings(
            undated=int(undated),
            late=int(late),
            lost=int(lost),
            aside=int(aside),
            doubted=int(doubted),
            twins=twins.get(site, 0),
            moved=moved.get(site, 0),
        )
        for site, undated, late, lost, aside, doubted in province.rows(_EPOCHS)
    }


def _numbers(rows: list[tuple[Any, ...]]) -> dict[str, int]:
    return {site: int(number) for site, number in rows}
