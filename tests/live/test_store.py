import multiprocessing
import os
import threading

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.live.store import LiveStore
from kiosk.settings import Settings


def test_two_stores_in_one_process_do_not_see_each_other(settings, tmp_path):
    one = LiveStore.open(settings)
    other = LiveStore.open(Settings(data=tmp_path, run=tmp_path / "other"))
    one.put("epoch", "a")
    other.put("epoch", "b")
    assert (one.get("epoch"), other.get("epoch")) == ("a", "b")
    one.close()
    other.close()


def test_a_change_that_fails_leaves_nothing(settings):
    store = LiveStore.open(settings)

    def change():
        with store.transaction():
            store.put("epoch", "half")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        change()
    assert store.get("epoch") == ""
    store.close()


def test_the_state_survives_a_restart_of_the_services(settings):
    store = LiveStore.open(settings)
    store.tables.released.create(station="ab", since=1, until=9)
    salt = store.salt
    store.close()
    again = LiveStore.open(settings)
    assert again.salt == salt
    assert again.tables.released.get_by_id("ab").until == 9
    again.close()


def test_another_start_of_the_system_empties_it_and_changes_the_salt(settings, monkeypatch):
    store = LiveStore.open(settings)
    store.tables.released.create(station="ab", since=1, until=9)
    salt = store.salt
    store.close()
    monkeypatch.setattr(clock, "boot_id", lambda: "f" * 32)
    again = LiveStore.open(settings)
    assert again.tables.released.select().count() == 0
    assert again.salt != salt
    assert len(again.salt) == 32
    again.close()


def test_a_file_that_is_no_database_is_made_anew(settings):
    settings.run.mkdir()
    settings.state.write_bytes(b"not a database at all, but long enough to be read as a header" * 20)
    store = LiveStore.open(settings)
    assert store.salt
    store.close()


def test_a_folder_that_cannot_be_made_is_one_clear_line(settings):
    settings.run.write_text("in the way")
    with pytest.raises(KioskError, match="cannot be"):
        LiveStore.open(settings)


def test_an_older_form_loses_visits_and_keeps_what_was_counted(settings):
    store = LiveStore.open(settings)
    store.tables.visit.create(id="v", station="s", started=1, last=1, where="phone")
    store.tables.outgoing.create(kind="view", at=1, payload="[]")
    store.database.execute_sql("PRAGMA user_version = 77")
    store.close()
    again = LiveStore.open(settings)
    assert again.tables.visit.select().count() == 0
    assert again.tables.outgoing.select().count() == 1
    again.close()


def test_a_store_opened_before_a_fork_serves_the_child(settings):
    store = LiveStore.open(settings)
    child = os.fork()
    if not child:
        with store.transaction():
            store.put("child", "was here")
        store.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert store.get("child") == "was here"
    store.close()


def test_threads_adding_at_once_lose_nothing(settings):
    store = LiveStore.open(settings)
    store.put("sum", "0")

    def add():
        for _ in range(25):
            with store.transaction():
                store.put("sum", str(int(store.get("sum")) + 1))
        store.close()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("sum") == "100"
    store.close()


def _open(settings):
    store = LiveStore.open(settings)
    salt = store.salt
    store.close()
    return salt


def test_services_that_start_at_once_agree_on_the_salt(settings):
    with multiprocessing.get_context("fork").Pool(6) as pool:
        assert len(set(pool.map(_open, [settings] * 6))) == 1
