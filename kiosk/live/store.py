"""state.db in memory: what is going on in the house now. It survives a restart of the services, not a power cut."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from kiosk import clock
from kiosk.database import immediate, open_sqlite
from kiosk.errors import KioskError
from kiosk.live.tables import Tables, bind
from kiosk.settings import Settings

# Raised when a table changes its form: visits then start anew, counted events are kept.
_FORM = 3
_TRIES = 100
_PAUSE = 0.02  # seconds
_SALT_BYTES = 16


class LiveStore:
    """The open state of the house: its own database and the models bound to it.

    A connection belongs to a thread and is opened by that thread's first query, so a store opened before gunicorn
    forks serves the workers too. Close it in each thread that ends before the process does.

    Attributes:
        database: the peewee database.
        tables: the models, bound to this database only.
    """

    def __init__(self, database: peewee.SqliteDatabase) -> None:
        self.database = database
        self.tables: Tables = bind(database)

    @classmethod
    def open(cls, settings: Settings) -> "LiveStore":
        """Open state.db, or make it; what an earlier start of the system left in it is emptied.

        Raises:
            KioskError: the folder in memory cannot be written.
        """
        try:
            settings.run.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise KioskError(f"{settings.run} cannot be made: {wrong.strerror}", hint="check KIOSK_RUN") from wrong
        store = cls(_opened(settings.state))
        try:
            with store.transaction():
                store._prepare(clock.boot_id())
        except peewee.OperationalError as wrong:
            raise KioskError(f"{settings.state} cannot be written: {wrong}", hint="check KIOSK_RUN") from wrong
        store.close()  # nothing open may cross a fork
        return store

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One change: the write lock from its start, all of it or nothing."""
        with immediate(self.database):
            yield

    def forget(self) -> None:
        """Empty the log beside the file: until it begins anew it holds pages as they were before something went.

        Raises:
            peewee.OperationalError: another holds the lock.
        """
        self.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def salt(self) -> str:
        """What station keys are made with: 32 hex digits, new at every start of the system."""
        return self.get("salt")

    def get(self, name: str) -> str:
        """What stands in `meta` under this name; empty when nothing does."""
        row = self.tables.meta.get_or_none(self.tables.meta.name == name)
        return "" if row is None else row.value

    def put(self, name: str, value: str) -> None:
        """Write a value of `meta`."""
        self.tables.meta.insert(name=name, value=value).on_conflict_replace().execute()

    def close(self) -> None:
        """Close this thread's connection; the next query opens another."""
        self.database.close()

    def _prepare(self, boot: str) -> None:
        form = self.database.execute_sql("PRAGMA user_version").fetchone()[0]
        if form not in (0, _FORM):
            keep = (self.tables.meta, self.tables.outgoing)
            self.database.drop_tables([table for table in self.tables.every if table not in keep])
        self.database.create_tables(self.tables.every)
        self.database.execute_sql(f"PRAGMA user_version = {_FORM}")
        if self.get("boot") != boot:
            for table in self.tables.every:
                table.delete().execute()
            self.put("boot", boot)
            self.put("salt", secrets.token_hex(_SALT_BYTES))


def _opened(path: Path) -> peewee.SqliteDatabase:
    # Changing to WAL needs the file for oneself and does not wait: two services starting at once meet here.
    for _ in range(_TRIES):
        try:
            return open_sqlite(path, durable=False, page_size=4096)
        except peewee.OperationalError as busy:
            if "locked" not in str(busy):
                raise KioskError(f"{path} cannot be opened: {busy}", hint="check KIOSK_RUN") from busy
            time.sleep(_PAUSE)
        except peewee.DatabaseError:
            _discard(path)
    raise KioskError(f"{path} stays locked", hint="stop the program that holds it")


def _discard(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
