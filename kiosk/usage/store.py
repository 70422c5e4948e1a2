"""usage.db on the card: opened, made, checked, and set aside when it is damaged."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from kiosk.database import immediate, migrate, open_sqlite
from kiosk.errors import KioskError
from kiosk.settings import Settings
from kiosk.usage import migrations
from kiosk.usage.tables import Tables, bind

_PAGE = 1024
_TRIES = 100
_PAUSE = 0.02  # seconds
_BESIDE = ("", "-wal", "-shm")


class DamagedError(KioskError):
    """usage.db is no database, or a part of it cannot be read."""


class UsageStore:
    """The open usage.db and the models bound to it.

    Attributes:
        database: the peewee database.
        tables: the models, bound to this database only.
        path: the file.
        identity: device and inode of the file that is open, "64769:1234".
    """

    def __init__(self, database: peewee.SqliteDatabase, path: Path) -> None:
        self.database = database
        self.path = path
        self.tables: Tables = bind(database)
        self.identity = identity(path)

    @classmethod
    def open(cls, settings: Settings, *, check: bool = False) -> "UsageStore":
        """Open usage.db, or make it.

        Args:
            settings: the house.
            check: whether every page is looked at first, as the recorder does once at its start.

        Raises:
            DamagedError: it is damaged; `set_aside` makes room for a new one.
            KioskError: it cannot be opened or written, or a newer release wrote it.
        """
        for _ in range(_TRIES):
            try:
                settings.data.mkdir(parents=True, exist_ok=True)
                return cls(_opened(settings, check=check), settings.usage)
            except OSError as wrong:
                raise KioskError(f"{settings.data} cannot be written: {wrong.strerror}") from wrong
            except (peewee.OperationalError, peewee.IntegrityError) as wrong:
                if not _racing(wrong):
                    raise KioskError(f"{settings.usage} cannot be opened: {wrong}", hint="check the card") from wrong
                time.sleep(_PAUSE)
            except peewee.DatabaseError as wrong:
                raise DamagedError(f"{settings.usage} is damaged: {wrong}") from wrong
        raise KioskError(f"{settings.usage} stays locked", hint="stop the program that holds it")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One change: the write lock from its start, all of it or nothing."""
        with immediate(self.database):
            yield

    def close(self) -> None:
        """Close this thread's connection."""
        self.database.close()


def identity(path: Path) -> str:
    """Which file stands at this path: device and inode; empty when none does."""
    try:
        seen = path.stat()
    except OSError:
        return ""
    return f"{seen.st_dev}:{seen.st_ino}"


def set_aside(path: Path) -> Path:
    """Move a damaged usage.db and what belongs to it out of the way, and keep it.

    Returns:
        Its new place, `usage.db.corrupt-N`.
    """
    number = 1
    while (target := path.with_name(f"{path.name}.corrupt-{number}")).exists():
        number += 1
    # The log first: a database without its log is whole but older, a log beside a new database would damage it.
    for suffix in reversed(_BESIDE):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(target.with_name(target.name + suffix))
    return target


def kept(path: Path) -> list[Path]:
    """The damaged files that were set aside, oldest first."""
    found = (part for part in path.parent.glob(f"{path.name}.corrupt-*") if part.suffix.rpartition("-")[2].isdecimal())
    return sorted(found, key=lambda part: int(part.suffix.rpartition("-")[2]))


def used(store: UsageStore) -> tuple[int, int]:
    """Pages that hold something, and pages that it may have at the most."""
    pages, free, most = (_pragma(store.database, name) for name in ("page_count", "freelist_count", "max_page_count"))
    return pages - free, most


def _pragma(database: peewee.SqliteDatabase, name: str) -> int:
    value: int = database.execute_sql(f"PRAGMA {name}").fetchone()[0]
    return value


def _opened(settings: Settings, *, check: bool) -> peewee.SqliteDatabase:
    database = open_sqlite(settings.usage, durable=True, page_size=_PAGE, most_kib=settings.counting.most_kib)
    try:
        if check:
            _look(database)
        migrate(database, migrations)
    except BaseException:
        database.close()
        raise
    return database


def _look(database: peewee.SqliteDatabase) -> None:
    verdict = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise peewee.DatabaseError(verdict)


def _racing(wrong: Exception) -> bool:
    """Whether another program was just making or migrating the same file."""
    return any(word in str(wrong) for word in ("locked", "already exists", "UNIQUE constraint failed: migration"))
