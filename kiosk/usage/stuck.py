"""At which steps people were stuck since a moment of this start of the system: figures of steps, of nobody."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import peewee

from kiosk.errors import KioskError
from kiosk.events.event import from_payload
from kiosk.events.kinds import kinds
from kiosk.settings import Settings
from kiosk.usage.journal import Journal

_KIND: Final = "step"
_MOST: Final = 20_000  # events that are looked at: more than a class of hours makes


@dataclass(frozen=True, slots=True)
class Stuck:
    """How often a step of a scenario was tried, and how often she was wrong there, took a hint or called.

    Attributes:
        scenario: pack/scenario.
        screen: which step.
        stuck: so many tries went wrong.
        total: tries.
    """

    scenario: str
    screen: str
    stuck: int
    total: int


def stuck(settings: Settings, since: int, most: int) -> list[Stuck]:
    """The steps at which most people were stuck, the worst first.

    Args:
        settings: the house.
        since: uptime from which on events are looked at, of the present epoch.
        most: how many steps.
    """
    if not settings.usage.exists():
        return []
    try:
        with closing(Journal.open(settings)) as journal:
            return count(_steps(journal, since))[:most]
    except (KioskError, peewee.DatabaseError):
        return []


def count(steps: Iterable[tuple[str, str, str]]) -> list[Stuck]:
    """The figures of (scenario, screen, outcome), steps at which nobody was stuck left out."""
    total: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for scenario, screen, outcome in steps:
        total[scenario, screen] += 1
        wrong[scenario, screen] += outcome != "right"
    found = [Stuck(*step, number, total[step]) for step, number in wrong.items() if number]
    return sorted(found, key=lambda row: (-row.stuck, row.total, row.scenario, row.screen))


def _steps(journal: Journal, since: int) -> Iterable[tuple[str, str, str]]:
    tables = journal.store.tables
    place = tables.position.get_or_none()
    if place is None:
        return
    event = tables.event
    rows: Iterable[tuple[int, str]] = (
        event.select(event.at, event.payload)
        .where(event.within(place.epoch), event.kind == kinds()[_KIND].code, event.at >= since)
        .order_by(event.id.desc())
        .limit(_MOST)
        .tuples()
        .iterator()
    )
    for at, payload in rows:
        told = from_payload(_KIND, at, payload).fields()
        yield str(told["scenario"]), str(told["screen"]), str(told["outcome"])
