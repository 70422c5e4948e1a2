import pytest

from kiosk.shell.hours import Hours, parse


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("20:00-06:00", (1200, 1439, 0, 359), (360, 720, 1199)),
        ("11:30-13:30", (690, 809), (689, 810, 0)),
        ("", (), (0, 720, 1439)),
        ("6:00-6:00", (), (0, 360, 361)),
    ],
)
def test_hours_hold_their_minutes(text: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    hours = parse(text)
    assert all(map(hours.hold, inside))
    assert not any(map(hours.hold, outside))


@pytest.mark.parametrize(
    "text", ["20:00", "20-6", "25:00-06:00", "20:60-06:00", "20:00-06:0", "a:00-06:00", "-", "20:00-6:00-7:00"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        parse(text)


def test_they_are_minutes() -> None:
    assert parse("20:30-06:05") == Hours(1230, 365)
