"""Which phones are asked for the time: those that practise, while nothing better is known; never the touchscreen."""

from collections.abc import Mapping
from typing import Any

from kiosk import clock
from kiosk.events.epochs import Quality
from kiosk.live import votes
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.usage import note
from kiosk.web.station import TOUCHSCREEN, Station, Stations

FIELD = "t"  # of the form that a step's script sends


class Votes:
    """The question on a page, and its answer.

    Args:
        settings: the house.
        store: the open state.db.
        stations: who asks.
    """

    def __init__(self, settings: Settings, store: LiveStore, stations: Stations) -> None:
        self._settings = settings
        self._store = store
        self._stations = stations

    def ask(self, environ: Mapping[str, Any]) -> str:
        """The nonce for the page that a WSGI request gets; empty when its station is not asked."""
        station = self._stations.of(environ)
        epoch = self._epoch(station)
        return votes.ask(self._store, epoch, station.key, int(clock.uptime())) if epoch else ""

    def hear(self, environ: Mapping[str, Any], text: str) -> None:
        """What the script of a page sent with a tap: most were not asked, and cost nothing more."""
        answer = votes.parse(text)
        if answer is None:
            return
        station = self._stations.of(environ)
        if epoch := self._epoch(station):
            votes.hear(self._store, epoch, station.key, answer, int(clock.uptime()))

    def _epoch(self, station: Station) -> str:
        """The epoch that votes are wanted for; empty when none are, or not of this station."""
        if station.where == TOUCHSCREEN:
            return ""
        told = note.read(self._settings)
        if told is None or told.quality >= Quality.COLLECTOR or told.boot != clock.boot_id():
            return ""
        return told.epoch
