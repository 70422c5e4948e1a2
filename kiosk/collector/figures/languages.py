"""Cards by language: a village's total of a month that is over, and never a cell smaller than five.

A cell that is left out could be found again by subtracting from a total. So small cells stand together as one, which
must itself hold at least five and at least two languages; the next smallest joins until it does. And a month is shown
only once it is over: from one day's table and the next, a single visit could be read.
"""

from collections.abc import Mapping

from kiosk.collector.days import day_of, month_of
from kiosk.collector.province import Province

LEAST = 5
_TOGETHER = 2  # languages at the least


def shown_month(now: int) -> int:
    """The last month that is over."""
    return month_of(day_of(now)) - 1


def villages(province: Province, now: int) -> dict[str, tuple[tuple[str, int], ...]]:
    """By site, (language, cards) of the month shown; the language "" stands for several that are too small."""
    table = province.tables.language
    found: dict[str, dict[str, int]] = {}
    for row in table.select().where(table.month == shown_month(now)):
        found.setdefault(row.site, {})[row.lang] = row.many
    return {site: cells(counts) for site, counts in found.items()}


def over(province: Province, site: str, now: int) -> list[tuple[int, tuple[tuple[str, int], ...]]]:
    """One site's (month, cells) for every month that is over, oldest first."""
    table = province.tables.language
    found: dict[int, dict[str, int]] = {}
    for row in table.select().where((table.site == site) & (table.month <= shown_month(now))):
        found.setdefault(row.month, {})[row.lang] = row.many
    return [(month, cells(counts)) for month, counts in sorted(found.items())]


def cells(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """What of a village's counts may be shown, most first; nothing when no way of joining hides whom it must."""
    ranked = sorted(((many, lang) for lang, many in counts.items() if many), reverse=True)
    joined: list[tuple[int, str]] = []
    while ranked and (ranked[-1][0] < LEAST or (joined and not _hides(joined))):
        joined.append(ranked.pop())
    if joined and not _hides(joined):
        return ()
    rest = sum(many for many, _ in joined)
    return (*((lang, many) for many, lang in ranked), *([("", rest)] if joined else []))


def _hides(joined: list[tuple[int, str]]) -> bool:
    return len(joined) >= _TOGETHER and sum(many for many, _ in joined) >= LEAST
