"""The tables of usage.db, as peewee models that belong to no database until `bind` gives them one.

The migrations make the tables; here stands only what queries need.
"""

from dataclasses import dataclass

import peewee

from kiosk.database import bound


class Epoch(peewee.Model):
    """A stretch of events with one clock: its 16 hex digits, whose, of which start of the system, and its offset.

    `told` is the revision of the offset that the collector has confirmed.
    """

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    device = peewee.TextField()
    boot = peewee.TextField()
    seconds = peewee.IntegerField(default=0)
    quality = peewee.IntegerField(default=0)
    revision = peewee.IntegerField(default=0)
    told = peewee.IntegerField(default=0)


class Event(peewee.Model):
    """An event under its epoch's row and its seq; `kind` is the registry's code, `at` uptime in seconds."""

    epoch = peewee.IntegerField()
    seq = peewee.IntegerField()
    kind = peewee.IntegerField()
    at = peewee.IntegerField()
    payload = peewee.TextField()

    class Meta:
        """The key is the table."""

        primary_key = peewee.CompositeKey("epoch", "seq")
        without_rowid = True


class Span(peewee.Model):
    """Seqs from first to last that are in one state: see usage.spans."""

    epoch = peewee.IntegerField()
    state = peewee.TextField()
    first = peewee.IntegerField()
    last = peewee.IntegerField()
    reason = peewee.TextField(default="")

    class Meta:
        """The key is the table."""

        primary_key = peewee.CompositeKey("epoch", "state", "first")
        without_rowid = True


class Position(peewee.Model):
    """The one row that says how far the recorder has come: last seq given, bytes of the view log, outgoing id."""

    id = peewee.IntegerField(primary_key=True)
    epoch = peewee.IntegerField()
    seq = peewee.IntegerField()
    views = peewee.TextField()
    read = peewee.IntegerField()
    outgoing = peewee.IntegerField()


@dataclass(frozen=True, slots=True)
class Tables:
    """The models of one open usage.db."""

    epoch: type[Epoch]
    event: type[Event]
    span: type[Span]
    position: type[Position]


def bind(database: peewee.Database) -> Tables:
    """Models of their own for this database."""
    return Tables(
        epoch=bound(Epoch, database),
        event=bound(Event, database),
        span=bound(Span, database),
        position=bound(Position, database),
    )
