"""One stretch of recording between two looks at which databases are there: sources -> memory -> the card.

Killed anywhere, nothing is doubled or lost: a commit holds the events together with the place behind them, and only
after it the sources are told to forget.
"""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from threading import Event as Stop

import peewee

from kiosk import clock
from kiosk.device import identity as device
from kiosk.device import look as looks
from kiosk.device import start as starts
from kiosk.events.epochs import UNKNOWN, Quality, learn
from kiosk.events.event import Event
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.usage import marks, note, pairing
from kiosk.usage.evidence import HOUR, health_event, pack_events, time_now
from kiosk.usage.failures import of_start, tell_services
from kiosk.usage.intake import MOST, Intake
from kiosk.usage.journal import Current, Journal
from kiosk.usage.note import Note, Trouble
from kiosk.usage.presence import Count, Presence
from kiosk.usage.retention import Reserve, make_room, tidy
from kiosk.usage.store import identity
from kiosk.usage.thinning import thin
from kiosk.usage.timeline import day
from kiosk.usage.viewlog import ViewLog
from kiosk.watchdog import Watchdog

_TICK = 0.5  # seconds between two looks at the sources; with nginx's flush and `every`, a power cut takes 12 s at most
_IDLE = 1024 * 1024  # bytes of lines that count nothing, such as later parts of sounds, before the log lets them go
_ALONE = 3 * HOUR  # seconds between two words of a box in which nobody was
_ROOM = 500  # events that go when the card is full, beside twice those that come
Show = Callable[[Event], None]


class ReplacedError(Exception):
    """usage.db or state.db is another file than the one that is open."""


