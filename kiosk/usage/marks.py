"""What the recorder leaves in state.db: how far the card was when it last looked, to know a replaced card again."""

import msgspec

from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage.journal import Position

_NAME = "recorder"


class Marks(msgspec.Struct, frozen=True):
    """The recorder's last words of this start of the system.

    Attributes:
        epoch: the epoch it wrote to; empty before the first.
        seq: the last seq it saw committed.
        usage: identity of usage.db's file.
        views: which view log.
        read: bytes of it that are safe, or were given up.
        outgoing: last id of state.db's events that is safe.
        since: uptime of the reading that led there.
    """

    epoch: str = ""
    seq: int = 0
    usage: str = ""
    views: str = ""
    read: int = 0
    outgoing: int = 0
    since: float = 0.0

    @property
    def position(self) -> Position:
        """The place in both sources."""
        return Position(self.views, self.read, self.outgoing)


def read(live: LiveStore) -> Marks:
    """The marks; empty ones in a new state.db."""
    text = live.get(_NAME)
    return msgspec.json.decode(text, type=Marks) if text else Marks()


def write(live: LiveStore, marks: Marks) -> None:
    """Leave marks, and forget the events that they say are safe."""
    with live.transaction():
        put(live, marks)
        outgoing.forget(live, marks.outgoing)


def put(live: LiveStore, marks: Marks) -> None:
    """Leave marks, inside a transaction of the caller."""
    live.put(_NAME, msgspec.json.encode(marks).decode("ascii"))
