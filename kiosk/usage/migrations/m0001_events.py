"""Events, their epochs, what the collector holds of them, and how far the recorder has read."""

import peewee

_TABLES = (
    """
    CREATE TABLE epoch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        device TEXT NOT NULL,
        boot TEXT NOT NULL,
        seconds INTEGER NOT NULL DEFAULT 0,
        quality INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL DEFAULT 0,
        told INTEGER NOT NULL DEFAULT 0
    )
    """,
    # id is epoch.id * 2^32 + seq. Rows that come in the order of their rowid fill page after page; the same rows
    # WITHOUT ROWID, under a key of both columns, split pages and cost a quarter more written bytes.
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        at INTEGER NOT NULL,
        payload TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE span (
        epoch INTEGER NOT NULL,
        state TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (epoch, state, first)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE position (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        views TEXT NOT NULL,
        read INTEGER NOT NULL,
        outgoing INTEGER NOT NULL
    )
    """,
)


def migrate(database: peewee.Database) -> None:
    """Make the tables."""
    for table in _TABLES:
        database.execute_sql(table)
