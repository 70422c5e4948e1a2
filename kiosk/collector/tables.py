"""The province's tables, as peewee models that belong to no database until `bind` gives them one.

The migrations make the tables; here stands what queries need. Every key begins with the site, so that a cluster can
spread the rows by it. An event stores uptime only; what day it was follows from its epoch's offset, which may become
better later, and lives in the roll-ups alone.
"""

from dataclasses import dataclass

import peewee

from kiosk.database import bound


class HexField(peewee.Field):
    """Hex digits, held as half as many bytes."""

    field_type = "BLOB"

    def db_value(self, value: str) -> bytes:
        """As the database holds it."""
        return bytes.fromhex(value)

    def python_value(self, value: bytes) -> str:
        """As everybody else does."""
        return bytes(value).hex()


class Site(peewee.Model):
    """A village: its commune, and where it lies in millionths of a degree, once somebody said so."""

    site = peewee.CharField(max_length=60, primary_key=True)
    name = peewee.TextField()
    commune = peewee.TextField(default="")
    latitude = peewee.IntegerField(null=True)
    longitude = peewee.IntegerField(null=True)


class Token(peewee.Model):
    """What lets a site's devices add events; only its SHA-256 is kept."""

    sha256 = peewee.CharField(max_length=64, primary_key=True)
    site = peewee.CharField(max_length=60)
    made = peewee.BigIntegerField()
    revoked = peewee.BooleanField(default=False)


class Device(peewee.Model):
    """A box that spoke for a site; heard: seconds since 1970; twins: how often two of its epochs were at one time."""

    site = peewee.CharField(max_length=60)
    device = HexField()
    first_heard = peewee.BigIntegerField()
    last_heard = peewee.BigIntegerField()
    version = peewee.CharField(max_length=40)
    twins = peewee.IntegerField(default=0)

    class Meta:
        """A device is the site's."""

        primary_key = peewee.CompositeKey("site", "device")


class Epoch(peewee.Model):
    """A run of a device's clock.

    Its best-known time (seconds since 1970 minus uptime), whether that cannot be, the uptimes of its
    first and last event, and, counted anew while `stale`: how many of its seqs are held, lost for good, set aside,
    and still to come.
    """

    site = peewee.CharField(max_length=60)
    device = HexField()
    epoch = HexField()
    seconds = peewee.BigIntegerField()
    quality = peewee.SmallIntegerField()
    revision = peewee.BigIntegerField()
    doubted = peewee.BooleanField()
    first_at = peewee.IntegerField(null=True)
    last_at = peewee.IntegerField(null=True)
    stale = peewee.BooleanField()
    held = peewee.BigIntegerField(default=0)
    lost = peewee.BigIntegerField(default=0)
    aside = peewee.BigIntegerField(default=0)
    late = peewee.BigIntegerField(default=0)

    class Meta:
        """An epoch is a device's."""

        primary_key = peewee.CompositeKey("site", "device", "epoch")


class Event(peewee.Model):
    """An event as it came; `kind` is the registry's code, `at` uptime in seconds, `payload` its values as JSON."""

    site = peewee.CharField(max_length=60)
    device = HexField()
    epoch = HexField()
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
    device = HexField()
    epoch = HexField()
    first = peewee.BigIntegerField()
    last = peewee.BigIntegerField()

    class Meta:
        """A span is told once."""

        primary_key = peewee.CompositeKey("site", "device", "epoch", "first", "last")


class Due(peewee.Model):
    """A month of a site whose roll-ups must be counted anew; months are year * 12 + month - 1."""

    site = peewee.CharField(max_length=60)
    month = peewee.IntegerField()

    class Meta:
        """Due once."""

        primary_key = peewee.CompositeKey("site", "month")


class Daily(peewee.Model):
    """Roll-up: how many events of a kind a site had on a day."""

    site = peewee.CharField(max_length=60)
    day = peewee.IntegerField()
    kind = peewee.SmallIntegerField()
    many = peewee.BigIntegerField()

    class Meta:
        """One count."""

        primary_key = peewee.CompositeKey("site", "day", "kind")


class Detail(peewee.Model):
    """Roll-up: how many events of a kind with these words a site had in a month; `sum1` to `sum5` add up their numbers.

    What words and numbers: `kiosk.collector.rollups.details`. No language is among them.
    """

    site = peewee.CharField(max_length=60)
    month = peewee.IntegerField()
    kind = peewee.SmallIntegerField()
    what = peewee.TextField()
    many = peewee.BigIntegerField()
    sum1 = peewee.BigIntegerField()
    sum2 = peewee.BigIntegerField()
    sum3 = peewee.BigIntegerField()
    sum4 = peewee.BigIntegerField()
    sum5 = peewee.BigIntegerField()

    class Meta:
        """One count."""

        primary_key = peewee.CompositeKey("site", "month", "kind", "what")


class Language(peewee.Model):
    """Roll-up: cards opened in a language, the site's total of a month and nothing narrower."""

    site = peewee.CharField(max_length=60)
    month = peewee.IntegerField()
    lang = peewee.CharField(max_length=120)
    many = peewee.BigIntegerField()

    class Meta:
        """One count."""

        primary_key = peewee.CompositeKey("site", "month", "lang")


class Health(peewee.Model):
    """Roll-up: the worst of a box's day; see `kiosk.collector.rollups.health`."""

    site = peewee.CharField(max_length=60)
    device = HexField()
    day = peewee.IntegerField()

    class Meta:
        """One day."""

        primary_key = peewee.CompositeKey("site", "device", "day")


@dataclass(frozen=True)
class Tables:
    """The models, bound to one database."""

    site: type[Site]
    token: type[Token]
    device: type[Device]
    epoch: type[Epoch]
    event: type[Event]
    gone: type[Gone]
    due: type[Due]
    daily: type[Daily]
    detail: type[Detail]
    language: type[Language]
    health: type[Health]


def bind(database: peewee.Database) -> Tables:
    """The models for this database alone."""
    return Tables(
        site=bound(Site, database),
        token=bound(Token, database),
        device=bound(Device, database),
        epoch=bound(Epoch, database),
        event=bound(Event, database),
        gone=bound(Gone, database),
        due=bound(Due, database),
        daily=bound(Daily, database),
        detail=bound(Detail, database),
        language=bound(Language, database),
        health=bound(Health, database),
    )
