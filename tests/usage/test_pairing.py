import shutil

import pytest

from kiosk import clock
from kiosk.device import identity
from kiosk.errors import KioskError
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.usage.recorder import record_once
from kiosk.usage.session import ReplacedError, Session
from tests.usage.house import batches, cards, log, put, reasons, view


def remove(path):
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_restart_of_the_services_goes_on_in_the_same_epoch(settings):
    log(settings, view("p/l/one"))
    record_once(settings)
    log(settings, view("p/l/two"))
    record_once(settings)
    (batch,) = batches(settings)
    assert Ranges.of(seq for seq, _ in batch.events) == Ranges(((1, 3),))


def test_another_start_of_the_system_is_another_epoch(settings, monkeypatch):
    put(settings, make("help", 1, page="help"))
    record_once(settings)
    monkeypatch.setattr(clock, "boot_id", lambda: "f" * 32)
    put(settings, make("help", 2, page="help"))
    record_once(settings)
    assert reasons(settings) == ["first", "boot"]
    assert [len(batch.events) for batch in batches(settings)] == [2, 2]


def test_a_lost_state_is_another_epoch_and_its_new_events_are_taken_from_the_first_id(settings):
    put(settings, *(make("help", 1, page=f"help/p{number}") for number in range(9)))
    record_once(settings)
    remove(settings.state)
    put(settings, make("help", 2, page="help/after"))
    record_once(settings)
    assert reasons(settings) == ["first", "state-new"]
    assert [event.values[0] for _, event in batches(settings)[1].events if event.kind == "help"] == ["help/after"]


def test_a_new_usage_db_is_another_epoch_and_repeats_nothing(settings):
    log(settings, view("p/l/one"))
    put(settings, make("help", 1, page="help"))
    record_once(settings)
    before = batches(settings)[0].epoch
    remove(settings.usage)
    log(settings, view("p/l/two"))
    record_once(settings)
    assert reasons(settings) == ["usage-new"]
    assert cards(settings) == ["p/l/two"]
    assert batches(settings)[0].epoch != before


@pytest.mark.parametrize("in_place", [True, False])
def test_an_older_copy_put_back_is_another_epoch_and_gives_no_seq_twice(settings, tmp_path, in_place):
    log(settings, view("p/l/one"))
    record_once(settings)
    copy = tmp_path / "copy.db"
    shutil.copy(settings.usage, copy)
    log(settings, view("p/l/two"))
    record_once(settings)
    given = {(batch.epoch, seq) for batch in batches(settings) for seq, _ in batch.events}
    if not in_place:
        remove(settings.usage)
    shutil.copy(copy, settings.usage)
    log(settings, view("p/l/three"))
    record_once(settings)
    assert reasons(settings) == ["first", "usage-restored"]
    after = {(batch.epoch, seq): event for batch in batches(settings) for seq, event in batch.events}
    three = [identity for identity, event in after.items() if event.values[0] == "p/l/three"]
    assert len(three) == 1
    assert three[0] not in given


def test_another_board_is_another_epoch_of_another_device(settings, monkeypatch):
    monkeypatch.setattr(identity, "read_serial", lambda: "board one")
    record_once(settings)
    monkeypatch.setattr(identity, "read_serial", lambda: "board two")
    record_once(settings)
    assert reasons(settings) == ["first", "board"]
    assert len({batch.device for batch in batches(settings)}) == 2


def test_a_database_replaced_under_a_running_session_is_noticed(settings):
    session = Session(settings)
    session.finish()
    remove(settings.usage)
    with pytest.raises(ReplacedError):
        session.tick()
    session.close()


def test_a_database_replaced_while_it_is_written_once_is_said_in_one_line(settings, monkeypatch):
    record_once(settings)
    append = Session.finish

    def replaced(session):
        remove(settings.usage)
        append(session)

    monkeypatch.setattr(Session, "finish", replaced)
    log(settings, view("p/l/one"))
    with pytest.raises(KioskError, match="replaced just now"):
        record_once(settings)
