"""Visits to households, as volunteers wrote them down in numbers."""

from dataclasses import dataclass

from kiosk.collector.figures.scope import Scope, rows, this_month
from kiosk.collector.province import Province

MONTHS = 12
_LEAST = 5  # adults, below which only the houses are shown


@dataclass(slots=True)
class Visits:
    """The visits of the last year.

    Attributes:
        households: visited.
        adults: met there.
        vneid: of them, who have VNeID of level 2.
        pays: of them, who pay by QR themselves.
        services: of them, who have used a public service on line themselves.
    """

    households: int = 0
    adults: int = 0
    vneid: int = 0
    pays: int = 0
    services: int = 0

    @property
    def shares(self) -> list[tuple[str, int, float]]:
        """What adults can do: its name, how many of them, their share; nothing where fewer than five were met."""
        if self.adults < _LEAST:
            return []
        # Written down by hand: more than were met cannot be.
        found = [(name, min(getattr(self, name), self.adults)) for name in ("vneid", "pays", "services")]
        return [(name, many, many / self.adults) for name, many in found]


def visits(province: Province, scope: Scope, now: int) -> Visits:
    """The visits as of now, seconds since 1970."""
    found, month = Visits(), this_month(now)
    for row in rows(province, scope, ("household",), month - MONTHS + 1, month):
        for name, many in row.sums.items():
            setattr(found, name, getattr(found, name) + many)
    return found
