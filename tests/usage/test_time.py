"""What an epoch's time becomes when clocks do what clocks do without a battery."""

from contextlib import closing

import pytest

from kiosk import clock
from kiosk.events.epochs import Quality
from kiosk.live.store import LiveStore
from kiosk.usage.journal import Journal
from kiosk.usage.session import Session
from tests.usage.house import cards, log, view

NOW = 1_800_000_000  # by everybody's watch, when this uptime was 0
START = 1000.0  # where the clocks of `times` stand
STEP = 60.0

# Each row: the box's own clock minute by minute, as seconds after NOW + uptime; what is believed at the end.
CASES = {
    "it is right and nobody has checked it": ([0, 0, 0, 0], Quality.SAVED, 0),
    "it starts at 1970": ([-NOW - START] * 4, Quality.UNKNOWN, 0),
    "it was saved three days before": ([-3 * 86_400] * 4, Quality.SAVED, -3 * 86_400),
    "it jumps forward, and the later is nearer": ([-86_400, -86_400, 0, 0], Quality.SAVED, 0),
    "it jumps back": ([0, 0, -86_400, -NOW], Quality.SAVED, 0),
    "it jumps both ways": ([-500, 900, -900, 300], Quality.SAVED, 900),
    "it stands still": ([0, -60, -120, -180], Quality.SAVED, 0),
    "it shows 2087": ([1_890_000_000] * 4, Quality.UNKNOWN, 0),
    "it jumps to 2087 and back": ([0, 1_890_000_000, 0, 0], Quality.SAVED, 0),
}


def offset(settings):
    with closing(Journal.open(settings)) as journal:
        return journal.current().offset


@pytest.mark.parametrize("case", CASES)
def test_the_box_s_own_clock(settings, times, case):
    errors, quality, seconds = CASES[case]
    with closing(Session(settings)) as session:
        for error in errors:
            times.wall = max(0.0, NOW + times.uptime + error)
            session.tick()
            times.uptime += STEP
    held = offset(settings)
    assert (held.quality, held.seconds) == (quality, NOW + seconds if quality else 0)


def test_a_clock_that_stands_still_writes_nothing_again_and_again(settings, times):
    times.wall = float(NOW)
    with closing(Session(settings)) as session:
        for _ in range(100):
            session.tick()
            times.uptime += STEP
    assert offset(settings).revision == 1


def test_events_keep_their_order_and_uptime_while_the_wall_clock_jumps(settings, times):
    with closing(Session(settings)) as session:
        for number, wall in enumerate((0.0, 1.9e9, 5.0, 1.8e9, 0.0)):
            times.wall = wall
            log(settings, view(f"p/l/c{number}", wall=wall))
            session.tick()
            times.uptime += STEP
        session.finish()
    assert cards(settings) == [f"p/l/c{number}" for number in range(5)]
    with closing(Journal.open(settings)) as journal:
        (batch,) = journal.unsent(100)
    at = [event.at for _, event in batch.events if event.kind == "view"]
    assert at == [START + STEP * number for number in range(5)]


def test_phones_that_come_later_correct_a_saved_clock_and_it_never_comes_back(settings, times):
    with closing(Session(settings)) as session, closing(LiveStore.open(settings)) as live:
        times.wall = NOW - 5 * 86_400.0
        session.tick()
        for number in range(3):
            live.tables.vote.create(epoch=session.words().epoch, station=f"s{number}", wall=NOW + 1000, uptime=1000)
        times.uptime += STEP
        session.tick()
        assert offset(settings) == (offset(settings).__class__)(NOW, Quality.PHONES, 2)
        times.uptime, times.wall = times.uptime + STEP, NOW + 9e6
        session.tick()
    assert (offset(settings).quality, offset(settings).seconds) == (Quality.PHONES, NOW)


def test_votes_that_come_while_the_system_waits_for_power_are_of_their_own_epoch(settings, times, monkeypatch):
    with closing(Session(settings)) as session, closing(LiveStore.open(settings)) as live:
        live.tables.vote.create(epoch=session.words().epoch, station="s", wall=NOW + 1000, uptime=1000)
        session.tick()
    assert offset(settings).quality is Quality.FEW
    monkeypatch.setattr(clock, "boot_id", lambda: "f" * 32)
    times.uptime = 20.0
    with closing(Session(settings)) as session:
        session.tick()
    assert offset(settings).quality is Quality.UNKNOWN
    with closing(Journal.open(settings)) as journal:
        assert [held.quality for held in journal.offsets().values()] == [Quality.FEW, Quality.UNKNOWN]
