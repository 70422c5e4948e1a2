"""What waits for the card, read from its two sources into memory: lines of the view log, and state.db's events."""

from functools import lru_cache

from kiosk.events import line
from kiosk.events.event import Event, make
from kiosk.events.line import PLAY_AGAIN_SECONDS, Line, Part, What
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage.journal import Position
from kiosk.usage.timeline import Reading, place
from kiosk.usage.viewlog import ViewLog

_MOST = 5_000  # events held in memory; what comes faster waits in its source
_AT_ONCE = 1_000


class Plays:
    """The plays of the last ten minutes: a station that begins the same sound again is not another listener."""

    def __init__(self) -> None:
        self._begun: dict[tuple[str, str, str], int] = {}

    def again(self, seen: Line, at: int) -> bool:
        """Whether this line only repeats a play that was counted; a play by nobody known never does."""
        if seen.what is not What.SOUND or not seen.station:
            return False
        key = (seen.station, seen.name, seen.where)
        begun = self._begun.get(key)
        if begun is not None and at - begun < PLAY_AGAIN_SECONDS:
            return True
        self._begun[key] = at
        return False

    def forget(self, now: int) -> None:
        """Drop who began longer ago than ten minutes."""
        self._begun = {key: at for key, at in self._begun.items() if now - at < PLAY_AGAIN_SECONDS}


@lru_cache(maxsize=4096)
def _event(what: What, name: str, lang: str, where: str) -> Event | None:
    """The event of a line that counts, at no time: a village opens the same few hundred things over and over."""
    return line.to_event(Line(what, name, lang, 200, Part.ALL, 0.0, where), 0)


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
        self._plays = Plays()
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
        self._plays = Plays()
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
        """Read what is new; whether one of the sources has more."""
        reading = Reading.now()
        before = len(self.events)
        more = len(self.events) < _MOST and self._read(reading)
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
        self._plays.forget(int(reading.uptime))
        return behind or len(rows) == _AT_ONCE

    def _take(self, text: str, reading: Reading) -> None:
        seen = line.parse(text)
        if seen is None:
            return
        at = place(seen.wall, reading, self._since)
        if seen.where == "phone" and seen.station:
            self.seen[seen.station] = at
        if seen.counts and not self._plays.again(seen, at):
            event = _event(seen.what, seen.name, seen.lang, seen.where)
            if event is not None:
                self.events.append(Event(event.kind, at, event.values))
