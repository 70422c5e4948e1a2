"""What waits for the card, read from its two sources into memory: lines of the view log, and state.db's events."""

from functools import lru_cache

from kiosk.events import line
from kiosk.events.event import Event, make
from kiosk.events.line import PLAY_AGAIN_SECONDS, SHOWN_AGAIN_SECONDS, Line, Part, What
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage.journal import Position
from kiosk.usage.timeline import Reading, place
from kiosk.usage.viewlog import ViewLog

MOST = 2_500  # events held in memory; what comes faster waits in its source
_AT_ONCE = 1_000
_LESSON_SECONDS = 1800


_AGAIN = {What.SOUND: PLAY_AGAIN_SECONDS, What.PORTAL: SHOWN_AGAIN_SECONDS}


class Repeats:
    """What each station did a while ago: who begins the same sound again is not another listener."""

    def __init__(self) -> None:
        self._begun: dict[tuple[What, str, str, str], int] = {}

    def again(self, seen: Line, at: int) -> bool:
        """Whether this line only repeats what was counted; one by nobody known never does."""
        if seen.what not in _AGAIN or not seen.station:
            return False
        key = (seen.what, seen.station, seen.name, seen.where)
        begun = self._begun.get(key)
        if begun is not None and at - begun < _AGAIN[seen.what]:
            return True
        self._begun[key] = at
        return False

    def forget(self, now: int) -> None:
        """Drop what was longer ago."""
        self._begun = {key: at for key, at in self._begun.items() if now - at < _AGAIN[key[0]]}


class Depths:
    """How far each station has come in each lesson: its different cards, until half an hour without one."""

    def __init__(self) -> None:
        self._opened: dict[tuple[str, str, str], tuple[set[str], int]] = {}

    def of(self, seen: Line, at: int) -> int:
        """How many cards of its lesson the station has opened with this one.

        0 for what is no card or nobody's, and for a card that it opens again: each depth is told once.
        """
        if seen.what is not What.CARD or not seen.station:
            return 0
        lesson, _, card = seen.name.rpartition("/")
        key = (seen.station, lesson, seen.where)
        known = self._opened.get(key)
        cards = known[0] if known else set()
        again = card in cards
        cards.add(card)
        self._opened[key] = (cards, at)
        return 0 if again else len(cards)

    def forget(self, now: int) -> None:
        """Drop who went away."""
        self._opened = {key: (cards, at) for key, (cards, at) in self._opened.items() if now - at < _LESSON_SECONDS}


@lru_cache(maxsize=4096)
def _event(what: What, name: str, lang: str, where: str, depth: int) -> Event | None:
    """The event of a line that counts, at no time: a village opens the same few hundred things over and over."""
    return line.to_event(Line(what, name, lang, 200, Part.ALL, 0.0, where), 0, depth)


class Intake:
    """Both sources, read up to a place, and the events from there on that are not yet on the card.

    Attributes:
        log: the view log.
        events: in the order in which they were read.
        seen: the tokens of who was there, each with the uptime of its last line, for the day's count.
        oldest: uptime at which the oldest of the events was read.
    """

    def __init__(self, live: LiveStore, log: ViewLog) -> None:
        self.log = log
        self._live = live
        self._repeats, self._depths = Repeats(), Depths()
        self.resume(Position(), 0)

    def resume(self, position: Position, since: float) -> None:
        """Forget what is in memory and read again from a place.

        Args:
            position: what the card holds is before it.
            since: uptime of the reading that led there.
        """
        self.log.resume(position.views, position.read)
        self._outgoing = position.outgoing
        self._since = since
        self._repeats, self._depths = Repeats(), Depths()
        self.clear()

    def clear(self) -> None:
        """What was read is on the card; go on from here."""
        self.events: list[Event] = []
        self.seen: dict[str, int] = {}
        self.oldest: float | None = None

    @property
    def position(self) -> Position:
        """The place behind the last event read."""
        return Position(self.log.name, self.log.read, self._outgoing)

    @property
    def since(self) -> float:
        """Uptime of the last reading."""
        return self._since

    def add(self, event: Event) -> None:
        """An event that the recorder itself has to tell."""
        self.events.append(event)
        if self.oldest is None:
            self.oldest = Reading.now().uptime

    def poll(self) -> bool:
        """Read what is new, unless memory holds enough; whether one of the sources may have more."""
        reading = Reading.now()
        before = len(self.events)
        more = before >= MOST or self._read(reading)
        if self.oldest is None and len(self.events) > before:
            self.oldest = reading.uptime
        self._since = reading.uptime
        return more

    def _read(self, reading: Reading) -> bool:
        before = self.log.read
        for text in self.log.lines():
            self._take(text, reading)
        behind = self.log.read > before and self.log.backlog > 0
        rows = outgoing.after(self._live, self._outgoing, _AT_ONCE)
        for number, event in rows:
            self._outgoing = number
            self.events.append(event or make("dropped", int(reading.uptime), kind="all", count=1))
        self._repeats.forget(int(reading.uptime))
        self._depths.forget(int(reading.uptime))
        return behind or len(rows) == _AT_ONCE

    def _take(self, text: str, reading: Reading) -> None:
        seen = line.parse(text)
        if seen is None:
            return
        at = place(seen.wall, reading, self._since)
        if seen.where == "phone" and seen.station:
            self.seen[seen.station] = at
        if seen.counts and not self._repeats.again(seen, at):
            event = _event(seen.what, seen.name, seen.lang, seen.where, self._depths.of(seen, at))
            if event is not None:
                self.events.append(Event(event.kind, at, event.values))