class Session:
    """The databases and the log, open and in step.

    Args:
        settings: the house.
        show: told every event as it is read.

    Raises:
        KioskError: a database cannot be opened.
        peewee.DatabaseError: usage.db cannot be read or written.
    """

    def __init__(self, settings: Settings, show: Show | None = None, *, check: bool = False) -> None:
        self._settings = settings
        self._show = show
        self._boot = clock.boot_id()
        self._reserve = Reserve.of(settings)
        self._hourly = self._learned = self._alone = 0.0
        self._used = False
        self._committed = self._dropped = 0
        with ExitStack() as opened:
            self.live = opened.enter_context(closing(LiveStore.open(settings)))
            self._state = identity(settings.state)
            self.log = opened.enter_context(closing(ViewLog(settings.views, self._boot)))
            self.journal = opened.enter_context(closing(Journal.open(settings, check=check)))
            self.intake = Intake(self.live, self.log)
            self._current = self._begin()
            self._presence = Presence(self._before())
            self._packs = {str(event.values[0]): str(event.values[1]) for event in self.journal.of_epoch("pack")}
            self._opened = opened.pop_all()

    def run(self, stop: Stop, watchdog: Watchdog) -> None:
        """Record until told to stop; then commit what was read."""
        while not stop.is_set():
            watchdog.alive()
            if not self.tick():
                stop.wait(_TICK)
        self.finish()

    def tick(self) -> bool:
        """Read what is new and commit when it is time; whether a source has more."""
        self._look()
        now = clock.uptime()
        self._by_the_hour(now)
        more = self._poll()
        if self._due(now, more=more):
            self.commit()
        elif not self.intake.events and self.log.unpunched > _IDLE:
            self._let_go(replace(self._current, position=self.intake.position))
        return more

    def finish(self) -> None:
        """Read and commit everything that is there."""
        while self._poll():
            self.commit()
        self._add(self._presence.tell())
        self.commit()

    def commit(self) -> None:
        """Bring what was read to the card, then let the sources forget it; nothing when nothing was read.

        Raises:
            peewee.DatabaseError: nothing was written; the sources still hold it.
        """
        if not self.intake.events:
            return
        self._look()
        self._current = self._written()
        self._committed = int(clock.uptime())
        self.intake.clear()
        self._let_go(self._current)
        note.write(self._settings, self.words())

    def words(self) -> Note:
        """The note of a recorder that is well."""
        return Note(
            boot=self._boot,
            at=int(clock.uptime()),
            committed=self._committed,
            epoch=self._current.name,
            seq=self._current.seq,
            dropped=self._dropped,
            punches=self.log.punches,
            seconds=self._current.offset.seconds,
            quality=self._current.offset.quality,
        )

    def close(self) -> None:
        """Close everything."""
        self._opened.close()

    def _begin(self) -> Current:
        own = device.load(self._settings.device, serial=device.read_serial())
        found = of_start(starts.read(self._settings), int(clock.uptime()))
        current = pairing.pair(self.journal, self.live, self.log, device=own.id, boot=self._boot, found=found)
        self.intake.resume(current.position, marks.read(self.live).since)
        return current

    def _written(self) -> Current:
        try:
            return self._appended()
        except peewee.OperationalError as wrong:
            if note.trouble_of(wrong, self._settings.data) is not Trouble.FULL:
                raise
        self._reserve.release()
        lost = make_room(self.journal, _ROOM + 2 * len(self.intake.events), int(clock.uptime()))
        self._dropped += lost.total()
        held = self.journal.current()
        self._current = replace(self._current, seq=held.seq if held else 0)
        return self._appended()

    def _appended(self) -> Current:
        place = self.intake.position
        with self.journal.store.transaction():
            held = self.journal.current()
            if held is None or (held.name, held.seq) != (self._current.name, self._current.seq):
                raise ReplacedError
            seq = self.journal.append_within(self.intake.events, place)
        return replace(held, seq=seq, position=place)

    def _let_go(self, current: Current) -> None:
        """Let the sources forget what is before a place: it is on the card, or counts nothing."""
        marks.write(self.live, pairing.mark(current, self.journal.store.identity, self.intake.since))
        self.log.punch()

    def _look(self) -> None:
        there = (identity(self._settings.usage), identity(self._settings.state))
        if there != (self.journal.store.identity, self._state):
            raise ReplacedError

    def _due(self, now: float, *, more: bool) -> bool:
        oldest = self.intake.oldest
        counting = self._settings.counting
        # A commit costs as much as some hundred lines: under a crowd, what waits behind them is read first.
        full = len(self.intake.events) >= (MOST if more else counting.events)
        return full or (oldest is not None and now - oldest >= counting.every - _TICK)

    def _poll(self) -> bool:
        before = len(self.intake.events)
        more = self.intake.poll()
        self._used |= len(self.intake.events) > before
        if self._show:
            for event in self.intake.events[before:]:
                self._show(event)
        offset = self._current.offset.seconds
        for station, at in self.intake.seen.items():
            self._add(self._presence.see(station, day(at, offset), at))
        self.intake.seen.clear()
        return more

    def _by_the_hour(self, now: float) -> None:
        if now >= self._learned:
            self._learned = now + self._settings.counting.every
            self._learn(now)
            if (look := looks.read(self._settings)) is not None:
                tell_services(self.live, look.services)
        if now >= self._hourly:
            self._hourly = now + HOUR
            self._tell_health(now)
            self._tell_packs()
            self._add(self._presence.tell())
            known = self._current.offset.quality > Quality.SAVED
            tidy(self.journal, int(now) + self._current.offset.seconds if known else None)
            self._thin(int(now))
            self._reserve.keep()

    def _tell_health(self, now: float) -> None:
        """How the box is: each hour in which somebody was here, else seldom, for a word alone costs its card 80 KB."""
        if self._used or now >= self._alone:
            self._used, self._alone = False, now + _ALONE
            self._add(health_event(self._settings))

    def _add(self, event: Event | None) -> None:
        if event:
            self.intake.add(event)

    def _thin(self, now: int) -> None:
        if thin(self.journal, self._settings.upload.daily, now) and (held := self.journal.current()):
            self._current = replace(self._current, seq=held.seq)

    def _tell_packs(self) -> None:
        for event in pack_events(self._settings, self._packs):
            own, name = event.values[:2]
            self._packs[str(own)] = str(name)
            self._add(event)

    def _before(self) -> Count:
        today = day(clock.uptime(), self._current.offset.seconds)
        event, offset = self.journal.latest("stations") or (None, UNKNOWN)
        if event is None or day(event.at, offset.seconds) != today:
            return Count(today)
        least, most, *_ = event.values
        return Count(today, int(least or 0), int(most or 0))

    def _learn(self, now: float) -> None:
        held = self._current.offset
        for seconds, quality in time_now(self.live, self._current.name):
            if learn(held, seconds, quality) != held:
                held = self.journal.learn(self._current.name, seconds, quality)
        if held != self._current.offset:
            self._current = replace(self._current, offset=held)
            self._presence.shift(day(now, held.seconds))
