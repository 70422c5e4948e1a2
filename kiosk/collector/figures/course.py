"""Day by day: how many events of a kind a scope had."""

from kiosk.collector.days import day_of
from kiosk.collector.figures.scope import Scope
from kiosk.collector.province import Province
from kiosk.events.kinds import by_code, kinds

_OF_SCOPE = "SELECT kind, day, many FROM course WHERE scope = ? AND day BETWEEN ? AND ? AND kind IN (?, ?, ?)"
_OF_SITE = "SELECT kind, day, many FROM daily WHERE site = ? AND day BETWEEN ? AND ? AND kind IN (?, ?, ?)"
KINDS = ("view", "play", "attempt")


def course(province: Province, scope: Scope, now: int, days: int) -> tuple[int, dict[str, list[int]]]:
    """The first day (from 1970), and per kind the count of each of the last days, today last."""
    last = day_of(now)
    first = last - days + 1
    found = {name: [0] * days for name in KINDS}
    query, whose = (_OF_SITE, scope.site) if scope.site else (_OF_SCOPE, scope.commune)
    codes = [kinds()[name].code for name in KINDS]
    for code, day, many in province.rows(query, (whose, first, last, *codes)):
        found[by_code()[code].name][day - first] = int(many)
    return first, found
