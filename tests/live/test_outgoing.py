import pytest

from kiosk.events.event import Event
from kiosk.live import outgoing
from kiosk.live.store import LiveStore


def test_events_come_back_in_order_and_after_the_id_asked_for(settings):
    store = LiveStore.open(settings)
    events = [Event("help", at, ("no-internet",)) for at in range(5)]
    with store.transaction():
        for event in events:
            outgoing.put(store, event)
    found = outgoing.after(store, 0, 10)
    assert [event for _, event in found] == events
    assert outgoing.after(store, found[2][0], 1) == [found[3]]
    store.close()


def test_an_id_is_never_used_twice(settings):
    store = LiveStore.open(settings)
    outgoing.put(store, Event("help", 1, ("a",)))
    last = outgoing.after(store, 0, 1)[0][0]
    outgoing.forget(store, last)
    assert outgoing.waiting(store) == 0
    outgoing.put(store, Event("help", 2, ("b",)))
    assert outgoing.after(store, 0, 1)[0][0] == last + 1
    store.close()


def test_an_event_of_a_change_that_failed_is_not_sent(settings):
    store = LiveStore.open(settings)

    def change():
        with store.transaction():
            outgoing.put(store, Event("help", 1, ("a",)))
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        change()
    assert outgoing.waiting(store) == 0
    store.close()


def test_a_row_that_is_no_event_keeps_its_place_and_stops_nobody(settings):
    store = LiveStore.open(settings)
    store.tables.outgoing.create(kind="unheard-of", at=1, payload="[]")
    outgoing.put(store, Event("help", 2, ("b",)))
    assert [event for _, event in outgoing.after(store, 0, 9)] == [None, Event("help", 2, ("b",))]
    store.close()
