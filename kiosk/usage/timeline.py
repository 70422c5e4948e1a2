"""When a line of the view log was written, in uptime: its own wall clock may jump, uptime never does."""

from dataclasses import dataclass
from typing import Self

from kiosk import clock

HOUSE_SECONDS_EAST = 7 * 3600  # Viet Nam has one time zone and no summer time
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Reading:
    """Wall clock and uptime, looked at together, in seconds."""

    wall: float
    uptime: float

    @classmethod
    def now(cls) -> Self:
        """Both clocks as they stand."""
        return cls(clock.wall(), clock.uptime())

    @property
    def offset(self) -> int:
        """Seconds since 1970 minus uptime, as this machine believes."""
        return round(self.wall - self.uptime)


def place(wall: float, reading: Reading, since: float) -> int:
    """The uptime, in whole seconds, at which the wall clock showed `wall`.

    Args:
        wall: seconds since 1970, from the line.
        reading: both clocks when the line was read.
        since: uptime of the reading before; the line was written between the two, whatever its clock says.
    """
    at = reading.uptime - (reading.wall - wall)
    return int(reading.uptime if at > reading.uptime else since if at < since else at)


def day(at: float, offset: int) -> int:
    """The day in Viet Nam, counted from 1970, of an uptime under an offset."""
    return int(at + offset + HOUSE_SECONDS_EAST) // _DAY
