from contextlib import closing

import pytest

from kiosk import clock
from kiosk.events.event import make
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage import marks, pressure
from kiosk.usage.recorder import record_once
from kiosk.usage.viewlog import ViewLog
from tests.usage.house import cards, log, put, recorded, view


@pytest.fixture
def live(settings):
    with closing(LiveStore.open(settings)) as store:
        yield store


def opened(settings):
    viewlog = ViewLog(settings.views, clock.boot_id())
    viewlog.resume("", 0)
    return viewlog


def test_too_long_a_log_loses_its_older_half_and_says_how_many(settings, live):
    log(settings, *(view(f"p/l/c{number}") for number in range(4000)))
    size = settings.views.stat().st_size
    with closing(opened(settings)) as viewlog:
        assert pressure.relieve_log(live, viewlog, 9, most=size) == 0
        lost = pressure.relieve_log(live, viewlog, 9, most=size - 1)
    assert 0 < lost < 4000
    assert settings.views.stat().st_blocks * 512 < size
    record_once(settings)
    assert cards(settings) == [f"p/l/c{number}" for number in range(lost, 4000)]
    assert [event.values for event in recorded(settings, "dropped")] == [("view", lost)]


def test_what_was_given_up_is_given_up_once(settings, live):
    log(settings, *(view(f"p/l/c{number}") for number in range(4000)))
    with closing(opened(settings)) as viewlog:
        lost = pressure.relieve_log(live, viewlog, 9, most=100_000)
        left = marks.read(live)
        viewlog.resume(left.views, left.read)
        assert pressure.relieve_log(live, viewlog, 9, most=100_000) == 0
    record_once(settings)
    assert len(cards(settings)) + lost == 4000


def test_too_many_live_events_lose_their_older_half_by_kind(settings, live):
    put(settings, *(make("help", number, page=f"help/p{number}") for number in range(100)))
    put(settings, make("dropped", 1, kind="view", count=7))
    assert pressure.relieve_outgoing(live, 9, most=101) == 0
    assert pressure.relieve_outgoing(live, 9, most=100) == 51
    assert outgoing.waiting(live) == 51
    record_once(settings)
    assert [event.values for event in recorded(settings, "dropped")] == [("view", 7), ("help", 51)]
