"""Visits to households, as volunteers wrote them down in numbers."""

from collections import Counter
from dataclasses import dataclass

from kiosk.collector.figures.scope import Scope, rows, this_month
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS

MONTHS = 12
_LEAST = 5  # adults, below which only the houses are shown


@dataclass(frozen=True, slots=True)
class Visits:
    """The visits of the last year.

    Attributes:
        households: visited.
        adults: met there.
        able: how many of them can do what, by its name in `kinds.toml`.
    """

    households: int
    adults: int
    able: dict[str, int]

    @property
    def shares(self) -> list[tuple[str, int, float]]:
        """What adults can do: its name, how many of them, their share; nothing where fewer than five were met."""
        if self.adults < _LEAST:
            return []
        # Written down by hand: more than were met cannot be.
        found = [(name, min(many, self.adults)) for name, many in self.able.items()]
        return [(name, many, many / self.adults) for name, many in found]


def visits(province: Province, scope: Scope, now: int) -> Visits:
    """The visits as of now, seconds since 1970."""
    told, month = Counter[str](), this_month(now)
    for row in rows(province, scope, ("household",), month - MONTHS + 1, month):
        told.update(row.sums)
    households, adults, *able = DETAILS["household"].sums
    return Visits(told[households], told[adults], {name: told[name] for name in able})
