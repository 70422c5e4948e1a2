"""A row of every check and status table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters, mildest first."""

    OK = "ok"
    NOTE = "note"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        area: where, in one or two words ("disk", "radio").
        level: how much it matters.
        what: what was seen, one sentence.
        remedy: what to do now; empty when nothing is to be done.
    """

    area: str
    level: Level
    what: str
    remedy: str = ""


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level among the findings; `ok` when there are none."""
    order = list(Level)
    return max((finding.level for finding in findings), key=order.index, default=Level.OK)
