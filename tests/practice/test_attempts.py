import re
import threading
import time
from collections import Counter

import msgspec
import peewee
import pytest

from kiosk.live.outgoing import after
from kiosk.live.store import LiveStore
from kiosk.practice import scenario as format_
from kiosk.practice.attempts import MOST, SWEEP, Attempts
from kiosk.practice.engine import apply
from kiosk.practice.graph import start as begin
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Choose, Digit, Hint, encode_state
from kiosk.practice.visits import KEEP, PAUSE
from kiosk.practice.walks import walk, walk_with_mistakes
from kiosk.settings import Settings


class Clock:
    """Seconds that a test lets pass."""

    now = 1000.0

    def __call__(self):
        return self.now


class OneShelf(Shelf):
    """A shelf with the scenarios of the tests, as the pack `thu`."""

    def __init__(self, *scenarios):
        self.all = {("thu", one.id): one for one in scenarios}

    def find(self, pack, name):
        return self.all.get((pack, name))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    opened = LiveStore.open(Settings(data=tmp_path, run=tmp_path / "run"))
    yield opened
    opened.close()


@pytest.fixture
def shelf(tiny, real):
    return OneShelf(tiny("store"), tiny("lock"), tiny("app"), real("tra-tien-qr"))


@pytest.fixture
def attempts(store, shelf, clock):
    return Attempts(store, shelf, clock)


def start(attempts, scenario="store", stage="alone", station="aa" * 8, **more):
    wanted = {"station": station, "where": "phone", "setting": "alone", "seed": 1, **more}
    return attempts.start("thu", scenario, stage, **wanted)


def events(store, kind=None):
    return [event for _, event in after(store, 0, 10_000) if kind in (None, event.kind)]


def test_a_whole_attempt_is_counted_once_with_its_circumstances(attempts, store, clock):
    standing = start(attempts, "tra-tien-qr")
    for action in walk(standing.scenario, standing.state.variant):
        clock.now += 2
        standing = attempts.act(standing.visit, standing.number, standing.state.serial, action)
    assert standing.state.place == "done"
    (done,) = events(store, "attempt")
    fields = done.fields()
    assert (fields["scenario"], fields["unaided"], fields["setting"]) == ("thu/tra-tien-qr", True, "alone")
    assert fields["seconds"] == 2 * standing.state.serial
    assert Counter(event.kind for event in events(store))["trap"] == 1
    assert all(event.fields()["variant"] == standing.state.variant for event in events(store))


def test_a_visit_cannot_be_guessed_and_goes_on_for_the_same_station(attempts):
    one, two = start(attempts), start(attempts, "lock")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", one.visit)
    assert (two.visit, two.number) == (one.visit, 2)
    assert start(attempts, "lock", station="bb" * 8).visit != one.visit


def test_a_replayed_serial_acts_once(attempts, store):
    standing = start(attempts, "lock")
    first = attempts.act(standing.visit, 1, 0, Digit("1"))
    again = attempts.act(standing.visit, 1, 0, Digit("1"))
    assert first.state == again.state
    assert again.state.entered == 1


@pytest.mark.parametrize("serial", [-1, 1, 7, 10**9])
def test_a_serial_out_of_order_changes_nothing(attempts, serial):
    standing = start(attempts)
    assert attempts.act(standing.visit, 1, serial, Choose(1)).state == standing.state


def test_what_is_no_action_changes_nothing(attempts):
    standing = start(attempts)
    assert attempts.act(standing.visit, 1, 0, None).state == standing.state


def test_an_unknown_visit_or_attempt_is_nothing_rather_than_an_error(attempts):
    standing = start(attempts)
    assert attempts.act("x" * 22, 1, 0, Choose(1)) is None
    assert attempts.act(standing.visit, 99, 0, Choose(1)) is None
    assert attempts.look("' OR 1=1 --", 1) is None
    assert start(attempts, "khong-co") is None


def test_a_double_tap_on_the_button_that_starts_finds_the_same_attempt(attempts):
    assert start(attempts) == start(attempts, seed=99)


