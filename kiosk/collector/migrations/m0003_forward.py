"""What of each epoch a record store has taken, and which statements it would not take."""

import peewee

_TABLES = (
    """forwarded (store VARCHAR(200) NOT NULL, site {name}, device {hex}, epoch {hex}, many BIGINT NOT NULL,
        seqs TEXT NOT NULL, PRIMARY KEY (site, device, epoch, store))""",
    """unwanted (store VARCHAR(200) NOT NULL, site {name}, device {hex}, epoch {hex}, seq BIGINT, reason TEXT NOT NULL,
        PRIMARY KEY (site, device, epoch, seq, store))""",
)


def migrate(database: peewee.Database) -> None:
    """Make the tables."""
    here = isinstance(database, peewee.SqliteDatabase)
    types = {"name": "VARCHAR(60) NOT NULL", "hex": "BLOB NOT NULL" if here else "BYTEA NOT NULL"}
    for table in _TABLES:
        database.execute_sql(f"CREATE TABLE {table.format(**types)}{' WITHOUT ROWID' if here else ''}")
