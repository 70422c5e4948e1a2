"""The tables of usage.db, as peewee models that belong to no database until `bind` gives them one.

The migrations make the tables; here stands only what queries need.
"""

from dataclasses import dataclass

import peewee

from kiosk.database import bound

_SEQS = 1 << 32  # of one epoch, at the most


class Epoch(peewee.Model):
    """A stretch of events with one clock: its 16 hex digits, whose, of which start of the system, and its offset.

    `told` is the revision of the offset that the collector has confirmed; `last` the last seq given in it, once it is
    over.
    """

    id = peewee.AutoField()
    name = peewee.TextField(unique=True)
    device = peewee.TextField()
    boot = peewee.TextField()
    seconds = peewee.IntegerField(default=0)
    quality = peewee.IntegerField(default=0)
    revision = peewee.IntegerField(default=0)
    told = peewee.IntegerField(default=0)
    last = peewee.IntegerField(default=0)


class Event(peewee.Model):
    """An event; `id` holds epoch and seq (see `number`), `kind` is the registry's code, `at` uptime in seconds."""

    id = peewee.IntegerField(primary_key=True)
    kind = peewee.IntegerField()
    at = peewee.IntegerField()
    payload = peewee.TextField()

    @classmethod
    def within(cls, epoch: int, first: int = 0, last: int = _SEQS - 1) -> peewee.Expression:
        """The condition for an epoch's seqs from first to last."""
        return cls.id.between(number(epoch, first), number(epoch, last))

    @property
    def epoch(self) -> int:
        """The id of its epoch's row."""
        return self.id // _SEQS

    @property
    def seq(self) -> int:
        """Its seq."""
        return self.id % _SEQS


def number(epoch: int, seq: int) -> int:
    """The id of an event of this epoch's row."""
    return epoch * _SEQS + seq


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


class Spent(peewee.Model):
    """Bytes that went over the link in a day, newest last."""

    id = peewee.AutoField()
    day = peewee.TextField(unique=True)
    bytes = peewee.IntegerField()


@dataclass(frozen=True, slots=True)
class Tables:
    """The models of one open usage.db."""

    epoch: type[Epoch]
    event: type[Event]
    span: type[Span]
    position: type[Position]
    spent: type[Spent]


def bind(database: peewee.Database) -> Tables:
    """Models of their own for this database."""
    return Tables(
        epoch=bound(Epoch, database),
        event=bound(Event, database),
        span=bound(Span, database),
        position=bound(Position, database),
        spent=bound(Spent, database),
    )
