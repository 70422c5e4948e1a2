"""A month in the making: what its events add up to, told event by event."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.collector.rollups.details import DETAILS, LANGUAGE, REACHED, SUMS, Kept, numbers, unfold, words
from kiosk.collector.rollups.health import Day
from kiosk.events.event import Value
from kiosk.events.kinds import by_code

_NOTHING = (0,) * len(SUMS)


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
    sums: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    health: dict[tuple[str, int], Day] = field(default_factory=lambda: defaultdict(Day))
    _stations: dict[tuple[str, int, str], tuple[int, int]] = field(default_factory=dict)

    def add(self, device: str, day: int, code: int, payload: str, many: int) -> None:
        """So many equal events of a device's day."""
        code, known, times = unfold(code, payload)
        many *= times
        self.daily[day, code] += many
        name = by_code()[code].name
        if name not in DETAILS and name != "health":
            return
        if name == "health":
            self.health[device, day].look(known, many)
        elif name == "stations":
            self._see(device, day, known)
        else:
            self._keep(name, code, known, many)

    def close(self) -> None:
        """No event comes any more: the stations of each day are what its last word said."""
        code = next(code for code, kind in by_code().items() if kind.name == "stations")
        for (_, _, where), (least, most) in self._stations.items():
            self._sum(code, DETAILS["stations"], {"where": where, "least": least, "most": most}, 1)

    def _see(self, device: str, day: int, known: Mapping[str, Value]) -> None:
        """A day's count is told again whenever it grew: the largest holds, sums would count people twice."""
        key = (device, day, str(known["where"]))
        least, most = self._stations.get(key, (0, 0))
        self._stations[key] = max(least, int(known["least"] or 0)), max(most, int(known["most"] or 0))

    def _keep(self, name: str, code: int, known: dict[str, Value], many: int) -> None:
        if name == LANGUAGE[0]:
            self.language[str(known[LANGUAGE[1]])] += many
            known |= {f"reached{some}": int(known.get("depth") == some) for some in REACHED}
        if name == "play":
            length = self.lengths.get(str(known.get("sound")))
            known |= {"milliseconds": length or 0, "unmeasured": int(length is None)}
        self._sum(code, DETAILS[name], known, many)

    def _sum(self, code: int, kept: Kept, known: Mapping[str, Value], many: int) -> None:
        key = (code, words(kept, known))
        self.many[key] += many
        held = self.sums.get(key, _NOTHING)
        self.sums[key] = tuple(one + many * more for one, more in zip(held, numbers(kept, known), strict=True))
