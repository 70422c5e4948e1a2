"""Practice: how attempts end, how often without help, and at which screens people fail."""

from collections import Counter
from dataclasses import dataclass, field

from kiosk.collector.figures.scope import Row, Scope, rows, this_month
from kiosk.collector.province import Province

MONTHS = 3
_ENOUGH = 5  # answers at a screen, below which a share says nothing
_KINDS = ("attempt", "step", "trap")


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of a scenario: how many answers it got, and how many were not right at once (wrong, hint, help)."""

    id: str
    answers: int
    failed: int

    @property
    def share(self) -> float:
        """The share that failed."""
        return self.failed / self.answers

    @property
    def right(self) -> int:
        """How many answers were right: so many went on."""
        return self.answers - self.failed


@dataclass(slots=True)
class Scenario:
    """A scenario in the months shown: attempts; `screens` by how many failed there, worst first.

    Attributes:
        id: pack/scenario.
        attempts: how many ended.
        done: how many of them at the scenario's end.
        alone: how many without the voice leading.
        unaided: how many of those without any help.
        traps: how many traps were decided.
        caught: in how many somebody was caught.
    """

    id: str
    attempts: int = 0
    done: int = 0
    alone: int = 0
    unaided: int = 0
    traps: int = 0
    caught: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row) -> None:
        """Take a row of the roll-up."""
        if row.kind == "attempt":
            alone = row.words["stage"] == "alone"
            self.attempts += row.many
            self.done += row.many * (row.words["outcome"] == "done")
            self.alone += row.many * alone
            self.unaided += row.many * (alone and row.words["unaided"] is True)
        elif row.kind == "step":
            screen = str(row.words["screen"])
            self.answers[screen] += row.many
            self.failures[screen] += row.many * (row.words["outcome"] != "right")
        elif row.words["twin"] == "trap":
            self.traps += row.many
            self.caught += row.many * (row.words["outcome"] == "caught")

    @property
    def funnel(self) -> list[Screen]:
        """Every answered screen in the order of how many went on from it: as people walk through the scenario."""
        found = [Screen(name, many, self.failures[name]) for name, many in self.answers.items()]
        return sorted(found, key=lambda screen: (-screen.right, -screen.answers, screen.id))

    @property
    def screens(self) -> list[Screen]:
        """Every screen with enough answers to say something, where most fail first."""
        found = [Screen(name, many, self.failures[name]) for name, many in self.answers.items() if many >= _ENOUGH]
        return sorted(found, key=lambda screen: (-screen.share, screen.id))


def practice(province: Province, now: int, *, site: str = "", commune: str = "") -> tuple[Scenario, ...]:
    """Every scenario that was practised in the last months, most attempts first.

    Args:
        province: the database.
        now: seconds since 1970.
        site: one village's only.
        commune: one commune's only; both empty: all of them.
    """
    found: dict[str, Scenario] = {}
    month = this_month(now)
    for row in rows(province, Scope(commune, site), _KINDS, month - MONTHS + 1, month):
        name = str(row.words["scenario"])
        found.setdefault(name, Scenario(name)).add(row)
    return tuple(sorted(found.values(), key=lambda one: (-one.attempts, one.id)))
