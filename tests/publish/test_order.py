import pytest
from msgspec.structs import replace

from kiosk.packs.library import Shelf
from kiosk.publish.order import FEW, arranged, rank
from tests.packs.made import whole


def shelf(topic, *lessons):
    one = whole()
    paths = tuple(("thu", replace(one.paths[0], id=lesson, lesson=lesson)) for lesson in lessons)
    return Shelf(replace(one.topics[0], id=topic), paths)


SHELVES = (shelf("tien", "quet", "chuyen", "nuoc"), shelf("giay", "cai", "xem"))


def order(**used):
    found = arranged(SHELVES, {f"thu/{lesson}": count for lesson, count in used.items()})
    return [one.topic.id for one in found], [path.lesson for one in found for _, path in one.paths]


@pytest.mark.parametrize(
    ("used", "topics", "lessons"),
    [
        ({}, "tien giay", "quet chuyen nuoc cai xem"),
        ({"nuoc": 100}, "tien giay", "nuoc quet chuyen cai xem"),
        ({"xem": 100}, "giay tien", "xem cai quet chuyen nuoc"),
        ({"nuoc": FEW - 1, "xem": FEW - 1}, "tien giay", "quet chuyen nuoc cai xem"),
        ({"quet": 70, "chuyen": 100}, "tien giay", "quet chuyen nuoc cai xem"),
        ({"quet": 70, "chuyen": 130}, "tien giay", "chuyen quet nuoc cai xem"),
    ],
)
def test_what_is_used_much_more_stands_first_and_small_differences_move_nothing(used, topics, lessons):
    assert order(**used) == (topics.split(), lessons.split())


def test_few_are_as_good_as_none():
    assert rank(FEW - 1) == rank(0) == 0
    assert rank(FEW) == rank(2 * FEW - 1) < rank(2 * FEW)
