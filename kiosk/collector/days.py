"""Days and months as Viet Nam lives them: one time zone, no summer time.

A day is counted from 1970-01-01; a month is year * 12 + month - 1.
"""

import datetime

DAY = 86_400
ZONE = 7 * 3600
_EPOCH = datetime.date(1970, 1, 1)


def day_of(seconds: int) -> int:
    """The day of a moment, seconds since 1970."""
    return (seconds + ZONE) // DAY


def date_of(day: int) -> datetime.date:
    """The date of a day."""
    return _EPOCH + datetime.timedelta(days=day)


def month_of(day: int) -> int:
    """The month of a day."""
    date = date_of(day)
    return date.year * 12 + date.month - 1


def first_day(month: int) -> int:
    """The first day of a month."""
    return (datetime.date(month // 12, month % 12 + 1, 1) - _EPOCH).days


def span_of(month: int) -> tuple[int, int]:
    """The first and last second of a month, since 1970."""
    return first_day(month) * DAY - ZONE, first_day(month + 1) * DAY - ZONE - 1
