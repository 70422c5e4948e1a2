"""What the templates draw: values made ready for a chart or the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

import msgspec

from kiosk.collector.dashboard.geography import Land, land
from kiosk.collector.days import date_of, first_day
from kiosk.collector.figures.villages import Village

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart: what it is called, and its values; None: nothing is known there."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over days (from 1970) or months, and the same as a table.

    Attributes:
        days: of each point, counted from 1970; of a month its first.
        labels: of each point, as people write it.
        lines: its lines.
        unit: `count` or `percent`.
        bars: bars instead of lines.
    """

    days: Sequence[int]
    labels: Sequence[str]
    lines: Sequence[Line]
    unit: str = "count"
    bars: bool = False

    def json(self) -> str:
        """What the script in the page reads."""
        return msgspec.json.encode(
            {
                "x": [day * _DAY for day in self.days],
                "labels": self.labels,
                "lines": [{"name": line.name, "values": line.values} for line in self.lines],
                "unit": self.unit,
                "bars": self.bars,
            }
        ).decode()


def over_days(first: int, lines: Sequence[Line]) -> Chart:
    """A chart of days in a row."""
    days = range(first, first + len(lines[0].values))
    return Chart(days, [f"{date_of(day):%d/%m}" for day in days], lines)


def over_months(months: Sequence[int], lines: Sequence[Line], unit: str = "count", *, bars: bool = False) -> Chart:
    """A chart of months in a row."""
    days = [first_day(month) for month in months]
    return Chart(days, [f"{date_of(day):%m/%Y}" for day in days], lines, unit, bars)


@dataclass(frozen=True, slots=True)
class Map:
    """The land, and each village that has a place with its point on it; `homeless` have none."""

    land: Land
    spots: list[tuple[Village, float, float]]
    homeless: int


def map_of(villages: Iterable[Village]) -> Map | None:
    """The map, or None when nobody said where any village lies."""
    every = sorted(villages, key=lambda village: village.site)
    placed = list(compress(every, [village.place is not None for village in every]))
    if not placed:
        return None
    drawn = land(tuple(village.place or (0, 0) for village in placed), tuple(village.commune for village in placed))
    spots = [(village, x, y) for village, (x, y) in zip(placed, drawn.points, strict=True)]
    spots.sort(key=lambda spot: _ABOVE.index(spot[0].voice))
    return Map(drawn, spots, len(every) - len(placed))


_ABOVE = ("live", "never", "late", "silent")  # what wants to be seen lies above
