"""When the helper answers, in the words of the site file."""

from datetime import UTC, datetime

import pytest

from kiosk.events.epochs import Offset, Quality
from kiosk.web.hours import may_call, read, time_of

MONDAY, SATURDAY, SUNDAY = 5, 10, 11  # of January 2026


def at(day: int, hour: int, minute: int = 0) -> float:
    """Seconds since 1970 of a moment in Viet Nam."""
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC).timestamp() - 7 * 3600


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        ("8 giờ đến 17 giờ", [(MONDAY, 8), (SUNDAY, 16)], [(MONDAY, 7), (MONDAY, 18)]),
        ("7:30-11:30, 13:30-17:00", [(MONDAY, 9), (MONDAY, 15)], [(MONDAY, 12), (MONDAY, 20)]),
        ("7h30–11h30", [(MONDAY, 8)], [(MONDAY, 14)]),
        ("7 giờ rưỡi đến 11 giờ", [(MONDAY, 8)], [(MONDAY, 7)]),
        ("Sáng thứ bảy", [(SATURDAY, 8)], [(SATURDAY, 15), (SUNDAY, 8)]),
        ("Tối thứ ba, thứ năm", [(6, 19), (8, 19)], [(6, 9), (MONDAY, 19)]),
        ("Giờ hành chính", [(MONDAY, 8)], [(MONDAY, 20), (SATURDAY, 9)]),
        ("Thứ 2 đến thứ 6, 8h-17h", [(MONDAY, 9)], [(SATURDAY, 9), (MONDAY, 19)]),
        ("T2-T7: 8h-11h".replace(":", ""), [(SATURDAY, 9)], [(SUNDAY, 9)]),
        ("thứ bảy đến thứ hai", [(SUNDAY, 3), (MONDAY, 3), (SATURDAY, 3)], [(6, 3)]),
        ("2 giờ đến 5 giờ chiều", [(MONDAY, 15)], [(MONDAY, 3)]),
        ("sáng 7h-11h; chiều 14h-17h", [(MONDAY, 8), (MONDAY, 15)], [(MONDAY, 12)]),
        ("hằng ngày 8h-20h", [(SUNDAY, 19)], [(SUNDAY, 21)]),
        ("cả ngày chủ nhật", [(SUNDAY, 2)], [(MONDAY, 2)]),
    ],
)
def test_inside_the_hours_she_may_call_and_outside_she_may_not(
    hours: str, inside: list[tuple[int, int]], outside: list[tuple[int, int]]
) -> None:
    assert all(may_call(hours, at(day, hour), Quality.SYNCED) for day, hour in inside)
    assert not any(may_call(hours, at(day, hour), Quality.SYNCED) for day, hour in outside)


@pytest.mark.parametrize(
    "hours",
    ["", "khi rảnh", "sáng 2h-5h chiều", "8 giờ", "25h-30h", "trừ chủ nhật", "17h-8h", "thứ 9", "8h-11h; hỏi Mai"],
)
def test_words_that_are_not_understood_take_no_call_away(hours: str) -> None:
    assert read(hours) == ()
    assert may_call(hours, at(MONDAY, 3), Quality.SYNCED)


@pytest.mark.parametrize("quality", list(Quality))
def test_a_clock_that_is_not_known_takes_no_call_away(quality: Quality) -> None:
    assert may_call("8h-17h", at(MONDAY, 3), quality) is (quality < Quality.PHONES)


def test_the_edges_of_the_hours_are_inside() -> None:
    assert may_call("8h-17h", at(MONDAY, 8), Quality.COLLECTOR)
    assert may_call("8h-17h", at(MONDAY, 17), Quality.COLLECTOR)
    assert not may_call("8h-17h", at(MONDAY, 17, 1), Quality.COLLECTOR)


def test_the_time_is_the_systems_where_ntp_has_set_it_else_the_recorders() -> None:
    offset = Offset(1000, Quality.PHONES, 1)
    assert time_of(5.0, 20.0, synchronized=True, offset=offset) == (5.0, Quality.SYNCED)
    assert time_of(5.0, 20.0, synchronized=False, offset=offset) == (1020.0, Quality.PHONES)
