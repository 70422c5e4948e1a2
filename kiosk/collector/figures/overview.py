"""The first page: the villages, what was used there lately, and where people fail."""

from dataclasses import dataclass

from kiosk.collector.days import date_of, day_of, first_day
from kiosk.collector.figures import languages
from kiosk.collector.figures.practice import Scenario, practice
from kiosk.collector.figures.villages import DAYS, Village, villages
from kiosk.collector.province import Province


@dataclass(frozen=True, slots=True)
class Overview:
    """The page.

    Attributes:
        villages: those that need a visit first.
        first: the first day shown, as a date.
        last: the last one, today.
        practice: the scenarios.
        languages: by site, what may be shown; see `figures.languages`.
        month: the month of the languages, such as 10/2026.
    """

    villages: tuple[Village, ...]
    first: str
    last: str
    practice: tuple[Scenario, ...]
    languages: dict[str, tuple[tuple[str, int], ...]]
    month: str

    def voices(self, voice: str) -> int:
        """How many villages stand so."""
        return sum(village.voice == voice for village in self.villages)

    def total(self, kind: str) -> int:
        """The sum over all villages."""
        return sum(village.total(kind) for village in self.villages)


def overview(province: Province, now: int) -> Overview:
    """The page as of now, seconds since 1970; it shows what is settled."""
    found = villages(province, now)
    today = day_of(now)
    return Overview(
        villages=found,
        first=f"{date_of(today - DAYS + 1):%d/%m/%Y}",
        last=f"{date_of(today):%d/%m/%Y}",
        practice=practice(province, now),
        languages=languages.villages(province, now),
        month=f"{date_of(first_day(languages.shown_month(now))):%m/%Y}",
    )
