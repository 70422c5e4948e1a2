import threading

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.event import make
from kiosk.events.line import What, print_line
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.usage import marks, note
from kiosk.usage.journal import Journal
from kiosk.usage.recorder import alone, record_once, run_recorder, running
from kiosk.usage.session import Session
from tests.usage.house import cards, log, put, recorded, view


def test_both_sources_reach_the_card_once(settings):
    log(settings, view("p/l/one"), view("p/l/two"))
    put(settings, make("help", 5, page="help"))
    record_once(settings)
    record_once(settings)
    assert cards(settings) == ["p/l/one", "p/l/two"]
    assert len(recorded(settings, "help")) == 1
    log(settings, view("p/l/three"))
    record_once(settings)
    assert cards(settings) == ["p/l/one", "p/l/two", "p/l/three"]


def test_what_was_read_is_forgotten_by_its_source(settings):
    log(settings, *(view(f"p/l/c{number}") for number in range(2000)))
    put(settings, make("help", 5, page="help"))
    record_once(settings)
    assert settings.views.stat().st_blocks * 512 < 8192
    store = LiveStore.open(settings)
    assert outgoing.waiting(store) == 0
    store.close()


def test_a_half_written_line_waits_for_its_rest(settings):
    log(settings, view("p/l/one"))
    whole = print_line(view("p/l/two")) + "\n"
    with settings.views.open("a") as file:
        file.write(whole[:20])
    record_once(settings)
    assert cards(settings) == ["p/l/one"]
    with settings.views.open("a") as file:
        file.write(whole[20:])
    record_once(settings)
    assert cards(settings) == ["p/l/one", "p/l/two"]


def test_lines_that_are_none_are_passed_over(settings):
    log(settings, view("p/l/one"))
    with settings.views.open("ab") as file:
        file.write(b"nonsense\n\xff\xfe\n\n" + b"x" * 300_000 + b"\n")
    log(settings, view("p/l/two"))
    record_once(settings)
    assert cards(settings) == ["p/l/one", "p/l/two"]


def test_a_sound_begun_again_by_the_same_station_is_one_play(settings):
    sound = view("0123456789abcdef", station="00a1", what=What.SOUND)
    other = view("0123456789abcdef", station="00a2", what=What.SOUND)
    log(settings, sound, sound, other)
    record_once(settings)
    assert len(recorded(settings, "play")) == 2


def test_distinct_stations_of_the_day_are_told_as_a_range_after_a_restart(settings):
    log(settings, *(view("p/l/one", station=token) for token in ("00a1", "00a2", "00a1")))
    record_once(settings)
    log(settings, *(view("p/l/one", station=token) for token in ("00b1",)))
    record_once(settings)
    assert [event.values[:2] for event in recorded(settings, "stations")] == [(2, 2), (2, 3)]


def test_a_clock_that_jumps_moves_no_event_out_of_the_time_of_its_reading(settings):
    log(settings, view("p/l/one", wall=1.0), view("p/l/two", wall=4_000_000_000.0))
    record_once(settings)
    before = int(clock.uptime())
    log(settings, view("p/l/three", wall=1.0))
    record_once(settings)
    now = clock.uptime()
    first, second, third = (event.at for event in recorded(settings, "view"))
    assert 0 <= first <= second <= now
    assert before - 60 <= third <= now


def test_the_start_of_an_epoch_is_an_event_and_says_why(settings):
    record_once(settings)
    assert [event.values[1] for event in recorded(settings, "start")] == ["first"]


def test_a_second_recorder_refuses(settings):
    with alone(settings):
        assert running(settings)
        with pytest.raises(KioskError, match="another recorder"):
            record_once(settings)
        with pytest.raises(KioskError, match="another recorder"):
            run_recorder(settings, threading.Event())
    assert not running(settings)


def test_told_to_stop_it_commits_what_was_read(settings):
    stop = threading.Event()
    shown = []

    def show(event):
        shown.append(event.kind)
        if event.kind == "view":
            stop.set()

    log(settings, view("p/l/one"))
    run_recorder(settings, stop, show=show)
    assert cards(settings) == ["p/l/one"]
    assert "view" in shown
    assert note.read(settings).trouble == ""
    assert note.read(settings).committed > 0


@pytest.mark.parametrize("moment", ["append_within", "write"])
def test_killed_before_or_after_the_commit_each_event_is_there_once(settings, monkeypatch, moment):
    log(settings, view("p/l/one"))
    put(settings, make("help", 5, page="help"))
    session = Session(settings)
    with monkeypatch.context() as broken:
        broken.setattr(Journal if moment == "append_within" else marks, moment, _killed)
        with pytest.raises(KilledError):
            session.finish()
    session.close()
    record_once(settings)
    assert cards(settings) == ["p/l/one"]
    assert len(recorded(settings, "help")) == 1


class KilledError(Exception):
    pass


def _killed(*_, **__):
    raise KilledError
