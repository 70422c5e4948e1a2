from contextlib import closing

import msgspec
import pytest

from kiosk.events.epochs import Quality
from kiosk.events.line import Line, Part, What
from kiosk.live.store import LiveStore
from kiosk.settings import Counting
from kiosk.usage import note
from kiosk.usage.journal import Journal
from kiosk.usage.session import Session
from tests.usage.house import cards, log, reasons, recorded, view

NOW = 1_800_000_000


@pytest.fixture
def session(settings, times):
    with closing(Session(settings)) as opened:
        yield opened


def offset(settings):
    with closing(Journal.open(settings)) as journal:
        return journal.current().offset


def test_a_commit_waits_for_its_time_or_for_enough_events(settings, times):
    house = msgspec.structs.replace(settings, counting=Counting(most_kib=1024, every=10, events=5))
    with closing(Session(house)) as session:
        session.finish()
        log(house, view("p/l/one"))
        session.tick()
        assert recorded(house, "view") == []
        times.uptime += 10
        session.tick()
        assert len(recorded(house, "view")) == 1
        log(house, *(view(f"p/l/c{number}") for number in range(5)))
        session.tick()
        assert len(recorded(house, "view")) == 6


def test_a_clock_before_the_release_is_no_evidence(settings, times, session):
    session.tick()
    assert offset(settings).quality is Quality.UNKNOWN


def test_the_saved_clock_is_better_than_none_and_a_synced_one_better_still(settings, times, session):
    times.wall = NOW
    session.tick()
    assert (offset(settings).quality, offset(settings).seconds) == (Quality.SAVED, NOW - 1000)
    times.uptime += 60
    times.wall, times.synchronized = NOW + 5000.0, True
    session.tick()
    assert (offset(settings).quality, offset(settings).seconds) == (Quality.SYNCED, NOW + 5000 - 1060)
    assert offset(settings).revision == 2


def test_phones_that_agree_are_believed_until_something_better_comes(settings, times, session):
    epoch = session.words().epoch
    with closing(LiveStore.open(settings)) as live:
        for number, wall in enumerate((NOW, NOW + 3, NOW + 30, NOW + 900_000)):
            live.tables.vote.create(epoch=epoch, station=f"s{number}", wall=wall, uptime=1000)
        live.tables.vote.create(epoch="0" * 16, station="other", wall=NOW + 7777, uptime=1000)
    session.tick()
    assert (offset(settings).quality, offset(settings).seconds) == (Quality.PHONES, NOW - 1000 + 3)


def test_the_box_says_how_it_is_each_hour_in_which_somebody_was_there(settings, times, session):
    for uptime in (1000, 2500, 4599, 4600, 8199):
        times.uptime = uptime
        log(settings, view(f"p/l/c{uptime}"))
        session.tick()
    session.finish()
    assert [event.at for event in recorded(settings, "health")] == [1000, 4600]


def test_a_box_in_which_nobody_was_says_so_every_third_hour(settings, times, session):
    for hour in range(9):
        times.uptime = 1000 + hour * 3600
        session.tick()
        if hour == 6:
            log(settings, view("p/l/one"))
            session.tick()
    session.finish()
    assert [(event.at - 1000) // 3600 for event in recorded(settings, "health")] == [0, 3, 6, 7]


def test_the_note_says_what_was_committed_last(settings, times, session):
    log(settings, view("p/l/one"))
    session.finish()
    said = note.read(settings)
    assert (said.committed, said.seq, said.trouble) == (1000, 2, "")


def test_more_than_memory_takes_at_once_is_read_in_turns(settings, times, session):
    log(settings, *(view(f"p/l/c{number}") for number in range(12_000)))
    turns = 0
    while session.tick():
        turns += 1
    session.finish()
    assert len(recorded(settings, "view")) == 12_000
    assert turns >= 1


def test_lines_that_count_nothing_leave_memory_without_a_write_to_the_card(settings, times, session):
    session.tick()
    session.finish()
    later = Line(What.SOUND, "0123456789abcdef", "", 206, Part.REST, 0.0, "phone", "")
    log(settings, *[later] * 40_000)
    held, before = session.journal.current(), settings.views.stat().st_blocks
    while session.tick():
        pass
    assert session.journal.current() == held
    assert settings.views.stat().st_blocks < before / 2
    log(settings, view("p/l/one"))
    session.close()
    with closing(Session(settings)) as again:
        assert again.log.read > 0
        again.finish()
    assert cards(settings) == ["p/l/one"]
    assert reasons(settings) == ["first"]
