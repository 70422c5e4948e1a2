"""Sites, tokens, devices, epochs, events; what is gone and what was set aside."""

import peewee

from kiosk.collector.tables import bind


def migrate(database: peewee.Database) -> None:
    """Make the tables."""
    database.create_tables(bind(database).every)
