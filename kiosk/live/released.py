"""Which stations have asked to be let out of the sheet. It ends with their lease, and after the longest time anyway.

Times are uptime in whole seconds; a station is a key of device.stations.
"""

import contextlib
from collections.abc import Callable, Mapping
from threading import Event as Stop

import peewee

from kiosk import clock
from kiosk.events.event import make
from kiosk.events.line import UNKNOWN_SYSTEM
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.live.tables import Released


def is_released(store: LiveStore, station: str, now: int) -> bool:
    """Whether the station is let out now; where nobody can tell, it is not."""
    table = store.tables.released
    found = False
    with contextlib.suppress(peewee.OperationalError):
        found = table.select().where((table.station == station) & (table.until > now)).exists()
    return found


def release(store: LiveStore, station: str, now: int, *, left: int, longest: int, system: str = UNKNOWN_SYSTEM) -> None:
    """Let a station out; call it inside `store.transaction()`.

    Args:
        store: the open state.
        station: its key.
        now: uptime.
        left: seconds that its lease still has.
        longest: seconds after which it is captured again in any case.
        system: its family, told again when it is captured.
    """
    table = store.tables.released
    row = table.insert(station=station, since=now, until=now + min(left, longest), system=system)
    row.on_conflict_replace().execute()


def ask_out(store: LiveStore, station: str, now: int, system: str, *, left: int, longest: int) -> bool:
    """Let a station out and count it; whether it could be written down: memory may be full."""
    with contextlib.suppress(peewee.OperationalError), store.transaction():
        release(store, station, now, left=left, longest=longest, system=system)
        outgoing.put(store, make("portal", now, system=system, what="released"))
        return True
    return False


def end_lapsed(store: LiveStore, now: int) -> None:
    """Capture those whose time is over, and count it."""
    table = store.tables.released
    if not table.select().where(table.until <= now).exists():
        return
    with store.transaction():
        for row in list(table.select().where(table.until <= now)):
            _capture(store, row, now)


def _capture(store: LiveStore, row: Released, now: int) -> None:
    table = store.tables.released
    table.delete().where(table.station == row.station).execute()
    outgoing.put(store, make("portal", now, system=row.system, what="captured"))


def renew(store: LiveStore, left: Mapping[str, int], now: int, *, longest: int) -> None:
    """Carry each release on to the end of its station's lease, and capture whose lease has gone.

    A lease that had lapsed before this was called does not count as going on, also when the same phone took it again.
    Where the memory is full nothing changes: pages go on, and a release that is not carried on ends by itself.

    Args:
        store: the open state.
        left: station -> seconds that its lease still has, every current lease.
        now: uptime.
        longest: seconds after a release at which it ends in any case.
    """
    table = store.tables.released
    with contextlib.suppress(peewee.OperationalError), store.transaction():
        for row in list(table.select()):
            until = min(row.since + longest, now + left.get(row.station, 0))
            if now >= min(row.until, until):
                _capture(store, row, now)
            elif until != row.until:
                table.update(until=until).where(table.station == row.station).execute()


def keep(store: LiveStore, look: Callable[[], None], stop: Stop, every: float) -> None:
    """Look at the leases every so many seconds until `stop` is set: a release goes on, or ends, though nobody asks."""
    while not stop.wait(every):
        with contextlib.suppress(peewee.OperationalError):  # the lock is held: the next time
            look()
            end_lapsed(store, int(clock.uptime()))
    store.close()
