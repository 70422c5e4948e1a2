"""Sites, tokens, devices, epochs, events; what is gone and aside; the roll-ups and what of them is due.

On PostgreSQL the one large table is spread over partitions by the hash of the site.
"""

import peewee

_PARTITIONS = 16

_TABLES = (
    "site (site {name} PRIMARY KEY, name TEXT NOT NULL)",
    "token (sha256 VARCHAR(64) PRIMARY KEY, site {name} NOT NULL, made BIGINT NOT NULL, revoked BOOLEAN NOT NULL)",
    """device (site {name}, device {hex}, first_heard BIGINT NOT NULL, last_heard BIGINT NOT NULL,
        version VARCHAR(40) NOT NULL, twins INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (site, device))""",
    "contact (site {name}, day INTEGER, PRIMARY KEY (site, day))",
    """epoch (site {name}, device {hex}, epoch {hex}, seconds BIGINT NOT NULL, quality SMALLINT NOT NULL,
        revision BIGINT NOT NULL, doubted BOOLEAN NOT NULL, first_at INTEGER, last_at INTEGER, stale BOOLEAN NOT NULL,
        held BIGINT NOT NULL DEFAULT 0, lost BIGINT NOT NULL DEFAULT 0, aside BIGINT NOT NULL DEFAULT 0,
        late BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (site, device, epoch))""",
    """gone (site {name}, device {hex}, epoch {hex}, first BIGINT, last BIGINT,
        PRIMARY KEY (site, device, epoch, first, last))""",
    """aside (site {name}, device {hex}, epoch {hex}, seq BIGINT, reason TEXT NOT NULL,
        PRIMARY KEY (site, device, epoch, seq))""",
    "due (site {name}, month INTEGER, PRIMARY KEY (site, month))",
    "daily (site {name}, day INTEGER, kind SMALLINT, many BIGINT NOT NULL, PRIMARY KEY (site, day, kind))",
    """detail (site {name}, month INTEGER, kind SMALLINT, what TEXT, many BIGINT NOT NULL, sums TEXT NOT NULL,
        PRIMARY KEY (site, month, kind, what))""",
    "language (site {name}, month INTEGER, lang VARCHAR(120), many BIGINT NOT NULL, PRIMARY KEY (site, month, lang))",
)
_EVENT = """event (site {name}, device {hex}, epoch {hex}, seq BIGINT, kind SMALLINT NOT NULL, at INTEGER NOT NULL,
    payload TEXT NOT NULL, PRIMARY KEY (site, device, epoch, seq))"""
_INDICES = (
    "token_site ON token (site)",
    "epoch_stale ON epoch (site) WHERE stale",
    "daily_day ON daily (day, kind, site)",
    "detail_month ON detail (month, kind)",
)


def migrate(database: peewee.Database) -> None:
    """Make the tables."""
    here = isinstance(database, peewee.SqliteDatabase)
    types = {"name": "VARCHAR(60) NOT NULL", "hex": "BLOB NOT NULL" if here else "BYTEA NOT NULL"}
    # A rowid beside the key would double what SQLite writes.
    plain = " WITHOUT ROWID" if here else ""
    for table in _TABLES:
        database.execute_sql(f"CREATE TABLE {table.format(**types)}{plain}")
    database.execute_sql(f"CREATE TABLE {_EVENT.format(**types)}{plain or ' PARTITION BY HASH (site)'}")
    for part in range(0 if here else _PARTITIONS):
        of = f"FOR VALUES WITH (MODULUS {_PARTITIONS}, REMAINDER {part})"
        database.execute_sql(f"CREATE TABLE event_{part:02} PARTITION OF event {of}")
    for index in _INDICES:
        database.execute_sql(f"CREATE INDEX {index}")
