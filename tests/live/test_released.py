import pytest

from kiosk.live import outgoing
from kiosk.live.released import ask_out, end_lapsed, is_released, release, renew
from kiosk.live.store import LiveStore

PHONE, OTHER = "a" * 16, "b" * 16
HOUR, LONGEST = 3_600, 43_200


@pytest.fixture
def store(settings):
    store = LiveStore.open(settings)
    yield store
    store.close()


@pytest.fixture
def released(store):
    """The state in which one phone was let out at uptime 100."""
    with store.transaction():
        release(store, PHONE, 100, left=HOUR, longest=LONGEST)
    return store


def test_nobody_is_let_out_unasked(store):
    assert not is_released(store, PHONE, 100)


def test_a_station_is_let_out_until_its_lease_ends(released):
    assert is_released(released, PHONE, 100)
    assert is_released(released, PHONE, 100 + HOUR - 1)
    assert not is_released(released, PHONE, 100 + HOUR)
    assert not is_released(released, OTHER, 100)


def test_a_release_goes_on_with_the_lease(released):
    renew(released, {PHONE: HOUR}, 2_000, longest=LONGEST)
    assert is_released(released, PHONE, 2_000 + HOUR - 1)
    assert not is_released(released, PHONE, 2_000 + HOUR)


def test_a_lease_that_lapsed_ends_it_though_the_same_phone_took_it_again(released):
    renew(released, {PHONE: HOUR}, 100 + HOUR, longest=LONGEST)
    assert not is_released(released, PHONE, 100 + HOUR)


def test_a_lease_given_back_ends_it_at_once(released):
    renew(released, {OTHER: HOUR}, 200, longest=LONGEST)
    assert not is_released(released, PHONE, 200)


def test_the_longest_time_ends_it_though_the_lease_goes_on(released):
    for now in range(1_000, 100 + LONGEST, 1_000):
        renew(released, {PHONE: HOUR}, now, longest=LONGEST)
        assert is_released(released, PHONE, now)
    assert is_released(released, PHONE, 100 + LONGEST - 1)
    renew(released, {PHONE: HOUR}, 100 + LONGEST, longest=LONGEST)
    assert not is_released(released, PHONE, 100 + LONGEST)


def test_asking_again_starts_the_longest_time_anew(released):
    with released.transaction():
        release(released, PHONE, 40_000, left=HOUR, longest=LONGEST)
    renew(released, {PHONE: HOUR}, 43_000, longest=LONGEST)
    assert is_released(released, PHONE, 43_300)


def test_only_a_key_times_and_a_family_of_systems_are_kept(released):
    (row,) = released.database.execute_sql("SELECT * FROM released").fetchall()
    assert row == (PHONE, 100, 100 + HOUR, "other")


def test_a_state_that_cannot_be_read_or_written_captures_and_fails_nobody(released):
    released.database.execute_sql("DROP TABLE released")
    assert not is_released(released, PHONE, 100)
    renew(released, {PHONE: HOUR}, 200, longest=LONGEST)


def test_who_is_captured_again_is_counted_by_system_whichever_way_it_ends(store):
    for station, system in ((PHONE, "android"), (OTHER, "apple")):
        assert ask_out(store, station, 100, system, left=HOUR, longest=LONGEST)
    renew(store, {OTHER: HOUR}, 200, longest=LONGEST)  # one gave its lease back
    end_lapsed(store, 200 + HOUR - 1)
    assert [event.values for _, event in outgoing.after(store, 0, 9)] == [
        ("android", "released"), ("apple", "released"), ("android", "captured"),
    ]  # fmt: skip
    end_lapsed(store, 200 + HOUR)
    end_lapsed(store, 200 + HOUR)
    ((_, event),) = outgoing.after(store, 3, 9)
    assert event.values == ("apple", "captured")
    assert not is_released(store, OTHER, 200)
