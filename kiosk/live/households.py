"""A round of visits to households, as numbers: what a volunteer writes down, whether it can be, how it is counted."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

import peewee

from kiosk.events.event import make
from kiosk.live import outgoing
from kiosk.live.store import LiveStore

MOST: Final = 999  # of each number
_ONCE: Final = "household"


@dataclass(frozen=True, slots=True)
class Round:
    """What was seen on one round; nobody's name, and no household by itself.

    Attributes:
        households: visited.
        adults: met there.
        vneid: of them, who have VNeID of level 2.
        pays: of them, who pay by QR themselves.
        services: of them, who have used a public service on line themselves.
    """

    households: int
    adults: int
    vneid: int
    pays: int
    services: int

    @property
    def wrong(self) -> tuple[str, ...]:
        """The numbers that cannot be, by name; none when all can."""
        numbers = asdict(self)
        least = {"households": 1, "adults": 1}
        most = {name: min(self.adults, MOST) for name in ("vneid", "pays", "services")}
        return tuple(name for name, value in numbers.items() if not least.get(name, 0) <= value <= most.get(name, MOST))


def write(store: LiveStore, found: Round, once: str, now: float) -> bool:
    """Count a round; one that was sent twice counts once. Whether there was memory for it.

    Args:
        store: the open state.db.
        found: nothing in it wrong.
        once: the same for each sending of one form, and for no other.
        now: uptime in seconds.
    """
    with suppress(peewee.OperationalError), store.transaction():
        if store.get(_ONCE) != once:
            store.put(_ONCE, once)
            outgoing.put(store, make("household", int(now), **asdict(found)))
        return True
    return False
