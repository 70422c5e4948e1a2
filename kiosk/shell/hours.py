"""Hours of a day, as a site writes them: from 20:30 to 6:00."""

from dataclasses import dataclass

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of the day, in minutes after midnight; it may pass midnight, and is empty when both are the same."""

    start: int
    end: int

    def hold(self, minute: int) -> bool:
        """Whether a minute of the day lies inside."""
        return (minute - self.start) % _DAY < (self.end - self.start) % _DAY


def parse(text: str) -> Hours:
    """Hours written as `20:30-06:00`; empty text is no hour at all.

    Raises:
        ValueError: not written so.
    """
    if not text:
        return Hours(0, 0)
    start, _, end = text.partition("-")
    return Hours(_minute(start), _minute(end))


def _minute(text: str) -> int:
    hour, mark, minute = text.partition(":")
    if not (mark and hour.isdecimal() and minute.isdecimal() and len(minute) == 2):  # noqa: PLR2004  minutes
        raise ValueError(f"{text!r} is no time of day")
    found = int(hour) * 60 + int(minute)
    if found >= _DAY or int(minute) >= 60:  # noqa: PLR2004
        raise ValueError(f"{text!r} is no time of day")
    return found
