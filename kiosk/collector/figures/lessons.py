"""Lessons: how many cards of each were opened, and how far those who began it came."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.collector.figures.scope import Row
from kiosk.collector.rollups.details import REACHED

_ENOUGH = 5  # who began, below which a share says nothing


@dataclass(slots=True)
class Lesson:
    """A lesson.

    Attributes:
        id: pack/lesson.
        views: its cards opened.
        reached: how often somebody opened so many different cards of it, one after the other, for each of `REACHED`;
            what was thinned on the way does not tell.
    """

    id: str
    views: int = 0
    reached: list[int] = field(default_factory=lambda: [0] * len(REACHED))

    @property
    def began(self) -> int:
        """How often it was begun."""
        return self.reached[0]

    @property
    def shares(self) -> list[float]:
        """Of those who began, who came to the second card, and to each further number; none where too few began."""
        return [min(1.0, many / self.began) for many in self.reached[1:]] if self.began >= _ENOUGH else []


def lessons(opened: Iterable[Row]) -> list[Lesson]:
    """The lessons of these rows of views, most opened first."""
    found: dict[str, Lesson] = {}
    for row in opened:
        name = str(row.words["card"]).rpartition("/")[0]
        lesson = found.setdefault(name, Lesson(name))
        lesson.views += row.many
        for place, many in enumerate(row.sums.values()):
            lesson.reached[place] += many
    return sorted(found.values(), key=lambda one: (-one.views, one.id))
