"""Totals of each commune and of the province, so that a page costs the same whatever the villages are.

They follow from the villages' roll-ups: a village's month marks its commune's, that marks the province's.
"""

from kiosk.collector.days import DAY, ZONE, span_of
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import SUMS

ALL = ""  # the scope of the whole province; any other is a commune's name

_COLUMNS = f"kind, what, many, {', '.join(SUMS)}"
_SUMS = f"kind, what, sum(many), {', '.join(f'sum({column})' for column in SUMS)}"
# An update, so that who counts waits for who marks: a mark that is already there would not hold it.
_MARK = (
    "INSERT INTO duetotal (scope, month, marks) VALUES (?, ?, 1) "
    "ON CONFLICT (scope, month) DO UPDATE SET marks = duetotal.marks + 1"
)
_COMMUNE = "SELECT commune FROM site WHERE site = ?"
_DUE = "SELECT scope, month FROM duetotal ORDER BY scope DESC, month"
_OF_SITES = (
    f"INSERT INTO total (scope, month, {_COLUMNS}) SELECT ?, ?, {_SUMS} FROM detail "  # noqa: S608  our own names
    "JOIN site ON site.site = detail.site WHERE site.commune = ? AND month = ? GROUP BY kind, what"
)
_OF_COMMUNES = (
    f"INSERT INTO total (scope, month, {_COLUMNS}) SELECT ?, ?, {_SUMS} FROM total "  # noqa: S608  our own names
    "WHERE scope <> ? AND month = ? GROUP BY kind, what"
)
_DAYS_OF_SITES = (
    "INSERT INTO course (scope, day, kind, many) SELECT ?, day, kind, sum(many) FROM daily "
    "JOIN site ON site.site = daily.site WHERE site.commune = ? AND day BETWEEN ? AND ? GROUP BY day, kind"
)
_DAYS_OF_COMMUNES = (
    "INSERT INTO course (scope, day, kind, many) SELECT ?, day, kind, sum(many) FROM course "
    "WHERE scope <> ? AND day BETWEEN ? AND ? GROUP BY day, kind"
)
_NOWHERE = "?"  # the commune of villages whose commune nobody said; no name of a commune


def mark(province: Province, site: str, month: int) -> None:
    """A village's month is counted anew; call it inside the transaction that does."""
    for (commune,) in province.rows(_COMMUNE, (site,)):
        province.run(_MARK, (commune or _NOWHERE, month))


def waiting(province: Province) -> int:
    """How many totals are not up to date."""
    return len(province.rows(_DUE))


def settle(province: Province) -> None:
    """Add up what is due: communes first, each in a transaction of its own, then the province."""
    for scope, month in province.rows(_DUE):
        if scope != ALL:
            _commune(province, scope, month)
    for scope, month in province.rows(_DUE):
        if scope == ALL:
            _province(province, month)


def move(province: Province, communes: set[str]) -> None:
    """Villages changed between these communes: every month of theirs is due; call it inside a transaction."""
    for commune in sorted(name or _NOWHERE for name in communes):
        ((first, last),) = province.rows("SELECT min(month), max(month) FROM detail")
        for month in range(first, last + 1) if first is not None else ():
            province.run(_MARK, (commune, month))


def _commune(province: Province, commune: str, month: int) -> None:
    named = "" if commune == _NOWHERE else commune
    with province.transaction():
        if _begin(province, commune, month):
            province.run(_OF_SITES, (commune, month, named, month))
            province.run(_DAYS_OF_SITES, (commune, named, *_days(month)))
            province.run(_MARK, (ALL, month))


def _province(province: Province, month: int) -> None:
    with province.transaction():
        if _begin(province, ALL, month):
            province.run(_OF_COMMUNES, (ALL, month, ALL, month))
            province.run(_DAYS_OF_COMMUNES, (ALL, ALL, *_days(month)))


def _begin(province: Province, scope: str, month: int) -> bool:
    """Take the mark and what was there away; False when somebody else just did."""
    if not province.run("DELETE FROM duetotal WHERE scope = ? AND month = ?", (scope, month)):
        return False
    province.run("DELETE FROM total WHERE scope = ? AND month = ?", (scope, month))
    province.run("DELETE FROM course WHERE scope = ? AND day BETWEEN ? AND ?", (scope, *_days(month)))
    return True


def _days(month: int) -> tuple[int, int]:
    first, last = span_of(month)
    return (first + ZONE) // DAY, (last + ZONE) // DAY
