"""Does the card go on where memory left off, or does a new epoch begin?

A seq must never be given twice. So an epoch ends with the system, and whenever usage.db or state.db is another than
before: made anew, replaced, or restored from an older copy.
"""

from collections.abc import Sequence

from kiosk.device.health import board
from kiosk.events.event import Event, make
from kiosk.live.errors import named
from kiosk.live.store import LiveStore
from kiosk.usage import marks
from kiosk.usage.journal import Current, Journal, Position
from kiosk.usage.marks import Marks
from kiosk.usage.timeline import Reading
from kiosk.usage.viewlog import ViewLog
from kiosk.version import VERSION


def pair(
    journal: Journal, live: LiveStore, log: ViewLog, *, device: str, boot: str, found: Sequence[Event] = ()
) -> Current:
    """The epoch to write to, with the place from which both sources are to be read.

    Args:
        journal: usage.db.
        live: state.db.
        log: the view log; it is left at that place.
        device: the box's id.
        boot: the kernel's id of this start.
        found: what the box has to tell of how it came up; said once, where an epoch begins with a start.
    """
    left, held = marks.read(live), journal.current()
    reason = changed(held, left, usage=journal.store.identity, device=device, boot=boot)
    read = max((_read(log, place) for place in (left.position, held.position if held else Position())), default=0)
    log.resume(log.name, read)
    if held and not reason:
        place = Position(log.name, read, held.position.outgoing)
        return Current(held.name, held.device, held.boot, held.seq, held.offset, place)
    place = Position(log.name, read, left.outgoing)
    model = named(board()) if board() else None
    start = make("start", int(Reading.now().uptime), version=VERSION, reason=reason, board=model)
    told = found if held is None or held.boot != boot else ()
    current = journal.begin(device=device, boot=boot, position=place, events=[start, *told])
    marks.write(live, mark(current, journal.store.identity, left.since))
    return current


def changed(held: Current | None, left: Marks, *, usage: str, device: str, boot: str) -> str:
    """Why a new epoch must begin, in a word for the `start` event; empty when the held one goes on."""
    if held is None:
        return "usage-new" if left.epoch else "first"
    reasons = {
        "boot": held.boot != boot,
        "board": held.device != device,
        "state-new": not left.epoch,
        "usage-restored": left.epoch != held.name or left.seq > held.seq or left.usage != usage,
    }
    return next((reason for reason, true in reasons.items() if true), "")


def mark(current: Current, usage: str, since: float) -> Marks:
    """What is left in state.db when the card stands at `current`."""
    place = current.position
    return Marks(current.name, current.seq, usage, place.views, place.read, place.outgoing, since)


def _read(log: ViewLog, place: Position) -> int:
    log.resume(place.views, place.read)
    return log.read
