"""Where villages lie, who may look, what was looked at; totals of communes and the province; boxes' health by day.

Totals and health follow from the events like every roll-up, so every month is due once more.
"""

import peewee

_SITE = (
    "ALTER TABLE site ADD COLUMN commune TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE site ADD COLUMN latitude INTEGER",  # millionths of a degree
    "ALTER TABLE site ADD COLUMN longitude INTEGER",
)
_TABLES = (
    """detail (site {name}, month INTEGER, kind SMALLINT, what TEXT, many BIGINT NOT NULL, sum1 BIGINT NOT NULL,
        sum2 BIGINT NOT NULL, sum3 BIGINT NOT NULL, sum4 BIGINT NOT NULL, PRIMARY KEY (site, month, kind, what))""",
    """total (scope TEXT, month INTEGER, kind SMALLINT, what TEXT, many BIGINT NOT NULL, sum1 BIGINT NOT NULL,
        sum2 BIGINT NOT NULL, sum3 BIGINT NOT NULL, sum4 BIGINT NOT NULL, PRIMARY KEY (scope, month, kind, what))""",
    "course (scope TEXT, day INTEGER, kind SMALLINT, many BIGINT NOT NULL, PRIMARY KEY (scope, day, kind))",
    "duetotal (scope TEXT, month INTEGER, marks BIGINT NOT NULL, PRIMARY KEY (scope, month))",
    "habit (site {name}, last INTEGER NOT NULL, usual INTEGER NOT NULL, PRIMARY KEY (site))",
    """holding (site {name}, undated BIGINT NOT NULL, late BIGINT NOT NULL, lost BIGINT NOT NULL, aside BIGINT NOT NULL,
        doubted BIGINT NOT NULL, PRIMARY KEY (site))""",
    """health (site {name}, device {hex}, day INTEGER, looks BIGINT NOT NULL, celsius INTEGER, lowvolts BIGINT NOT NULL,
        slowed BIGINT NOT NULL, disk INTEGER, memory INTEGER, stations INTEGER, refused BIGINT NOT NULL, signal INTEGER,
        card_errors INTEGER, worn INTEGER,
        PRIMARY KEY (site, device, day))""",
    "sound (sound VARCHAR(120) PRIMARY KEY, milliseconds INTEGER NOT NULL)",
    """person (login VARCHAR(60) PRIMARY KEY, role VARCHAR(20) NOT NULL, commune TEXT NOT NULL, hash TEXT NOT NULL,
        made BIGINT NOT NULL)""",
    """session (sha256 VARCHAR(64) PRIMARY KEY, login VARCHAR(60) NOT NULL, made BIGINT NOT NULL,
        seen BIGINT NOT NULL)""",
    "knock (login VARCHAR(60) PRIMARY KEY, failures INTEGER NOT NULL, until BIGINT NOT NULL)",
    """audit (at BIGINT NOT NULL, mark VARCHAR(16), login VARCHAR(60) NOT NULL, role VARCHAR(20) NOT NULL,
        act VARCHAR(20) NOT NULL, what TEXT NOT NULL, outcome VARCHAR(20) NOT NULL, PRIMARY KEY (at, mark))""",
)
_STEPS = (
    "INSERT INTO due (site, month) SELECT DISTINCT site, month FROM detail WHERE true ON CONFLICT DO NOTHING",
    "DROP TABLE detail",
)
_INDICES = (
    "detail_month ON detail (month, kind)",
    "total_month ON total (month, kind, scope)",
    "daily_lately ON daily (day, kind, site, many)",
    "health_day ON health (day)",
    "site_commune ON site (commune)",
)


def migrate(database: peewee.Database) -> None:
    """Make the tables."""
    here = isinstance(database, peewee.SqliteDatabase)
    types = {"name": "VARCHAR(60) NOT NULL", "hex": "BLOB NOT NULL" if here else "BYTEA NOT NULL"}
    plain = " WITHOUT ROWID" if here else ""
    for step in (*_SITE, *_STEPS):
        database.execute_sql(step)
    for table in _TABLES:
        database.execute_sql(f"CREATE TABLE {table.format(**types)}{plain}")
    database.execute_sql("DROP INDEX daily_day")
    for index in _INDICES:
        database.execute_sql(f"CREATE INDEX {index}")
    # A village's habit follows with its next word, what is held of it with the next count.
    database.execute_sql("INSERT INTO habit (site, last, usual) SELECT site, max(day), 1 FROM contact GROUP BY site")
    database.execute_sql("UPDATE epoch SET stale = true")
