import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import peewee
import pytest

from kiosk import database
from kiosk.errors import KioskError


def _package(tmp_path: Path, name: str, **modules: str) -> ModuleType:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    for module, body in modules.items():
        (folder / f"{module}.py").write_text(f"def migrate(database):\n    {body}\n")
    sys.path.insert(0, str(tmp_path))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(tmp_path))


MAKE = "database.execute_sql('CREATE TABLE a (x INTEGER)')"
BREAK = "database.execute_sql('INSERT INTO a VALUES (7)'); raise ValueError('cut')"


def test_a_card_database_syncs_every_commit_on_small_pages(tmp_path: Path) -> None:
    db = database.open_sqlite(tmp_path / "a.db", durable=True, most_kib=64)
    assert db.pragma("synchronous") == 2
    assert db.pragma("journal_mode") == "wal"
    assert db.pragma("page_size") == 1024
    assert db.pragma("max_page_count") == 64
    db.close()


def test_two_who_read_then_write_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = database.open_sqlite(path, durable=False)
    first.execute_sql("CREATE TABLE n (x INTEGER)")
    first.execute_sql("INSERT INTO n VALUES (0)")

    def count() -> None:
        db = database.open_sqlite(path, durable=False)
        for _ in range(50):
            with database.immediate(db):
                (x,) = db.execute_sql("SELECT x FROM n").fetchone()
                db.execute_sql("UPDATE n SET x = ?", (x + 1,))
        db.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.execute_sql("SELECT x FROM n").fetchone() == (200,)
    first.close()


def test_a_migration_runs_once_and_a_broken_one_leaves_nothing(tmp_path: Path) -> None:
    db = database.open_sqlite(tmp_path / "a.db", durable=True)
    package = _package(tmp_path, "steps_a", m0001_make=MAKE, m0002_break=BREAK)
    with pytest.raises(ValueError, match="cut"):
        database.migrate(db, package)
    assert db.execute_sql("SELECT count(*) FROM a").fetchone() == (0,)
    assert db.execute_sql("SELECT name FROM migration").fetchall() == [("m0001_make",)]
    db.close()


def test_a_database_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    db = database.open_sqlite(tmp_path / "a.db", durable=True)
    package = _package(tmp_path, "steps_b", m0001_make=MAKE)
    assert database.migrate(db, package) == ["m0001_make"]
    assert database.migrate(db, package) == []
    db.execute_sql("INSERT INTO migration VALUES ('m0009_later')")
    with pytest.raises(KioskError, match="m0009_later"):
        database.migrate(db, package)
    db.close()


def test_what_is_no_database_is_said_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"no database" * 500)
    with pytest.raises(peewee.DatabaseError):
        database.open_sqlite(path, durable=True)


_TAKE_AWAY = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('PRAGMA journal_mode = delete')"


def test_opening_it_once_more_gives_no_lock_of_this_program_away(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = database.open_sqlite(path, durable=True)
    first.execute_sql(MAKE.split("'")[1])
    database.open_sqlite(path, durable=True).close()
    other = subprocess.run([sys.executable, "-c", _TAKE_AWAY, path], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
    first.close()
