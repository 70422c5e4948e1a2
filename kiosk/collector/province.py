"""The province's database, opened: SQLite for a commune, PostgreSQL for a province."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.db_url import connect

from kiosk.collector import migrations
from kiosk.collector.tables import Tables, bind
from kiosk.database import immediate, migrate, open_sqlite
from kiosk.errors import KioskError

_SQLITE = "sqlite:///"
_CACHE_KIB = 16_384
_POSTGRESQL = "postgresql://"
_MIGRATING = 0x646F6D646F6D  # several app servers may start at once: one of them migrates


class Province:
    """The database and its models; a connection belongs to a thread.

    Attributes:
        database: the peewee database.
        tables: the models, bound to it.
        server: whether it is PostgreSQL.
    """

    def __init__(self, database: peewee.Database) -> None:
        self.database = database
        self.tables: Tables = bind(database)
        self.server = isinstance(database, peewee.PostgresqlDatabase)

    @contextmanager
    def transaction(self, site: str = "") -> Iterator[None]:
        """One change: all of it or nothing.

        Args:
            site: what belongs to this site is changed by one at a time; SQLite has one writer anyway.
        """
        with immediate(self.database):
            if site and self.server:
                self.rows("SELECT 1 FROM site WHERE site = ? FOR UPDATE", (site,))
            yield

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query with question marks, in either database's own words."""
        found: list[tuple[Any, ...]] = self._execute(query, values).fetchall()
        return found

    def run(self, query: str, values: Sequence[object] = ()) -> int:
        """Run a statement with question marks, in either database's own words; how many rows it touched.

        What every batch runs is written out: peewee takes longer to compose it than the server to run it.
        """
        return int(self._execute(query, values).rowcount)

    def _execute(self, query: str, values: Sequence[object]) -> Any:
        return self.database.execute_sql(query.replace("?", "%s") if self.server else query, values)

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
        _migrate(database)
    except (peewee.DatabaseError, peewee.InterfaceError, peewee.ImproperlyConfigured, RuntimeError, OSError) as wrong:
        raise KioskError(f"the database cannot be opened: {wrong}", hint="check --database") from wrong
    database.close()  # nothing open may cross a fork
    return Province(database)


def _opened(url: str) -> peewee.Database:
    if url.startswith(_POSTGRESQL):
        database: peewee.Database = connect(url)
        database.connect()
        return database
    if not url.startswith(_SQLITE):
        raise KioskError(f"{url.partition(':')[0]!r} is no database that we know", hint="sqlite:///… or postgresql://…")
    path = Path(url.removeprefix(_SQLITE))
    path.parent.mkdir(parents=True, exist_ok=True)
    return open_sqlite(path, durable=True, page_size=4096, cache_kib=_CACHE_KIB, timeout=30)


def _migrate(database: peewee.Database) -> None:
    if not isinstance(database, peewee.PostgresqlDatabase):
        migrate(database, migrations)
        return
    database.execute_sql("SELECT pg_advisory_lock(%s)", (_MIGRATING,))
    try:
        migrate(database, migrations)
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (_MIGRATING,))
