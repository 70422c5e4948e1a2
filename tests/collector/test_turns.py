import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.collector.turns import BusyError, Turns, place


@contextmanager
def _taken(turns: Turns) -> Iterator[None]:
    """Somebody's work goes on for as long as the block lasts."""
    begun, gate = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        gate.wait(30)

    other = threading.Thread(target=turns.take, args=(work,))
    other.start()
    assert begun.wait(30)
    yield
    gate.set()
    other.join()


def test_who_finds_every_place_taken_is_sent_away_without_waiting() -> None:
    turns = Turns(at_once=1, waiting=0)
    with _taken(turns), pytest.raises(BusyError):
        turns.take(lambda: None)
    assert turns.take(lambda: "later") == "later"


def test_who_waits_too_long_is_sent_away_and_leaves_the_place_to_others() -> None:
    turns, came = Turns(at_once=1, waiting=1), []
    with _taken(turns):
        for number in range(3):
            with pytest.raises(BusyError):
                turns.take(lambda: came.append(number), 0.01)  # noqa: B023  called now or never
    assert turns.take(lambda: "later") == "later"
    assert came == []


def test_what_has_begun_is_done_though_nobody_waits_for_it() -> None:
    turns, gate, done = Turns(), threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(30)
        done.set()

    with pytest.raises(BusyError):
        turns.take(work, 0.01)
    gate.set()
    assert done.wait(30)


def test_a_place_is_free_again_once_it_is_left() -> None:
    places = threading.BoundedSemaphore(1)
    for _ in range(2):
        with place(places), pytest.raises(BusyError), place(places):
            pass


def test_what_the_work_raises_is_raised_and_its_place_is_free_again() -> None:
    turns = Turns()
    for _ in range(20):
        with pytest.raises(ZeroDivisionError):
            turns.take(lambda: 1 / 0)
