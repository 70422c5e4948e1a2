import random

from kiosk.collector.dashboard.geography import land


def _places(many: int, chance: random.Random) -> tuple[tuple[int, int], ...]:
    return tuple((22_000_000 + chance.randrange(900_000), 103_000_000 + chance.randrange(900_000)) for _ in range(many))


def test_every_village_lies_on_the_land_and_north_is_up() -> None:
    drawn = land(((22_900_000, 103_000_000), (22_000_000, 103_500_000)), ("a", "b"))
    (first, second), high = drawn.points, drawn.high
    assert first[1] < second[1]
    assert first[0] < second[0]
    assert all(0 <= x <= 1000 and 0 <= y <= high for x, y in drawn.points)


def test_communes_that_touch_differ_in_tint_and_have_a_border() -> None:
    grid = tuple((22_000_000 + 9_000 * row, 103_000_000 + 10_000 * column) for row in range(12) for column in range(12))
    drawn = land(grid, tuple("a" if east < 103_050_000 else "b" for _, east in grid))
    assert [bool(path) for path in drawn.tints] == [True, True, False, False]
    assert drawn.borders
    assert not land(grid, ("a",) * len(grid)).borders


def test_one_village_two_at_one_place_and_many_are_drawn() -> None:
    assert land(((22_000_000, 103_000_000),), ("a",)).coast
    assert land(((22_000_000, 103_000_000),) * 2, ("a", "b")).coast
    places = _places(300, random.Random(3))
    drawn = land(places, tuple(str(place[0] // 300_000) for place in places))
    assert sum(path.count("z") for path in drawn.tints) == 300
