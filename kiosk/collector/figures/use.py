"""What is used, month by month: visitors as ranges, cards, minutes of sound, practice and how much of it unaided."""

from dataclasses import dataclass

from kiosk.collector.figures.chance import Share
from kiosk.collector.figures.scope import Row, Scope, rows, this_month
from kiosk.collector.province import Province

MONTHS = 13  # a year, and the same month of the year before
_KINDS = ("view", "play", "attempt", "visit", "stations", "help")
_MINUTE = 60_000  # milliseconds


@dataclass(slots=True)
class Use:
    """A month.

    Attributes:
        month: year * 12 + month - 1.
        least: distinct stations of each day, added up: at least. Somebody who comes on two days counts twice, for who
            came is forgotten with the day.
        most: at most, where power cuts took the memory of who was there.
        views: cards opened.
        plays: sounds begun.
        milliseconds: of them, if each was heard to its end.
        unmeasured: plays whose length no pack tells.
        visits: uses of practice that ended.
        attempts: runs of scenarios.
        alone: how many of them without the voice leading.
        unaided: how many of those without any help.
        helps: pages of help opened.
    """

    month: int
    least: int = 0
    most: int = 0
    views: int = 0
    plays: int = 0
    milliseconds: int = 0
    unmeasured: int = 0
    visits: int = 0
    attempts: int = 0
    alone: int = 0
    unaided: int = 0
    helps: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes of sound."""
        return self.milliseconds // _MINUTE

    @property
    def share(self) -> Share:
        """Unaided attempts among those alone."""
        return Share(self.unaided, self.alone)

    def add(self, row: Row) -> None:
        """Take a row of the roll-up."""
        if row.kind == "attempt":
            alone = row.many * (row.words["stage"] == "alone")
            self.attempts += row.many
            self.alone += alone
            self.unaided += alone * (row.words["unaided"] is True)
        elif row.kind == "stations":
            self.least += row.sums["least"]
            self.most += row.sums["most"]
        elif row.kind == "play":
            self.plays += row.many
            self.milliseconds += row.sums["milliseconds"]
            self.unmeasured += row.sums["unmeasured"]
        else:
            name = {"view": "views", "visit": "visits", "help": "helps"}[row.kind]
            setattr(self, name, getattr(self, name) + row.many)


def use(province: Province, scope: Scope, now: int, months: int = MONTHS) -> list[Use]:
    """The last months, oldest first, this one included."""
    last = this_month(now)
    found = {month: Use(month) for month in range(last - months + 1, last + 1)}
    for row in rows(province, scope, _KINDS, last - months + 1, last):
        found[row.month].add(row)
    return list(found.values())
