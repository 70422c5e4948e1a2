"""Which phones are asked for the time: those that practise, while nothing better is known; never the touchscreen."""

from kiosk import clock
from kiosk.events.epochs import Quality
from kiosk.live import votes
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.usage import note
from kiosk.web.station import TOUCHSCREEN, Station

FIELD = "t"  # of the form that a step's script sends


class Votes:
    """The question on a page, and its answer.

    Args:
        settings: the house.
        store: the open state.db.
    """

    def __init__(self, settings: Settings, store: LiveStore) -> None:
        self._settings = settings
        self._store = store

    def ask(self, station: Station) -> str:
        """The nonce for a page that this station gets; empty when it is not asked."""
        epoch = self._epoch(station)
        return votes.ask(self._store, epoch, station.key, int(clock.uptime())) if epoch else ""

    def hear(self, station: Station, answer: str) -> None:
        """What its script sent with a tap."""
        if answer and (epoch := self._epoch(station)):
            votes.hear(self._store, epoch, station.key, answer, int(clock.uptime()))

    def _epoch(self, station: Station) -> str:
        """The epoch that votes are wanted for; empty when none are, or not of this station."""
        told = note.read(self._settings)
        if station.where == TOUCHSCREEN or told is None or told.boot != clock.boot_id():
            return ""
        return told.epoch if told.quality < Quality.COLLECTOR else ""
