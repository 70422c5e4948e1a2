"""SQLite opened as this house needs it, immediate transactions, and numbered migrations.

A migration is a module `m0001_noun.py` with `migrate(database)`; it and its record are one transaction.
"""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import peewee

from kiosk.errors import KioskError

M = TypeVar("M", bound=peewee.Model)

# A power cut may take what the WAL's last sync did not hold; FULL syncs at every commit. On 1 KiB pages a group of
# 50 events costs half the card bytes of 4 KiB pages.
_DURABLE = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1}
# In memory nothing outlives a power cut anyway. What was deleted there is gone: its place is filled with zeros.
_VOLATILE = {"journal_mode": "wal", "synchronous": "off", "foreign_keys": 1, "secure_delete": 1}


def open_sqlite(
    path: Path, *, durable: bool, page_size: int = 1024, most_kib: int = 0, cache_kib: int = 256, timeout: float = 5.0
) -> peewee.SqliteDatabase:
    """Open (or make) a database file.

    Args:
        path: the file; its folder must exist.
        durable: on a card (WAL, FULL) or in memory (WAL, OFF).
        page_size: bytes; counts only for a new file.
        most_kib: bound of the file in KiB; 0 for none.
        cache_kib: what a process keeps of it; SQLite's own 2 MiB would stay for as long as a service lives, and on a Pi
            the system holds the file anyway.
        timeout: seconds to wait for another writer.

    Raises:
        peewee.DatabaseError: not a database, or damaged.
        peewee.OperationalError: cannot be opened or written.
    """
    pragmas: dict[str, object] = {"page_size": page_size, "cache_size": -cache_kib}
    pragmas |= _DURABLE if durable else _VOLATILE
    if most_kib:
        pragmas["max_page_count"] = most_kib * 1024 // page_size
    _make(path)
    database = peewee.SqliteDatabase(str(path), pragmas=pragmas, timeout=timeout)
    database.connect()
    return database


def _make(path: Path) -> None:
    """An empty file that the group may write too: each program of the house runs under a user of its own.

    SQLite would make it for its owner alone, and gives the log beside it the mode of the database. One that is there is
    not opened: to close it would drop every lock that this process holds on it (https://sqlite.org/howtocorrupt.html).
    """
    with suppress(OSError):  # SQLite says better what is wrong with the place
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))


@contextmanager
def immediate(database: peewee.Database) -> Iterator[None]:
    """One transaction that takes the write lock at its start: read-then-write never fails half-way as locked."""
    kind = ("immediate",) if isinstance(database, peewee.SqliteDatabase) else ()
    with database.atomic(*kind):
        yield


def bound(model: type[M], database: peewee.Database) -> type[M]:
    """A copy of a model that belongs to this database alone; another store's copy stays untouched."""
    options = {"database": database, "table_name": model.__name__.lower()}
    if model._meta.without_rowid:  # noqa: SLF001  peewee's documented name
        options["without_rowid"] = True
    return type(model.__name__, (model,), {"Meta": type("Meta", (), options), "__module__": model.__module__})


def migrate(database: peewee.Database, migrations: ModuleType) -> list[str]:
    """Bring a database to the newest of the package's migrations; returns the names that ran now.

    Raises:
        KioskError: the database was written by a newer release.
    """
    known = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__) if module.name.startswith("m"))
    database.execute_sql("CREATE TABLE IF NOT EXISTS migration (name VARCHAR(80) PRIMARY KEY)")
    done = {row[0] for row in database.execute_sql("SELECT name FROM migration").fetchall()}
    newer = done - set(known)
    if newer:
        raise KioskError(f"the database knows {max(newer)}, this release does not", hint="install the newer release")
    return [name for name in known if name not in done and _run(database, f"{migrations.__name__}.{name}", name)]


def _run(database: peewee.Database, module: str, name: str) -> bool:
    """Run one migration; whether it was not there: another program may have been quicker by a moment."""
    mark = "?" if isinstance(database, peewee.SqliteDatabase) else "%s"
    made = importlib.import_module(module)
    with immediate(database):
        if database.execute_sql(f"SELECT 1 FROM migration WHERE name = {mark}", (name,)).fetchone():  # noqa: S608  ours
            return False
        made.migrate(database)
        database.execute_sql(f"INSERT INTO migration (name) VALUES ({mark})", (name,))  # noqa: S608  our own mark
    return True
