"""A fifth sum: how far people come in lessons, and the visits to households. Every month is due once more."""

import peewee

_STEPS = (
    "ALTER TABLE detail ADD COLUMN sum5 BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE total ADD COLUMN sum5 BIGINT NOT NULL DEFAULT 0",
    "INSERT INTO due (site, month) SELECT DISTINCT site, month FROM detail WHERE true ON CONFLICT DO NOTHING",
)


def migrate(database: peewee.Database) -> None:
    """Add it."""
    for step in _STEPS:
        database.execute_sql(step)
