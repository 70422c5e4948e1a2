"""What the link has carried of a day, and the last seq of epochs that are over: a day may be thinned into sums."""

import peewee

_CHANGES = (
    "ALTER TABLE epoch ADD COLUMN last INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE spent (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL UNIQUE,
        bytes INTEGER NOT NULL
    )
    """,
)


def migrate(database: peewee.Database) -> None:
    """Change the tables."""
    for change in _CHANGES:
        database.execute_sql(change)
