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

KEEP = 3600  # seconds without an action after which a visit is over
MOST = 99  # attempts of one visit: whoever taps so often is more than one person, or none
_SWEEP = 60.0  # seconds between two looks after visits that are over
_ID_BYTES = 16
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
        visit: str = "",
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
            visit: the visit it belongs to, if known.
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
            visit = self._visit(visit, station, where, lang, now)
            rows = self._attempts(visit)
            if len(rows) >= MOST:
                self._end(visit, now)
                visit, rows = self._visit("", station, where, lang, now), []
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
        table = self._store.tables.visit
        row = table.get_or_none(table.id == visit)
        return "" if row is None else str(row.lang)

    def unfinished(self, station: str) -> Standing | None:
        """The last attempt of this station that was begun and not finished, to be offered once more."""
        visits, table = self._store.tables.visit, self._store.tables.attempt
        mine = visits.select(visits.id).where(visits.station == station, visits.last >= int(self._now()) - KEEP)
        waiting = table.select().where(table.visit.in_(mine), table.done == False, table.serial > 0)  # noqa: E712
        row = waiting.order_by(table.started.desc(), table.number.desc()).first()
        return None if row is None else self._standing(row)

    def end(self, visit: str) -> None:
        """She is done: count what is open, forget the visit."""
        with suppress(peewee.OperationalError), self._store.transaction():
            self._end(visit, int(self._now()))

    def end_of(self, station: str, where: str) -> None:
        """Whoever holds this station is done: end its visits, so that the next person begins anew."""
        visits = self._store.tables.visit
        with suppress(peewee.OperationalError), self._store.transaction():
            for row in list(visits.select(visits.id).where(visits.station == station, visits.where == where)):
                self._end(str(row.id), int(self._now()))

    def sweep(self) -> int:
        """End the visits in which nothing has happened for long; how many."""
        with self._store.transaction():
            return self._sweep(int(self._now()))

    def keep_swept(self, stop: Stop, every: float = _SWEEP) -> None:
        """Sweep now and again until `stop` is set: the last visitors of a day count though nobody follows them."""
        while not stop.wait(every):
            with suppress(peewee.OperationalError):  # no memory is left, or another holds the lock: the next time
                self.sweep()
        self._store.close()

    def _sweep(self, now: int) -> int:
        visits = self._store.tables.visit
        old = [row.id for row in visits.select(visits.id).where(visits.last < now - KEEP)]
        for visit in old:
            self._end(visit, now)
        return len(old)

    def _visit(self, wanted: str, station: str, where: str, lang: str, now: int) -> str:
        table = self._store.tables.visit
        alive = table.last >= now - KEEP
        row = table.get_or_none(table.id == wanted, alive) if wanted else None
        if row is None:
            mine = table.select().where(table.station == station, table.where == where, alive)
            row = mine.order_by(table.last.desc()).first()
        if row is not None:
            table.update(last=now, lang=lang or row.lang).where(table.id == row.id).execute()
            return str(row.id)
        new = secrets.token_urlsafe(_ID_BYTES)
        table.insert(id=new, station=station, started=now, last=now, where=where, lang=lang).execute()
        return new

    def _attempts(self, visit: str) -> list[Attempt]:
        table = self._store.tables.attempt
        return list(table.select().where(table.visit == visit).order_by(table.number))

    def _standing(self, row: Attempt) -> Standing | None:
        scenario = self._shelf.find(row.pack, row.scenario)
        if scenario is None:
            return None
        try:
            state = decode_state(row.state)
        except KioskError:
            return None
        # A newer version of the pack may have other screens.
        known = {variant.id for variant in scenario.variants}
        if state.variant not in known or not {state.screen, *state.path} <= scenario.screens.keys():
            return None
        return Standing(row.visit, row.number, row.pack, scenario, state)

    def _write(self, standing: Standing, now: int) -> None:
        attempt, visit, state = self._store.tables.attempt, self._store.tables.visit, standing.state
        done = state.place == "done"
        attempt.update(state=encode_state(state), serial=state.serial, done=done).where(
            attempt.visit == standing.visit, attempt.number == standing.number
        ).execute()
        visit.update(last=now).where(visit.id == standing.visit).execute()

    def _count(self, standing: Standing, outcomes: Iterable[Outcome], now: int) -> None:
        for outcome in outcomes:
            put(self._store, event(standing.pack, standing.state, outcome, now))

    def _end(self, visit: str, now: int) -> None:
        visits, attempts = self._store.tables.visit, self._store.tables.attempt
        row = visits.get_or_none(visits.id == visit)
        if row is None:
            return
        begun = [one for one in self._attempts(visit) if one.serial > 0]
        for standing in (self._standing(one) for one in begun if not one.done):
            if standing:
                self._count(standing, [finished(standing.state, "left")], row.last)
        seconds = max(0, row.last - row.started)
        put(self._store, make("visit", now, where=row.where, seconds=seconds, attempts=len(begun)))
        attempts.delete().where(attempts.visit == visit).execute()
        visits.delete().where(visits.id == visit).execute()


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
