"""A box's day: what its looks at itself add up to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.events.event import Value

COLUMNS = (
    "looks",
    "celsius",
    "lowvolts",
    "slowed",
    "disk",
    "memory",
    "stations",
    "refused",
    "signal",
    "card_errors",
    "worn",
)
# The firmware's bits: now, and since the start; its uplink's documentation names them.
_LOW_VOLTAGE = 0x1_0001
_SLOWED = 0xE_000E


@dataclass
class Day:
    """The worst of a day; None: never measured.

    Attributes:
        looks: how often the box looked.
        celsius: the hottest.
        lowvolts: looks with too little voltage.
        slowed: looks with the processor held back.
        disk: MiB, the least.
        memory: MiB, the least.
        stations: the most at once.
        refused: how often the radio turned a station away.
        signal: dBm, the weakest.
        card_errors: of the data partition over its life.
        worn: percent of the disk's life, by its own word.
    """

    looks: int = 0
    celsius: int | None = None
    lowvolts: int = 0
    slowed: int = 0
    disk: int | None = None
    memory: int | None = None
    stations: int | None = None
    refused: int = 0
    signal: int | None = None
    card_errors: int | None = None
    worn: int | None = None

    def look(self, known: Mapping[str, Value], many: int) -> None:
        """Take so many equal looks."""
        bits = int(known["throttled"] or 0)
        self.looks += many
        self.lowvolts += many * bool(bits & _LOW_VOLTAGE)
        self.slowed += many * bool(bits & _SLOWED)
        self.refused += many * int(known["refused"] or 0)
        self.celsius = _worse(max, self.celsius, known["celsius"])
        self.disk = _worse(min, self.disk, known["disk_free_mib"])
        self.memory = _worse(min, self.memory, known["memory_mib"])
        self.stations = _worse(max, self.stations, known["stations"])
        self.signal = _worse(min, self.signal, known["signal_dbm"])
        self.card_errors = _worse(max, self.card_errors, known.get("card_errors"))
        self.worn = _worse(max, self.worn, known.get("worn_percent"))

    def row(self) -> tuple[int | None, ...]:
        """The values in the order of `COLUMNS`."""
        return tuple(getattr(self, column) for column in COLUMNS)


def _worse(of: Callable[[int, int], int], held: int | None, seen: Value) -> int | None:
    if seen is None:
        return held
    return int(seen) if held is None else of(held, int(seen))
