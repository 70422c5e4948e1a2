"""Making events, and refusing what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.event import COUNT_MOST, Event, Identity, from_payload, from_values, is_name, make
from tests.events.strategies import events

_VIEW = {"card": "p/l/c", "lang": "vi", "where": "phone"}


def test_an_event_knows_its_fields_by_name():
    event = make("view", 5, **_VIEW)
    assert event == Event("view", 5, ("p/l/c", "vi", "phone", None))
    assert event.fields() == {**_VIEW, "depth": None}


def test_an_optional_field_may_be_left_out():
    assert make("health", 5, uptime_hours=1, version="0.1").fields()["celsius"] is None


@pytest.mark.parametrize(("kind", "at", "changed"), [
    ("glance", 5, {}), ("view", -1, {}), ("view", 2**31, {}), ("view", 5.0, {}), ("view", True, {}),
    ("view", 5, {"card": None}), ("view", 5, {"card": ""}), ("view", 5, {"card": "a b"}), ("view", 5, {"card": "a//b"}),
    ("view", 5, {"card": "/a"}), ("view", 5, {"card": "a/"}), ("view", 5, {"card": "../a"}), ("view", 5, {"card": "ế"}),
    ("view", 5, {"card": "a\n"}), ("view", 5, {"card": "a" * 121}),
    ("view", 5, {"card": 7}), ("view", 5, {"card": True}),
    ("view", 5, {"where": "tablet"}), ("view", 5, {"where": 0}), ("view", 5, {"agent": "x"}),
])  # fmt: skip
def test_what_does_not_fit_is_refused(kind, at, changed):
    with pytest.raises(KioskError):
        make(kind, at, **{**_VIEW, **changed})


@pytest.mark.parametrize("value", [-1, 2**31, 1.5, True, "1", None])
def test_a_count_is_a_small_whole_number(value):
    with pytest.raises(KioskError, match="count"):
        from_values("dropped", 5, ("all", value))


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_a_flag_is_true_or_false(value):
    row = make("attempt", 5, scenario="p/s", variant="v", stage="alone", setting="test", outcome="done", unaided=True,
               mistakes=0, hints=0, helps=0, seconds=9).values  # fmt: skip
    with pytest.raises(KioskError, match="unaided"):
        from_values("attempt", 5, (*row[:5], value, *row[6:]))


def test_an_amount_may_be_below_zero():
    assert make("health", 5, uptime_hours=1, version="0.1", signal_dbm=-61).fields()["signal_dbm"] == -61
    for value in (-COUNT_MOST - 1, COUNT_MOST + 1):
        with pytest.raises(KioskError, match="signal_dbm"):
            make("health", 5, uptime_hours=1, version="0.1", signal_dbm=value)


def test_a_row_of_an_unknown_kind_is_refused():
    with pytest.raises(KioskError, match="glance"):
        from_values("glance", 5, ())


@given(events())
def test_a_row_of_a_database_gives_the_event_back(event):
    assert from_payload(event.kind, event.at, event.payload()) == event


@pytest.mark.parametrize("payload", [
    "", "{}", "[", "\ud800", "[" * 9999, '["p/l/c","vi"]', '["p/l/c","vi","phone",1,2]', '["p/l/c","vi",[]]',
])  # fmt: skip
def test_a_damaged_row_is_refused(payload):
    with pytest.raises(KioskError):
        from_payload("view", 5, payload)


@given(st.text())
def test_no_payload_does_more_than_be_refused(payload):
    with pytest.raises(KioskError):
        from_payload("view", 5, payload)


@pytest.mark.parametrize(("device", "epoch", "seq"), [
    ("a" * 31, "b" * 16, 1), ("A" * 32, "b" * 16, 1), ("a" * 32, "b" * 17, 1), ("a" * 32, "g" * 16, 1),
    ("a" * 32, "b" * 16, 0), ("a" * 32, "b" * 16, 2**53), ("a" * 31 + "\n", "b" * 16, 1),
])  # fmt: skip
def test_an_identity_is_checked(device, epoch, seq):
    assert Identity("a" * 32, "b" * 16, 1) < Identity("a" * 32, "b" * 16, 2)
    with pytest.raises(KioskError):
        Identity(device, epoch, seq)


def test_names_are_paths_of_slugs():
    assert all(map(is_name, ("a", "0.1.0", "p/l/c", "dom-dom_2/x", "Z9")))
