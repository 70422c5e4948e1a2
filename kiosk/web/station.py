"""Who asks: which station, from where, and whether it meant to ask us at all."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address
from threading import Event as Stop
from typing import Any, Final

from kiosk import clock
from kiosk.device.leases import Lease, read_leases
from kiosk.device.stations import station_key
from kiosk.live import released
from kiosk.live.store import LiveStore
from kiosk.portal.probes import bare
from kiosk.settings import Settings
from kiosk.web.sockets import LOOPBACK

PHONE: Final = "phone"
TOUCHSCREEN: Final = "touchscreen"

# Set by nginx, which stands before our Unix sockets; believed only where settings.portal.proxied says so.
_ADDRESS, _CAPTURED, _WHERE = "HTTP_X_KIOSK_ADDRESS", "HTTP_X_KIOSK_CAPTURED", "HTTP_X_KIOSK_WHERE"
# On a laptop nothing stands before us: the window on this very desk says by its name that it is one.
_AGENT: Final = "DomDom/1 touchscreen"
# On a laptop the host alone tells whether we were meant: these, plain names and addresses are the house.
_OURS: Final = (".local", ".localhost", ".lan", ".home.arpa")
_TOKEN = 4
REFRESH: Final = 20.0  # seconds between two looks at the leases; a phone renews after half an hour


@dataclass(frozen=True, slots=True)
class Station:
    """Who asks.

    Attributes:
        key: 16 hex digits, the same for this phone on this lease.
        left: seconds that its lease still has; those of a new one where nobody gives leases.
        where: `phone` or `touchscreen`.
    """

    key: str
    left: int
    where: str

    @property
    def token(self) -> str:
        """What a line of the view log bears of it: 4 hex digits."""
        return self.key[:_TOKEN]


class Stations:
    """Tells stations apart; reads the lease file when it has changed.

    Args:
        settings: the house.
        store: the open state.db.
    """

    def __init__(self, settings: Settings, store: LiveStore) -> None:
        self._settings = settings
        self._store = store
        self._lock = threading.Lock()
        self._salt = ""
        self._stamp: tuple[int, int] | None = None
        self._leases: dict[str, Lease] = {}

    def refresh(self) -> None:
        """Look at the leases though nobody asks: a release goes on with a renewed lease and ends with a lapsed one."""
        with self._lock:
            self._read()

    def keep_fresh(self, stop: Stop, every: float = REFRESH) -> None:
        """Refresh now and again until `stop` is set."""
        released.keep(self._store, self.refresh, stop, every)

    def captured(self, environ: Mapping[str, Any]) -> bool:
        """Whether a WSGI request was meant for somebody else; touches no file and no database."""
        portal = self._settings.portal
        if portal.proxied:
            return environ.get(_CAPTURED) == "1"
        host = bare(environ.get("HTTP_HOST", ""))
        if host == portal.capture:
            return True
        return not (host in {"", portal.host} or host.endswith(_OURS) or "." not in host or _is_address(host))

    def of(self, environ: Mapping[str, Any]) -> Station:
        """The station that sent a WSGI request."""
        address, where = environ.get("REMOTE_ADDR", ""), PHONE
        if self._settings.portal.proxied:
            address = environ.get(_ADDRESS, "")
            where = TOUCHSCREEN if environ.get(_WHERE) == TOUCHSCREEN else PHONE
        elif address in LOOPBACK and environ.get("HTTP_USER_AGENT") == _AGENT:
            where = TOUCHSCREEN
        with self._lock:
            lease = self._read().get(address)
            left = lease.left(clock.wall(), self._settings.portal.lease) if lease else self._settings.portal.lease
            return Station(self._key(address, lease.mac if lease else ""), left, where)

    def is_released(self, environ: Mapping[str, Any]) -> bool:
        """Whether the station that sent a WSGI request has been let out of the sheet."""
        return released.is_released(self._store, self.of(environ).key, int(clock.uptime()))

    def release(self, station: Station, system: str) -> bool:
        """Let a station of that family of systems out and count it; whether there was memory to remember it."""
        now, portal = int(clock.uptime()), self._settings.portal
        left = station.left if station.left > 0 else portal.lease  # a jump of the clock, not a lapsed lease: it asks
        return released.ask_out(self._store, station.key, now, system, left=left, longest=portal.longest)

    def _key(self, address: str, mac: str) -> str:
        self._salt = self._salt or self._store.salt
        return station_key(address, mac, self._salt)

    def _read(self) -> dict[str, Lease]:
        """The current leases; a change in the file renews or ends what was released."""
        try:
            seen = self._settings.leases.stat()
            stamp = (seen.st_mtime_ns, seen.st_size)
        except OSError:
            return {}
        if stamp != self._stamp and (leases := read_leases(self._settings.leases)) is not None:
            self._renew(leases)
            self._leases, self._stamp = leases, stamp
        return self._leases

    def _renew(self, leases: dict[str, Lease]) -> None:
        wall, portal = clock.wall(), self._settings.portal
        left = {self._key(lease.address, lease.mac): lease.left(wall, portal.lease) for lease in leases.values()}
        released.renew(self._store, left, int(clock.uptime()), longest=portal.longest)


def _is_address(host: str) -> bool:
    try:
        IPv4Address(host)
    except AddressValueError:
        return host.startswith("[")
    return True
