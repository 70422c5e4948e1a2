"""Practice: how attempts end, how often without help, and at which screens people fail."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec

from kiosk.collector.days import day_of, month_of
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS
from kiosk.events.event import Value
from kiosk.events.kinds import by_code, kinds

MONTHS = 3
_ENOUGH = 5  # answers at a screen, below which a share says nothing
_KINDS = ("attempt", "step", "trap")
_OF_ALL = (
    "SELECT kind, what, sum(many) FROM detail WHERE month BETWEEN ? AND ? AND kind IN (?, ?, ?) GROUP BY kind, what"
)
_OF_ONE = (
    "SELECT kind, what, sum(many) FROM detail WHERE month BETWEEN ? AND ? AND kind IN (?, ?, ?) AND site = ? "
    "GROUP BY kind, what"
)


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

    @property
    def screens(self) -> list[Screen]:
        """Every screen with enough answers to say something, where most fail first."""
        found = [Screen(name, many, self.failures[name]) for name, many in self.answers.items() if many >= _ENOUGH]
        return sorted(found, key=lambda screen: (-screen.share, screen.id))


def practice(province: Province, now: int, *, site: str = "") -> tuple[Scenario, ...]:
    """Every scenario that was practised in the last months, most attempts first.

    Args:
        province: the database.
        now: seconds since 1970.
        site: one village's only; empty: all of them.
    """
    found: dict[str, Scenario] = {}
    for kind, what, many in _rows(province, now, site):
        words = dict(zip(DETAILS[kind].words, msgspec.json.decode(what, type=list[Value]), strict=True))
        if words["setting"] != "test":
            name = str(words["scenario"])
            _add(found.setdefault(name, Scenario(name)), kind, words, many)
    return tuple(sorted(found.values(), key=lambda one: (-one.attempts, one.id)))


def _rows(province: Province, now: int, site: str) -> list[tuple[str, str, int]]:
    month = month_of(day_of(now))
    codes = [kinds()[kind].code for kind in _KINDS]
    where = (month - MONTHS + 1, month, *codes)
    rows = province.rows(_OF_ONE, (*where, site)) if site else province.rows(_OF_ALL, where)
    return [(by_code()[code].name, what, int(many)) for code, what, many in rows]


def _add(scenario: Scenario, kind: str, words: dict[str, Value], many: int) -> None:
    if kind == "attempt":
        alone = words["stage"] == "alone"
        scenario.attempts += many
        scenario.done += many * (words["outcome"] == "done")
        scenario.alone += many * alone
        scenario.unaided += many * (alone and words["unaided"] is True)
    elif kind == "step":
        screen = str(words["screen"])
        scenario.answers[screen] += many
        scenario.failures[screen] += many * (words["outcome"] != "right")
    elif words["twin"] == "trap":
        scenario.traps += many
        scenario.caught += many * (words["outcome"] == "caught")