def test_two_taps_at_the_same_moment_are_one(attempts, store):
    standing = start(attempts, "lock")
    ends = []

    def tap():
        ends.append(attempts.act(standing.visit, 1, 0, Hint()))
        store.close()

    threads = [threading.Thread(target=tap) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {end.state.serial for end in ends} == {1}
    assert len(events(store, "step")) == 1


def test_a_variant_already_seen_is_drawn_last_and_not_unaided(attempts):
    together = start(attempts, stage="together")
    attempts.act(together.visit, 1, 0, Hint())
    alone = start(attempts)
    assert alone.state.variant != together.state.variant
    assert alone.state.fresh
    attempts.act(alone.visit, 2, 0, Hint())
    assert not start(attempts).state.fresh


def test_a_class_that_is_open_is_never_unaided(attempts, store):
    standing = start(attempts, setting="class")
    (action,) = walk(standing.scenario, standing.state.variant)
    attempts.act(standing.visit, 1, 0, action)
    assert events(store, "attempt")[0].fields()["unaided"] is False


def unfinished(attempts, scenario="lock", stage="alone", station="aa" * 8, where="phone"):
    found = attempts.unfinished(station, where, "thu", scenario, stage)
    return found and (found.scenario.id, found.number)


def test_what_was_begun_is_offered_again_until_it_is_forgotten(attempts, clock):
    standing = start(attempts, "lock")
    assert unfinished(attempts) is None
    attempts.act(standing.visit, 1, 0, Digit("1"))
    assert unfinished(attempts) == ("lock", 1)
    clock.now += KEEP
    assert unfinished(attempts) == ("lock", 1)
    clock.now += 1
    assert unfinished(attempts) is None


def test_what_another_phone_or_the_touchscreen_began_is_not_offered(attempts):
    standing = start(attempts, "lock")
    attempts.act(standing.visit, 1, 0, Digit("1"))
    assert unfinished(attempts, station="bb" * 8) is None
    assert unfinished(attempts, where="touchscreen") is None


def test_what_she_was_in_when_the_sheet_closed_is_offered_before_anything_else(attempts):
    standing = start(attempts, "lock")
    attempts.act(standing.visit, 1, 0, Digit("1"))
    assert unfinished(attempts, "store") == ("lock", 1)
    assert unfinished(attempts, "lock", "together") == ("lock", 1)
    other = start(attempts, "store")
    assert unfinished(attempts, "app") is None
    attempts.act(other.visit, 2, 0, Hint())
    assert unfinished(attempts, "app") == ("store", 2)
    assert unfinished(attempts, "lock") == ("lock", 1)


def test_what_is_done_or_was_begun_anew_is_not_offered(attempts):
    standing = start(attempts, "lock")
    attempts.act(standing.visit, 1, 0, Digit("1"))
    again = start(attempts, "lock")
    assert again.number == 2
    assert unfinished(attempts) is None
    for action in walk(again.scenario, again.state.variant):
        again = attempts.act(again.visit, 2, again.state.serial, action)
    assert again.state.place == "done"
    assert unfinished(attempts) is None
    assert unfinished(attempts, "store") is None


def test_after_xong_whoever_holds_the_phone_next_sees_nothing_of_it(attempts):
    standing = start(attempts, "lock")
    attempts.act(standing.visit, 1, 0, Digit("1"))
    attempts.end_of("aa" * 8, "phone")
    assert unfinished(attempts) is None
    assert start(attempts, "lock").visit != standing.visit


def test_a_visit_is_counted_within_ten_minutes_and_can_still_be_gone_on_with(attempts, store, clock):
    standing = start(attempts, "lock")
    clock.now += 20
    attempts.act(standing.visit, 1, 0, Digit("1"))
    clock.now += PAUSE
    assert attempts.sweep() == 0
    assert events(store, "visit") == []
    clock.now += 1
    attempts.sweep()
    attempts.sweep()
    assert PAUSE + SWEEP <= 600
    assert [event.fields()["seconds"] for event in events(store, "visit")] == [20]
    assert unfinished(attempts) == ("lock", 1)


def test_whoever_goes_on_after_a_pause_is_counted_as_another_visit_of_the_same_attempt(attempts, store, clock):
    standing = start(attempts, "lock")
    standing = attempts.act(standing.visit, 1, 0, Digit("1"))
    clock.now += PAUSE + 1
    attempts.sweep()
    clock.now += 100
    for action in walk(standing.scenario, standing.state.variant)[1:]:
        clock.now += 1
        standing = attempts.act(standing.visit, 1, standing.state.serial, action)
    attempts.end(standing.visit)
    assert standing.state.place == "done"
    assert [event.fields()["outcome"] for event in events(store, "attempt")] == ["done"]
    first, second = (event.fields() for event in events(store, "visit"))
    assert (first["attempts"], second["attempts"]) == (1, 0)
    assert second["seconds"] < 60


def test_the_end_of_a_visit_counts_what_was_left_and_forgets_the_rest(attempts, store, clock):
    standing = start(attempts, "lock")
    clock.now += 30
    attempts.act(standing.visit, 1, 0, Digit("1"))
    start(attempts)
    attempts.end(standing.visit)
    attempts.end(standing.visit)
    (left,) = events(store, "attempt")
    assert (left.fields()["outcome"], left.fields()["unaided"]) == ("left", False)
    (visit,) = events(store, "visit")
    assert visit.fields() == {"where": "phone", "seconds": 30, "attempts": 1}
    assert attempts.look(standing.visit, 1) is None


def test_a_visit_that_nobody_ends_ends_by_itself(attempts, store, clock):
    standing = start(attempts)
    assert attempts.sweep() == 0
    clock.now += KEEP + 1
    assert attempts.sweep() == 1
    assert attempts.look(standing.visit, 1) is None
    assert start(attempts).visit != standing.visit


def test_the_last_visitor_of_the_day_counts_though_nobody_follows(attempts, store, clock):
    visit = start(attempts).visit
    clock.now += KEEP + 1
    stop = threading.Event()
    sweeper = threading.Thread(target=attempts.keep_swept, args=(stop, 0.01))
    sweeper.start()
    while attempts.look(visit, 1):
        time.sleep(0.01)
    stop.set()
    sweeper.join()
    assert len(events(store, "visit")) == 1


def test_sweeping_outlives_a_state_that_cannot_be_written(attempts, monkeypatch):
    stop = threading.Event()

    def fail():
        stop.set()
        raise peewee.OperationalError("database or disk is full")

    monkeypatch.setattr(attempts, "sweep", fail)
    attempts.keep_swept(stop, 0)
    assert stop.is_set()


def test_a_visit_has_a_bound_and_the_next_one_goes_on(attempts, store):
    first = start(attempts).visit
    for number in range(1, MOST + 1):
        attempts.act(first, number, 0, Hint())
        after_it = start(attempts)
    assert after_it.visit != first
    assert after_it.number == 1
    (visit,) = events(store, "visit")
    assert visit.fields()["attempts"] == MOST


def test_the_next_person_who_begins_ends_the_visits_of_those_who_went_away(attempts, store, clock):
    standing = start(attempts)
    clock.now += KEEP + 1
    start(attempts, station="bb" * 8)
    assert attempts.look(standing.visit, 1) is None
    assert len(events(store, "visit")) == 1


def test_a_pack_that_changed_under_an_attempt_ends_it_gently(attempts, shelf):
    standing = start(attempts, "app")
    attempts.act(standing.visit, 1, 0, Digit("0"))
    other = msgspec.structs.replace(shelf.all["thu", "lock"], id="app")
    shelf.all["thu", "app"] = other
    assert attempts.act(standing.visit, 1, 1, Digit("0")) is None
    del shelf.all["thu", "app"]
    assert attempts.look(standing.visit, 1) is None


def test_nothing_is_counted_when_the_state_cannot_be_written(attempts, store, monkeypatch):
    standing = start(attempts, "lock")
    monkeypatch.setattr(attempts, "_write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attempts.act(standing.visit, 1, 0, Hint())
    assert events(store) == []
    assert attempts.look(standing.visit, 1).state == standing.state


def test_an_open_attempt_takes_little_memory(every):
    sizes = []
    for variant in every.variants:
        state = begin(every, variant.id)
        for action in walk_with_mistakes(every, variant.id):
            state, _ = apply(every, state, action)
            sizes.append(len(encode_state(state)))
    assert max(sizes) <= 2048


def test_the_shelf_reads_packs_and_notices_a_new_one(tmp_path, tiny):
    from tests.support.packed import install  # noqa: PLC0415

    shelf = Shelf(tmp_path)
    assert shelf.find("thu", "home") is None
    install(tmp_path, {"practice/home.json": format_.encode(tiny("home"))})
    assert shelf.scenario("thu", "home") == tiny("home")
    assert shelf.scenario("thu", "home") is shelf.scenario("thu", "home")
    install(tmp_path, {"practice/lock.json": format_.encode(tiny("lock"))})
    assert shelf.find("thu", "home") is None
    assert shelf.find("thu", "lock") == tiny("lock")
