"""The tables of state.db, as peewee models that belong to no database until `bind` gives them one.

Times are uptime in whole seconds: nothing here outlives a start of the system. A station is the salted key made by
device.stations; no address stands in any column.
"""

from dataclasses import dataclass

import peewee
from playhouse.sqlite_ext import AutoIncrementField

from kiosk.database import bound


class Meta(peewee.Model):
    """What the state as a whole knows: the salt of station keys, the epoch, the recorder's marks."""

    name = peewee.TextField(primary_key=True)
    value = peewee.TextField()


class Visit(peewee.Model):
    """One person's use, known by an unguessable id in the address; gone when it ends.

    `counted` is true while nothing has happened since its event was handed over.
    """

    id = peewee.TextField(primary_key=True)
    station = peewee.TextField(index=True)
    started = peewee.IntegerField()
    last = peewee.IntegerField(index=True)
    where = peewee.TextField()
    lang = peewee.TextField(default="")
    counted = peewee.BooleanField(default=False)


class Attempt(peewee.Model):
    """One run of a scenario within a visit; `serial` makes replays and double taps harmless."""

    visit = peewee.TextField()
    number = peewee.IntegerField()
    pack = peewee.TextField()
    scenario = peewee.TextField()
    variant = peewee.TextField()
    stage = peewee.TextField()
    setting = peewee.TextField()
    serial = peewee.IntegerField(default=0)
    state = peewee.TextField()
    started = peewee.IntegerField()
    done = peewee.BooleanField(default=False)

    class Meta:
        """A visit numbers its own attempts."""

        primary_key = peewee.CompositeKey("visit", "number")


class Released(peewee.Model):
    """A station that has asked to be let out of the sheet, until its lease or the longest time ends."""

    station = peewee.TextField(primary_key=True)
    since = peewee.IntegerField()
    until = peewee.IntegerField(index=True)
    system = peewee.TextField(default="other")


class Outgoing(peewee.Model):
    """An event on its way to the recorder; ids are never used twice, also after the newest row is forgotten."""

    id = AutoIncrementField()
    kind = peewee.TextField()
    at = peewee.IntegerField()
    payload = peewee.TextField()


class Session(peewee.Model):
    """A staff door that stands open: the digest of its id, and the uptime of its last use."""

    digest = peewee.TextField(primary_key=True)
    last = peewee.IntegerField()


class Nonce(peewee.Model):
    """A question for the time, put to one station, good for one answer."""

    value = peewee.TextField(primary_key=True)
    station = peewee.TextField()
    issued = peewee.IntegerField(index=True)


class Vote(peewee.Model):
    """What one station's clock said (seconds since 1970) at an uptime of ours; one per station and epoch."""

    epoch = peewee.TextField()
    station = peewee.TextField()
    wall = peewee.IntegerField()
    uptime = peewee.IntegerField()

    class Meta:
        """One vote per station and epoch."""

        primary_key = peewee.CompositeKey("epoch", "station")


@dataclass(frozen=True, slots=True)
class Tables:
    """The models of one open state.db."""

    meta: type[Meta]
    visit: type[Visit]
    attempt: type[Attempt]
    released: type[Released]
    outgoing: type[Outgoing]
    session: type[Session]
    nonce: type[Nonce]
    vote: type[Vote]

    @property
    def every(self) -> tuple[type[peewee.Model], ...]:
        """All of them."""
        return (self.meta, self.visit, self.attempt, self.released, self.outgoing, self.session, self.nonce, self.vote)


def bind(database: peewee.Database) -> Tables:
    """Models of their own for this database."""
    return Tables(
        meta=bound(Meta, database),
        visit=bound(Visit, database),
        attempt=bound(Attempt, database),
        released=bound(Released, database),
        outgoing=bound(Outgoing, database),
        session=bound(Session, database),
        nonce=bound(Nonce, database),
        vote=bound(Vote, database),
    )
