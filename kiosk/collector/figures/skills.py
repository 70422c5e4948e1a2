"""The five skills of a household: practice of each, how much of it unaided, and how that changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import msgspec

from kiosk.collector.figures.chance import Share
from kiosk.collector.figures.scope import Scope, rows, this_month
from kiosk.collector.figures.use import MONTHS
from kiosk.collector.province import Province

OTHER = "other"


class _Skill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    topics: tuple[str, ...]
    scenarios: tuple[str, ...]


@cache
def _read() -> tuple[_Skill, ...]:
    text = resources.files("kiosk.collector.figures").joinpath("skills.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, tuple[_Skill, ...]])["skill"]


def names() -> tuple[str, ...]:
    """The five, in their order."""
    return tuple(skill.id for skill in _read())


def skill_of(scenario: str, topics: Mapping[str, str]) -> str:
    """The skill that a scenario practises, or `OTHER`.

    Args:
        scenario: its id, with its pack or without.
        topics: the topic of each pack/scenario that a pack tells of.
    """
    slug = scenario.rpartition("/")[2]
    for skill in _read():
        if slug in skill.scenarios:
            return skill.id
    topic = topics.get(scenario)
    return next((skill.id for skill in _read() if topic in skill.topics), OTHER)


@dataclass(slots=True)
class Skill:
    """One of the five.

    Attributes:
        id: which.
        attempts: in the months shown.
        alone: without the voice leading, by month, oldest first.
        unaided: of those without any help.
        traps: decided, and `escaped` of them.
        checks: watched by the team, and `able` of them.
    """

    id: str
    attempts: int = 0
    alone: list[int] = field(default_factory=lambda: [0] * MONTHS)
    unaided: list[int] = field(default_factory=lambda: [0] * MONTHS)
    traps: int = 0
    escaped: int = 0
    checks: int = 0
    able: int = 0

    def shares(self) -> list[Share]:
        """Unaided among those alone, by month."""
        return [Share(part, whole) for part, whole in zip(self.unaided, self.alone, strict=True)]

    def lately(self, months: int = 3, before: int = 0) -> Share:
        """The share of the last months; `before`: of as many months, so many earlier."""
        end = MONTHS - before
        return Share(sum(self.unaided[end - months : end]), sum(self.alone[end - months : end]))

    @property
    def watched(self) -> Share:
        """Of the checks that the team watched."""
        return Share(self.able, self.checks)

    @property
    def seen_through(self) -> Share:
        """Of the traps."""
        return Share(self.escaped, self.traps)


def skills(province: Province, scope: Scope, now: int, topics: Mapping[str, str]) -> list[Skill]:
    """The five over the last `MONTHS` months."""
    found = {name: Skill(name) for name in (*names(), OTHER)}
    last = this_month(now)
    first = last - MONTHS + 1
    for row in rows(province, scope, ("attempt", "trap", "check"), first, last):
        word = str(row.words["skill" if row.kind == "check" else "scenario"])
        skill = found[skill_of(word, topics)]
        if row.kind == "attempt":
            skill.attempts += row.many
            alone = row.many * (row.words["stage"] == "alone")
            skill.alone[row.month - first] += alone
            skill.unaided[row.month - first] += alone * (row.words["unaided"] is True)
        elif row.kind == "trap":
            skill.traps += row.many * (row.words["twin"] == "trap")
            skill.escaped += row.many * (row.words["outcome"] == "escaped")
        else:
            skill.checks += row.many
            skill.able += row.many * (row.words["result"] == "done")
    return [found[name] for name in names()]
