"""A month in the making: what its events add up to, told event by event."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.collector.rollups.details import LANGUAGE, SUMS, Met, met, words
from kiosk.collector.rollups.health import Day
from kiosk.events.kinds import kinds


@dataclass
class Sums:
    """The month.

    Attributes:
        lengths: milliseconds of each sound that a pack told of.
        daily: by day and kind.
        language: cards by language.
        many: by kind and words; `sums` the numbers beside.
        health: by device and day.
    """

    lengths: Mapping[str, int]
    daily: Counter[tuple[int, int]] = field(default_factory=Counter)
    language: Counter[str] = field(default_factory=Counter)
    many: Counter[tuple[int, str]] = field(default_factory=Counter)
    sums: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * len(SUMS)))
    health: dict[tuple[bytes, int], Day] = field(default_factory=lambda: defaultdict(Day))
    _stations: dict[tuple[bytes, int, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, device: bytes, day: int, code: int, payload: str, many: int) -> None:
        """So many equal events of a device's day."""
        event = met(code, payload)
        many *= event.times
        self.daily[day, event.code] += many
        if event.name == "health":
            self.health[device, day].look(event.known, many)
        elif event.name == "stations":
            self._see(device, day, event.known)
        elif event.what is not None:
            self._keep(event, event.what, many)

    def close(self) -> None:
        """No event comes any more: the stations of each day are what its last word said."""
        code = kinds()["stations"].code
        for (_, _, where), (least, most) in self._stations.items():
            self._sum((code, words("stations", {"where": where})), ((0, least), (1, most)), 1)

    def _see(self, device: bytes, day: int, known: Mapping[str, object]) -> None:
        """A day's count is told again whenever it grew: the largest holds, sums would count people twice."""
        key = (device, day, str(known["where"]))
        least, most = self._stations.get(key, (0, 0))
        self._stations[key] = max(least, _number(known["least"])), max(most, _number(known["most"]))

    def _keep(self, event: Met, what: str, many: int) -> None:
        numbers = event.numbers
        if event.name == LANGUAGE[0]:
            if lang := event.known[LANGUAGE[1]]:
                self.language[str(lang)] += many
        elif event.name == "play":
            length = self.lengths.get(str(event.known.get("sound")))
            numbers = ((1, 1),) if length is None else ((0, length),)
        self._sum((event.code, what), numbers, many)

    def _sum(self, key: tuple[int, str], numbers: tuple[tuple[int, int], ...], many: int) -> None:
        self.many[key] += many
        held = self.sums[key]
        for place, number in numbers:
            held[place] += many * number


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
