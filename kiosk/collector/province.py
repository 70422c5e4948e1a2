"""The province's database, opened: SQLite for a commune, PostgreSQL for a province."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.db_url import connect

from kiosk.collector import migrations
from kiosk.collector.tables import Tables, bind
from kiosk.database import immediate, migrate, open_sqlite
from kiosk.errors import KioskError

_SQLITE = "sqlite:///"


class Province:
    """The database and its models; a connection belongs to a thread.

    Attributes:
        database: the peewee database.
        tables: the models, bound to it.
    """

    def __init__(self, database: peewee.Database) -> None:
        self.database = database
        self.tables: Tables = bind(database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One change: all of it or nothing."""
        with immediate(self.database):
            yield

    def close(self) -> None:
        """Close this thread's connection."""
        self.database.close()


def open_province(url: str) -> Province:
    """Open the database of that URL and bring it to the newest form.

    Raises:
        KioskError: it cannot be opened, or a newer release wrote it.
    """
    try:
        database = _opened(url)
        migrate(database, migrations)
    except (peewee.DatabaseError, peewee.InterfaceError, RuntimeError, OSError) as wrong:
        raise KioskError(f"the database cannot be opened: {wrong}", hint="check --database") from wrong
    database.close()  # nothing open may cross a fork
    return Province(database)


def _opened(url: str) -> peewee.Database:
    if not url.startswith(_SQLITE):
        database: peewee.Database = connect(url)
        database.connect()
        return database
    path = Path(url.removeprefix(_SQLITE))
    path.parent.mkdir(parents=True, exist_ok=True)
    return open_sqlite(path, durable=True, page_size=4096, timeout=30)
