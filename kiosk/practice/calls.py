"""Who calls for a person now, without who it is: what is practised on a phone, and since when it waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KioskError
from kiosk.live.store import LiveStore
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import decode_state
from kiosk.practice.texts import fill
from kiosk.practice.view import view

RECENT: Final = 900  # seconds after which who does nothing has gone home


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody has asked for a person and waits on that page.

    Attributes:
        title: what is practised.
        step: where it stands, of `steps`.
        steps: of the whole; 0 where nobody can say.
        where: `phone` or `touchscreen`.
        waited: seconds.
    """

    title: str
    step: int
    steps: int
    where: str
    waited: int


def calls(store: LiveStore, shelf: Shelf, now: int) -> list[Call]:
    """Every call that waits, the longest first.

    Args:
        store: the open state.db.
        shelf: the scenarios.
        now: uptime in seconds.
    """
    visit, attempt = store.tables.visit, store.tables.attempt
    rows: Iterable[tuple[str, str, str, str, int]] = (
        attempt.select(attempt.pack, attempt.scenario, attempt.state, visit.where, visit.last)
        .join(visit, on=(visit.id == attempt.visit))
        .where(attempt.done == False, attempt.serial > 0, visit.last >= now - RECENT)  # noqa: E712  peewee's way
        .order_by(visit.last)
        .tuples()
        .iterator()
    )
    return [call for row in rows if (call := _call(shelf, now, *row))]


def _call(shelf: Shelf, now: int, pack: str, name: str, text: str, where: str, last: int) -> Call | None:
    scenario = shelf.find(pack, name)
    if scenario is None:
        return None
    try:
        state = decode_state(text)
    except KioskError:
        return None
    if not state.asking or state.screen not in scenario.screens:
        return None
    shown = view(scenario, state, "vi")
    return Call(fill(scenario.title, scenario.persona, "vi"), shown.step, shown.steps, where, now - last)
