import pytest

from kiosk.usage import timeline
from kiosk.usage.timeline import Reading


@pytest.mark.parametrize(
    ("wall", "since", "at"),
    [
        (995.0, 90, 95),  # five seconds ago
        (1000.0, 90, 100),
        (2000.0, 90, 100),  # the clock was set back since
        (1.0, 90, 90),  # the clock was set forward since
    ],
)
def test_a_line_lies_between_two_readings_whatever_its_clock_says(wall, since, at):
    assert timeline.place(wall, Reading(1000.0, 100.0), since) == at


def test_a_day_begins_at_midnight_in_viet_nam():
    midnight = 1_790_000_000 // 86_400 * 86_400 + 17 * 3600  # 17:00 UTC
    assert timeline.day(100, midnight - 100) == timeline.day(99, midnight - 100) + 1
