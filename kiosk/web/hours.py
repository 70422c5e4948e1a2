"""Whether the helper answers now: the site's words for it, read as far as they can be, and the time as far as known.

Only what is surely outside the hours takes a call away: words that are not understood, or a clock that nobody has set,
leave it there with the hours beside it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from kiosk.events.epochs import Offset, Quality

_EAST: Final = timedelta(hours=7)  # Viet Nam has one time and no summer time
_NOON, _DAY = 12 * 60, 24 * 60
_EVERY_DAY: Final = frozenset(range(7))
_WORKING: Final = frozenset(range(5))
_NAMES: Final = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
# Generous: people call the edges of a day by either name.
_PARTS: Final = {
    "sáng": (5 * 60, 12 * 60),
    "trưa": (10 * 60, 14 * 60),
    "chiều": (12 * 60, 19 * 60),
    "tối": (17 * 60, 23 * 60),
}
_OFFICE: Final = (7 * 60, 17 * 60 + 30)

_WEEKDAY: Final = r"(?:thứ\s*|t)(hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(chủ nhật|cn)"
_TO: Final = r"\s*(?:-|–|đến|tới)\s*"
_DAYS: Final = re.compile(
    rf"\b(?:{_WEEKDAY})(?:{_TO}(?:(?:thứ\s*|t)?(hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(chủ nhật|cn))\b)?"
)
_TIME: Final = r"(\d{1,2})(?:\s*(?:giờ|h|:)\s*(\d{2}|rưỡi)?)?"
_TIMES: Final = re.compile(rf"\b{_TIME}{_TO}{_TIME}(?![\d:])")
_PART: Final = re.compile(r"\b(" + "|".join(_PARTS) + r")\b")
_OFFICE_HOURS: Final = re.compile(r"\bgiờ hành chính\b")
_ALWAYS: Final = re.compile(r"\b(?:hằng ngày|hàng ngày|mỗi ngày|các ngày|cả tuần|cả ngày|mọi ngày|lúc nào cũng được)\b")
_FILLER: Final = re.compile(r"\b(?:và|từ|buổi|trong tuần|các|ngày|vào|lúc)\b|[\s,.()]+")


@dataclass(frozen=True, slots=True)
class Span:
    """On these weekdays (0 is Monday) from one minute of the day to another."""

    days: frozenset[int]
    start: int
    end: int


def may_call(hours: str, wall: float, quality: Quality) -> bool:
    """Whether the helper may be called.

    Args:
        hours: when the helper answers, as people say it.
        wall: seconds since 1970.
        quality: how well that is known; what few phones or nobody said is not known.
    """
    spans = read(hours)
    if quality < Quality.PHONES or not spans:
        return True
    now = datetime.fromtimestamp(wall, UTC) + _EAST
    minute = now.hour * 60 + now.minute
    return any(now.weekday() in span.days and span.start <= minute <= span.end for span in spans)


def time_of(wall: float, uptime: float, *, synchronized: bool, offset: Offset) -> tuple[float, Quality]:
    """The best-known time and how well it is known: the system's own where NTP has set it, else the recorder's."""
    if synchronized:
        return wall, Quality.SYNCED
    return uptime + offset.seconds, offset.quality


def read(hours: str) -> tuple[Span, ...]:
    """What the words say; nothing where a word of them is not understood."""
    found = [_clause(clause.strip()) for clause in re.split(r"[;\n]", hours.lower()) if clause.strip()]
    return tuple(span for spans in found for span in spans) if all(found) else ()


def _clause(text: str) -> list[Span]:
    days, text = _taken_days(text)
    times, text = _taken(_TIMES, text)
    parts, text = _taken(_PART, text)
    office, text = _taken(_OFFICE_HOURS, text)
    always, text = _taken(_ALWAYS, text)
    if _FILLER.sub("", text) or not (days or times or parts or office or always):
        return []
    on = days or (_WORKING if office else _EVERY_DAY)
    ranges = _ranges(times, {found[1] for found in parts})
    if not times:
        ranges = [_PARTS[found[1]] for found in parts] or [_OFFICE if office else (0, _DAY)]
    return [Span(on, start, end) for start, end in ranges]


def _taken(what: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    """Every place where it stands, and what is left of the text."""
    return list(what.finditer(text)), what.sub(" ", text)


def _taken_days(text: str) -> tuple[frozenset[int], str]:
    found, rest = _taken(_DAYS, text)
    days: set[int] = set()
    for one in found:
        first = _weekday(one[1], one[2])
        last = _weekday(one[3], one[4]) if one[3] or one[4] else first
        days |= {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
    return frozenset(days), rest


def _weekday(name: str | None, sunday: str | None) -> int:
    if sunday or name is None:
        return 6
    return _NAMES[name] if name in _NAMES else int(name) - 2


def _ranges(times: list[re.Match[str]], parts: set[str]) -> list[tuple[int, int]]:
    """Minutes of the day; "2 giờ đến 5 giờ chiều" is after noon, and where both halves are named nobody can tell."""
    made: list[tuple[int, int]] = []
    for found in times:
        start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
        if parts & {"chiều", "tối"} and end < _NOON:
            if "sáng" in parts and start < 6 * 60:
                return []
            start, end = (start, end) if "sáng" in parts else (start + _NOON, end + _NOON)
        if not start < end <= _DAY:
            return []
        made.append((start, end))
    return made


def _minute(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + (30 if minute == "rưỡi" else int(minute or 0))
