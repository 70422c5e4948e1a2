"""Whose figures: the whole province's, a commune's or a village's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.collector.days import day_of, month_of
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS, SUMS
from kiosk.events.event import Value
from kiosk.events.kinds import by_code, kinds


@dataclass(frozen=True, slots=True)
class Scope:
    """A commune's villages, or one village; both empty: all."""

    commune: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Events of a month that share their words.

    Attributes:
        month: year * 12 + month - 1.
        kind: its name.
        words: by field; see `rollups.details`.
        many: how many events.
        sums: the sums of their numbers by field.
    """

    month: int
    kind: str
    words: Mapping[str, Value]
    many: int
    sums: dict[str, int]


_COLUMNS = f"month, kind, what, many, {', '.join(SUMS)}"
_OF_SCOPE = f"SELECT {_COLUMNS} FROM total WHERE scope = ? AND month BETWEEN ? AND ? AND kind IN "  # noqa: S608
_OF_SITE = f"SELECT {_COLUMNS} FROM detail WHERE site = ? AND month BETWEEN ? AND ? AND kind IN "  # noqa: S608


def rows(province: Province, scope: Scope, names: Sequence[str], first: int, last: int) -> Iterator[Row]:
    """The roll-up's rows of these kinds from month to month; what was made as a test of the box is left out."""
    marks = f"({', '.join('?' * len(names))})"
    codes = [kinds()[name].code for name in names]
    whose = (_OF_SITE, scope.site) if scope.site else (_OF_SCOPE, scope.commune)
    for month, code, what, many, *numbers in province.rows(whose[0] + marks, (whose[1], first, last, *codes)):
        kind = by_code()[code].name
        words = _words(kind, what)
        if words.get("setting") != "test":
            yield Row(month, kind, words, int(many), dict(zip(DETAILS[kind].sums, map(int, numbers), strict=False)))


@lru_cache(maxsize=8192)
def _words(kind: str, what: str) -> Mapping[str, Value]:
    """A year has the same words in each month."""
    return DETAILS[kind].named(what)


def this_month(now: int) -> int:
    """The month of a moment, seconds since 1970."""
    return month_of(day_of(now))
