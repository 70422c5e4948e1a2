"""How often a village is heard, by its own habit: kept when a day of contact is new, so that no page reads them all."""

from itertools import pairwise
from statistics import median_low

from kiosk.collector.province import Province

_HABIT_DAYS = 120  # how far back a habit is read
_CONTACTS = (
    "SELECT day FROM contact WHERE site = ? AND day > (SELECT max(day) FROM contact WHERE site = ?) - ? ORDER BY day"
)
_LEARN = (
    "INSERT INTO habit (site, last, usual) VALUES (?, ?, ?) "
    "ON CONFLICT (site) DO UPDATE SET last = excluded.last, usual = excluded.usual"
)


def learn(province: Province, site: str) -> None:
    """Keep the village's last day of contact and its usual gap; call it inside a transaction."""
    last, usual = habit([day for (day,) in province.rows(_CONTACTS, (site, site, _HABIT_DAYS))])
    province.run(_LEARN, (site, last, usual))


def habit(days: list[int]) -> tuple[int, int]:
    """The last of some days of contact, in order, and the usual gap between them lately; 1 when there is none yet."""
    recent = [day for day in days if day > days[-1] - _HABIT_DAYS]
    gaps = [later - sooner for sooner, later in pairwise(recent)]
    return days[-1], median_low(gaps) if gaps else 1
