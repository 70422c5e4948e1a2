"""How many distinct stations a day has seen, without keeping which: the salt dies with the day or with the power."""

import hashlib
import secrets
from dataclasses import dataclass

from kiosk.events.event import Event, make


@dataclass(frozen=True, slots=True)
class Count:
    """A day (in Viet Nam, counted from 1970) and how many stations it had at least and at most."""

    day: int
    least: int = 0
    most: int = 0


class Presence:
    """The stations of the day, in memory.

    After a power cut nobody can tell who was there before: the same people (least: the larger of the two counts) or
    all others (most: their sum).

    Args:
        before: what is known of the day from before this start of the program.
    """

    def __init__(self, before: Count) -> None:
        self._before = before
        self._begin(before.day)
        self._told = before
        self._last = 0

    @property
    def count(self) -> Count:
        """What the day has until now."""
        if self._before.day != self._day:
            return Count(self._day, len(self._seen), len(self._seen))
        return Count(self._day, max(self._before.least, len(self._seen)), self._before.most + len(self._seen))

    def see(self, station: str, day: int, at: int) -> Event | None:
        """A station was there; the first one of another day closes the day before, by the event returned.

        Args:
            station: its token.
            day: the day of `at`.
            at: uptime in seconds.
        """
        closing = self.tell() if day > self._day else None
        if day > self._day:
            self._begin(day)
        self._seen.add(hashlib.blake2b(station.encode(), key=self._salt, digest_size=8).digest())
        self._last = at
        return closing

    def tell(self) -> Event | None:
        """The event that says the day's count until now, or None when it was said; the day's last one holds."""
        count = self.count
        if count == self._told or not count.most:
            return None
        self._told = count
        return make("stations", self._last, least=count.least, most=count.most, where="phone")

    def shift(self, day: int) -> None:
        """A better time was learnt: the day that goes on is another than it seemed."""
        self._told = Count(day, self._told.least, self._told.most)
        self._day = day

    def _begin(self, day: int) -> None:
        self._day = day
        self._salt = secrets.token_bytes(16)
        self._seen: set[bytes] = set()
        self._told = Count(day)
