"""The province's tables, as peewee models that belong to no database until `bind` gives them one.

Every key begins with the site, so that a cluster can spread the rows by it. An event stores uptime only; what day it
was follows from its epoch's offset, which may become better later.
"""

from dataclasses import dataclass
from typing import TypeVar

import peewee

M = TypeVar("M", bound=peewee.Model)


class Site(peewee.Model):
    """A village."""

    site = peewee.CharField(max_length=60, primary_key=True)
    name = peewee.TextField()


class Token(peewee.Model):
    """What lets a site's devices add events; only its SHA-256 is kept."""

    sha256 = peewee.CharField(max_length=64, primary_key=True)
    site = peewee.CharField(max_length=60, index=True)
    made = peewee.BigIntegerField()
    revoked = peewee.BooleanField(default=False)


class Device(peewee.Model):
    """A box that spoke for a site; heard: seconds since 1970."""

    site = peewee.CharField(max_length=60)
    device = peewee.CharField(max_length=32)
    first_heard = peewee.BigIntegerField()
    last_heard = peewee.BigIntegerField()
    version = peewee.CharField(max_length=40)

    class Meta:
        """A device is the site's."""

        primary_key = peewee.CompositeKey("site", "device")


class Epoch(peewee.Model):
    """A run of a device's clock, and its best-known time: seconds since 1970 minus uptime."""

    site = peewee.CharField(max_length=60)
    device = peewee.CharField(max_length=32)
    epoch = peewee.CharField(max_length=16)
    seconds = peewee.BigIntegerField()
    quality = peewee.SmallIntegerField()
    revision = peewee.BigIntegerField()

    class Meta:
        """An epoch is a device's."""

        primary_key = peewee.CompositeKey("site", "device", "epoch")


class Event(peewee.Model):
    """An event as it came; `kind` is the registry's code, `at` uptime in seconds, `payload` its values as JSON."""

    site = peewee.CharField(max_length=60)
    device = peewee.CharField(max_length=32)
    epoch = peewee.CharField(max_length=16)
    seq = peewee.BigIntegerField()
    kind = peewee.SmallIntegerField()
    at = peewee.IntegerField()
    payload = peewee.TextField()

    class Meta:
        """The identity that makes a batch harmless when it comes again."""

        primary_key = peewee.CompositeKey("site", "device", "epoch", "seq")


class Gone(peewee.Model):
    """Seqs that the device gave up and will never send."""

    site = peewee.CharField(max_length=60)
    device = peewee.CharField(max_length=32)
    epoch = peewee.CharField(max_length=16)
    first = peewee.BigIntegerField()
    last = peewee.BigIntegerField()

    class Meta:
        """A span is told once."""

        primary_key = peewee.CompositeKey("site", "device", "epoch", "first", "last")


class Aside(peewee.Model):
    """An event that could not be taken, and why."""

    site = peewee.CharField(max_length=60)
    device = peewee.CharField(max_length=32)
    epoch = peewee.CharField(max_length=16)
    seq = peewee.BigIntegerField()
    reason = peewee.TextField()

    class Meta:
        """Set aside once."""

        primary_key = peewee.CompositeKey("site", "device", "epoch", "seq")


@dataclass(frozen=True)
class Tables:
    """The models, bound to one database."""

    site: type[Site]
    token: type[Token]
    device: type[Device]
    epoch: type[Epoch]
    event: type[Event]
    gone: type[Gone]
    aside: type[Aside]

    @property
    def every(self) -> tuple[type[peewee.Model], ...]:
        """All of them."""
        return (self.site, self.token, self.device, self.epoch, self.event, self.gone, self.aside)


def bind(database: peewee.Database) -> Tables:
    """The models for this database alone."""
    return Tables(
        _bound(Site, database),
        _bound(Token, database),
        _bound(Device, database),
        _bound(Epoch, database),
        _bound(Event, database),
        _bound(Gone, database),
        _bound(Aside, database),
    )


def _bound(model: type[M], database: peewee.Database) -> type[M]:
    name = model.__name__
    # A rowid beside the key would double what SQLite writes.
    without = {"without_rowid": True} if isinstance(database, peewee.SqliteDatabase) else {}
    meta = type("Meta", (), {"database": database, "table_name": name.lower(), **without})
    return type(name, (model,), {"Meta": meta, "__module__": model.__module__})
