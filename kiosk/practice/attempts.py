"""Attempts and visits in state.db: an action and what it counts are one transaction.

A replayed, late, doubled or forged request changes nothing: she is given the state where she is.
"""

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event as Stop

import peewee
from msgspec.structs import replace

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.event import Event, make
from kiosk.live.outgoing import put
from kiosk.live.store import LiveStore
from kiosk.live.tables import Attempt
from kiosk.practice.engine import apply, begin
from kiosk.practice.moves import finished
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import (
    Action,
    AttemptDone,
    Outcome,
    Setting,
    Stage,
    State,
    StepDone,
    decode_state,
    encode_state,
)
from kiosk.practice.visits import Visits

MOST = 99  # attempts of one visit: whoever taps so often is more than one person, or none
SWEEP = 60.0  # seconds between two looks after visits that are over
_SEED_BITS = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands: whose it is, its scenario and state."""

    visit: str
    number: int
    pack: str
    scenario: Scenario
    state: State


class Attempts:
    """The attempts of this house.

    Args:
        store: the open state.db.
        shelf: the scenarios.
        now: seconds that only grow, as all times in state.db.
    """

    def __init__(self, store: LiveStore, shelf: Shelf, now: Callable[[], float] = clock.uptime) -> None:
        self._store = store
        self._visits = Visits(store)
        self._shelf = shelf
        self._now = now

    def start(
        self,
        pack: str,
        scenario: str,
        stage: Stage,
        *,
        station: str,
        where: str,
        setting: Setting,
        lang: str = "",
        seed: int | None = None,
    ) -> Standing | None:
        """Begin an attempt; a second tap on the same button finds the one just begun.

        Args:
            pack: the pack's id.
            scenario: the scenario's id.
            stage: with the voice leading, or alone.
            station: the station's key; an earlier visit of it is gone on with.
            where: `phone` or `touchscreen`.
            setting: the circumstances.
            lang: the language of the pages.
            seed: decides which variant is drawn; any by default.

        Returns:
            The attempt, or None when there is no such scenario, or no memory left to remember it.
        """
        found = self._shelf.find(pack, scenario)
        if found is None:
            return None
        now = int(self._now())
        with suppress(peewee.OperationalError), self._store.transaction():
            self._sweep(now)
            visit = self._visits.go_on(station, where, lang, now)
            rows = self._visits.attempts(visit)
            if len(rows) >= MOST:
                self._end(visit, now)
                visit, rows = self._visits.begin(station, where, lang, now), []
            mine = [row for row in rows if (row.pack, row.scenario) == (pack, scenario)]
            fresh = [row for row in mine if row.stage == stage and row.serial == 0 and not row.done]
            if fresh and (standing := self._standing(fresh[-1])):
                return standing
            drawn = secrets.randbits(_SEED_BITS) if seed is None else seed
            state = begin(found, stage, setting, seen={row.variant for row in mine}, seed=drawn)
            state = replace(state, began=now, since=now)
            number = max((row.number for row in rows), default=0) + 1
            self._store.tables.attempt.insert(
                visit=visit, number=number, pack=pack, scenario=scenario, variant=state.variant, stage=stage,
                setting=setting, state=encode_state(state), started=now,
            ).execute()  # fmt: skip
            return Standing(visit, number, pack, found, state)
        return None  # no memory is left to remember it

    def look(self, visit: str, number: int) -> Standing | None:
        """Where that attempt stands; None when visit or attempt are unknown or their scenario is gone."""
        table = self._store.tables.attempt
        row = table.get_or_none(table.visit == visit, table.number == number)
        return None if row is None else self._standing(row)

    def act(self, visit: str, number: int, serial: int, action: Action | None) -> Standing | None:
        """One action, if it was made on the present state.

        Args:
            visit: the visit's id.
            number: the attempt's number in it.
            serial: the serial of the state that she was shown.
            action: what she did; None does nothing.

        Returns:
            Where she is now; None as of `look`.
        """
        now = int(self._now())
        with suppress(peewee.OperationalError), self._store.transaction():
            before = self.look(visit, number)
            if before is None or action is None or serial != before.state.serial:
                return before
            after, outcomes = apply(before.scenario, before.state, action)
            if after is before.state:
                return before
            self._count(before, outcomes, now)
            standing = Standing(visit, number, before.pack, before.scenario, replace(after, since=now))
            self._write(standing, now)
            return standing
        return self.look(visit, number)  # no memory is left: she stays where she was

    def language(self, visit: str) -> str:
        """The language that a visit is shown in; empty when it is unknown."""
        row = self._visits.named(visit)
        return "" if row is None else str(row.lang)

    def unfinished(self, station: str, where: str, *wanted: str) -> Standing | None:
        """What this station was doing, to be gone on with before anything else is begun.

        It is the last attempt of what she now wants, else her last one of all: when the sheet closed she was in it.

        Args:
            station: the station's key.
            where: `phone` or `touchscreen`.
            wanted: the pack, scenario and stage that she is about to begin.

        Returns:
            An attempt that was begun and not finished, or None.
        """
        visit = self._visits.alive(station, where, int(self._now()))
        rows = self._visits.attempts(visit.id) if visit else []
        same = [row for row in rows if (row.pack, row.scenario, row.stage) == wanted]
        for row in (*same[-1:], *rows[-1:]):
            if row.serial > 0 and not row.done:
                return self._standing(row)
        return None

    def end(self, visit: str) -> None:
        """She is done: count what is open, forget the visit."""
        with suppress(peewee.OperationalError), self._store.transaction():
            self._end(visit, int(self._now()))

    def end_of(self, station: str, where: str) -> None:
        """Whoever holds this station is done: end its visits, so that the next person begins anew."""
        with suppress(peewee.OperationalError), self._store.transaction():
            for visit in self._visits.of(station, where):
                self._end(visit, int(self._now()))

    def sweep(self) -> int:
        """Count the visits in which nothing happens, end those in which nothing has happened for long; how many."""
        with self._store.transaction():
            return self._sweep(int(self._now()))

    def keep_swept(self, stop: Stop, every: float = SWEEP, *, beside: Callable[[], object] = bool) -> None:
        """Sweep now and again until `stop` is set: the last visitors of a day count though nobody follows them.

        As often, what is over is forgotten for good.

        Args:
            stop: ends it.
            every: seconds between.
            beside: what else is to be done as often.
        """
        while not stop.wait(every):
            with suppress(peewee.OperationalError):  # no memory is left, or another holds the lock: the next time
                self.sweep()
                self._store.forget()
            self._store.close()
            beside()

    def _sweep(self, now: int) -> int:
        self._visits.count_paused(now)
        old = self._visits.forgotten(now)
        for visit in old:
            self._end(visit, now)
        return len(old)

    def _standing(self, row: Attempt) -> Standing | None:
        scenario = self._shelf.find(row.pack, row.scenario)
        if scenario is None:
            return None
        try:
            state = decode_state(row.state)
        except KioskError:
            return None
        # A newer version of the pack may have other screens.
        known, screens = {variant.id for variant in scenario.variants}, scenario.screens.keys()
        if state.variant not in known or not {state.screen, *filter(None, [state.deciding]), *state.path} <= screens:
            return None
        return Standing(row.visit, row.number, row.pack, scenario, state)

    def _write(self, standing: Standing, now: int) -> None:
        attempt, state = self._store.tables.attempt, standing.state
        done = state.place == "done"
        attempt.update(state=encode_state(state), serial=state.serial, done=done).where(
            attempt.visit == standing.visit, attempt.number == standing.number
        ).execute()
        self._visits.touch(standing.visit, now)

    def _count(self, standing: Standing, outcomes: Iterable[Outcome], now: int) -> None:
        for outcome in outcomes:
            put(self._store, event(standing.pack, standing.state, outcome, now))
            if isinstance(outcome, AttemptDone) and self._watched(standing):
                put(self._store, _check(standing, outcome, now))

    def _watched(self, standing: Standing) -> bool:
        """Whether the team handed the screen over for it; phones of a house of theirs may carry the same setting."""
        visit = self._visits.named(standing.visit)
        return standing.state.setting == "staff" and visit is not None and visit.where == "touchscreen"

    def _end(self, visit: str, now: int) -> None:
        row = self._visits.named(visit)
        if row is None:
            return
        left = [one for one in self._visits.attempts(visit) if one.serial > 0 and not one.done]
        for standing in filter(None, map(self._standing, left)):
            self._count(standing, [finished(standing.state, "left")], row.last)
        self._visits.end(row, now)


def _check(standing: Standing, outcome: AttemptDone, now: int) -> Event:
    """Done is what was done to its end without help; who left it, or was helped, could not yet."""
    skill, result = f"{standing.pack}/{standing.state.scenario}", "done" if outcome.unaided else "not_yet"
    return make("check", now, skill=skill, result=result, variant=standing.state.variant, setting="staff")


def event(pack: str, state: State, outcome: Outcome, now: int) -> Event:
    """What is counted of an outcome.

    Args:
        pack: the pack's id.
        state: before the action.
        outcome: what came of the action.
        now: uptime in seconds.
    """
    name = f"{pack}/{state.scenario}"
    if isinstance(outcome, StepDone):
        return make(
            "step", now, scenario=name, variant=state.variant, screen=outcome.screen, setting=state.setting,
            outcome=outcome.outcome, seconds=max(0, now - state.since),
        )  # fmt: skip
    if isinstance(outcome, AttemptDone):
        return make(
            "attempt", now, scenario=name, variant=state.variant, stage=state.stage, setting=state.setting,
            outcome=outcome.outcome, unaided=outcome.unaided, mistakes=outcome.mistakes, hints=outcome.hints,
            helps=outcome.helps, seconds=max(0, now - state.began),
        )  # fmt: skip
    return make(
        "trap", now, scenario=name, variant=state.variant, twin=outcome.twin, setting=state.setting,
        outcome=outcome.outcome,
    )  # fmt: skip
