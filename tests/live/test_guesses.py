"""How many guesses at the PIN pass: by figures."""

import tracemalloc
from collections import Counter

import pytest

from kiosk.live.guesses import Guesses, wait
from kiosk.live.pin import Pin, Tried
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from provisioning.new_site import pin_hash

DAY = 86_400
PIN = "7391"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path):
    store = LiveStore.open(Settings(data=tmp_path, run=tmp_path))
    yield store
    store.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(store, clock, tmp_path):
    return Guesses(store, tmp_path / "guesses", clock)


def _passed(guesses, clock, seconds, every=1):
    """How many guesses are looked at by a machine that never tires."""
    end, count = clock.now + seconds, 0
    while clock.now < end:
        count += guesses.take() == 0
        clock.now += max(every, guesses.left())
    return count


def test_the_waits_double_up_to_half_an_hour():
    assert [wait(wrong) for wrong in (0, 3, 4, 5, 6, 9, 10, 11, 1000)] == [0, 0, 30, 60, 120, 960, 1800, 1800, 1800]


def test_ten_thousand_guesses_take_two_hundred_days(guesses, clock):
    assert _passed(guesses, clock, DAY) == 56
    assert _passed(guesses, clock, DAY) == 48
    assert (10_000 - 56) / 48 > 200


def test_patience_gains_nothing(guesses, clock):
    _passed(guesses, clock, DAY)
    assert all(_passed(guesses, clock, 7 * DAY, every) <= 7 * 48 + 1 for every in (900, 2400, 7200, 7300))


def _held(store):
    """Rows of each table, and pages of the file."""
    tables = [name for (name,) in store.database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = [store.database.execute_sql(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables]
    return [*rows, store.database.execute_sql("PRAGMA page_count").fetchone()[0]]


def _grown(act):
    """Bytes that Python holds more after it has been done, and what it gave."""
    tracemalloc.start()
    try:
        given = act()
        return tracemalloc.get_traced_memory()[0], given
    finally:
        tracemalloc.stop()


def test_ten_thousand_guesses_as_fast_as_they_come_let_four_through_and_do_not_open(store, clock, guesses, tmp_path):
    (tmp_path / "pin").write_text(pin_hash(PIN))
    pin = Pin(str(tmp_path / "pin"), guesses)

    def guess(first, end):
        return Counter(pin.attempt(f"{number:04}") for number in range(first, end))

    tried, held = guess(0, 10), _held(store)
    tried += guess(10, 9_000)
    grown, last = _grown(lambda: guess(9_000, 10_000))
    assert tried + last == {Tried.WRONG: 4, Tried.EARLY: 9_996}
    assert _held(store) == held
    assert grown < 1_000 * 40  # less for each than the smallest row of a list would take
    clock.now += 31
    assert pin.attempt(PIN) is Tried.RIGHT
    assert pin.attempt("0000") is Tried.WRONG
    assert pin.left == 0


def test_a_pulled_plug_neither_forgets_nor_shortens(store, clock, guesses, tmp_path):
    _passed(guesses, clock, 7200)
    store.tables.meta.delete().execute()
    started = Clock()
    started.now = 40.0
    again = Guesses(store, tmp_path / "guesses", started)
    assert again.take() == 1800 - 40
    started.now = 1800.0
    assert again.take() == 0
    assert again.left() == 1800


def test_a_right_one_forgets_the_wrong_ones_on_the_card_too(guesses, tmp_path):
    guesses.take()
    assert (tmp_path / "guesses").read_text() == "1"
    guesses.right()
    assert not (tmp_path / "guesses").exists()


@pytest.mark.parametrize("held", [b"", b"x", b"\xff", b"9" * 40, b"-1"])
def test_a_damaged_file_on_the_card_stops_nobody(guesses, tmp_path, held):
    (tmp_path / "guesses").write_bytes(held)
    assert guesses.take() == 0


def test_a_card_that_takes_nothing_leaves_the_count_in_memory(store, clock, tmp_path):
    guesses = Guesses(store, tmp_path / "gone" / "guesses", clock)
    assert [guesses.take() for _ in range(5)] == [0, 0, 0, 0, 30]


def test_a_mistake_is_forgiven_in_two_hours(guesses, clock):
    for _ in range(4):
        guesses.take()
    clock.now += 4 * 7200
    assert [guesses.take() for _ in range(5)] == [0, 0, 0, 0, 30]
