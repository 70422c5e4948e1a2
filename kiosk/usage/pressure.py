"""When the card takes nothing for long: the oldest of what waits in memory is given up, and counted."""

from collections import Counter

import msgspec

from kiosk.events import line
from kiosk.events.event import make
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage import marks
from kiosk.usage.viewlog import ViewLog

LOG_MOST = 12 * 1024 * 1024  # bytes; the log's own file system has 16 MB
_AT_ONCE, _LEAST = 262_144, 4_096  # bytes of one reading
OUTGOING_MOST = 50_000  # events, about 10 MB of memory


def relieve_log(live: LiveStore, log: ViewLog, now: int, *, most: int = LOG_MOST) -> int:
    """Give up the older half of the view log when more than `most` bytes wait; how many events that were.

    The place behind it and the event that tells the loss are one transaction of state.db, so a kill counts nothing
    twice. Call it with nothing of the log in memory.
    """
    if log.backlog <= most:
        return 0
    lost: Counter[str] = Counter()
    goal = log.read + log.backlog - most // 2
    while log.read < goal and (lines := log.lines(max(_LEAST, min(_AT_ONCE, goal - log.read)))):
        lost.update(_kinds(lines))
    with live.transaction():
        _tell(live, lost, now)
        left = marks.read(live)
        marks.put(live, msgspec.structs.replace(left, views=log.name, read=log.read))
    log.punch()
    return lost.total()


def relieve_outgoing(live: LiveStore, now: int, *, most: int = OUTGOING_MOST) -> int:
    """Give up the older half of state.db's events when more than `most` wait; how many they were."""
    if outgoing.waiting(live) <= most:
        return 0
    with live.transaction():
        lost = outgoing.drop(live, outgoing.waiting(live) - most // 2)
        _tell(live, lost, now)
    return lost.total()


def _kinds(lines: list[str]) -> list[str]:
    parsed = (line.parse(text) for text in lines)
    events = (line.to_event(seen, 0) for seen in parsed if seen)
    return [event.kind for event in events if event]


def _tell(live: LiveStore, lost: Counter[str], now: int) -> None:
    for kind, count in sorted(lost.items()):
        outgoing.put(live, make("dropped", now, kind=kind, count=count))
