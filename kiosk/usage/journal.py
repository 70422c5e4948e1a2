"""The one door to usage.db: the recorder puts events in, the outbox takes them out, the status counts them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import peewee

from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality, learn
from kiosk.events.event import Event, from_payload
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges
from kiosk.settings import Settings
from kiosk.usage import spans, waiting
from kiosk.usage.spans import State
from kiosk.usage.store import UsageStore
from kiosk.usage.tables import Epoch, Spent, number

if TYPE_CHECKING:
    # The recorder and the server never look at one: they need no cryptography in their memory.
    from kiosk.events.ack import Ack

_EPOCH_BYTES = 8
_DAYS = 60  # rows of what the link has carried; each change of a day's is a new one
_ROWS = 200  # of one INSERT: SQLite takes at most 32,766 values


@dataclass(frozen=True, slots=True)
class Position:
    """How far the recorder has come; committed with the events up to there.

    Attributes:
        views: which view log.
        read: bytes of it.
        outgoing: last id of state.db's events.
    """

    views: str = ""
    read: int = 0
    outgoing: int = 0


@dataclass(frozen=True, slots=True)
class Current:
    """The epoch that events are written to now, and the last seq given in it."""

    name: str
    device: str
    boot: str
    seq: int
    offset: Offset
    position: Position


class Journal:
    """usage.db, open. One object per thread that uses it, or one for all: connections are per thread."""

    def __init__(self, store: UsageStore) -> None:
        self.store = store

    @classmethod
    def open(cls, settings: Settings, *, check: bool = False) -> Self:
        """Open usage.db, or make it; see `UsageStore.open` for `check` and the errors."""
        return cls(UsageStore.open(settings, check=check))

    def close(self) -> None:
        """Close this thread's connection."""
        self.store.close()

    def current(self) -> Current | None:
        """The epoch of now; None before the first."""
        place = self.store.tables.position.get_or_none()
        if place is None:
            return None
        row = self.store.tables.epoch.get_by_id(place.epoch)
        position = Position(place.views, place.read, place.outgoing)
        return Current(row.name, row.device, row.boot, place.seq, _offset(row), position)

    def begin(
        self, *, device: str, boot: str, position: Position = Position(), events: Sequence[Event] = ()
    ) -> Current:
        """Begin a new epoch, from which events are numbered from 1.

        Args:
            device: the box's id, 32 hex digits.
            boot: the kernel's id of this start.
            position: where the recorder goes on reading.
            events: its first ones.
        """
        tables = self.store.tables
        with self.store.transaction():
            if (place := tables.position.get_or_none()) is not None:
                tables.epoch.update(last=place.seq).where(tables.epoch.id == place.epoch).execute()
            row = tables.epoch.create(name=secrets.token_hex(_EPOCH_BYTES), device=device, boot=boot)
            tables.position.insert(
                id=1, epoch=row.id, seq=0, views=position.views, read=position.read, outgoing=position.outgoing
            ).on_conflict_replace().execute()
            seq = self.append_within(events)
        return Current(row.name, device, boot, seq, _offset(row), position)

    def append(self, events: Sequence[Event], position: Position | None = None) -> int:
        """Commit events to the current epoch, together with how far their sources were read.

        Args:
            events: in the order in which they get their seqs.
            position: left as it is when None.

        Returns:
            The last seq.

        Raises:
            peewee.DatabaseError: nothing of it was written.
        """
        with self.store.transaction():
            return self.append_within(events, position)

    def latest(self, kind: str) -> tuple[Event, Offset] | None:
        """The newest event of a kind that is still here, with the offset of its epoch."""
        event, epoch = self.store.tables.event, self.store.tables.epoch
        row = event.select().where(event.kind == kinds()[kind].code).order_by(event.id.desc()).first()
        if row is None:
            return None
        return from_payload(kind, row.at, row.payload), _offset(epoch.get_by_id(row.epoch))

    def of_epoch(self, kind: str) -> list[Event]:
        """The events of a kind that are still here from the epoch of now, oldest first."""
        place, table = self.store.tables.position.get_or_none(), self.store.tables.event
        if place is None:
            return []
        rows = table.select().where(table.within(place.epoch) & (table.kind == kinds()[kind].code)).order_by(table.id)
        return [from_payload(kind, row.at, row.payload) for row in rows]

    def append_within(self, events: Sequence[Event], position: Position | None = None) -> int:
        """As `append`, inside a transaction of the caller."""
        tables = self.store.tables
        place = tables.position.get()
        epoch, last = place.epoch, place.seq
        codes = {name: kind.code for name, kind in kinds().items()}
        for start in range(0, len(events), _ROWS):
            values: list[object] = []
            for seq, event in enumerate(events[start : start + _ROWS], last + start + 1):
                values += (number(epoch, seq), codes[event.kind], event.at, event.payload())
            marks = ", ".join(["(?, ?, ?, ?)"] * (len(values) // 4))
            # Composed by hand: peewee takes ten times as long to compose it as SQLite takes to run it.
            insert = f"INSERT INTO event (id, kind, at, payload) VALUES {marks}"  # noqa: S608  our own question marks
            self.store.database.execute_sql(insert, values)
        last += len(events)
        changed: dict[str, object] = {"seq": last}
        if position:
            changed |= {"views": position.views, "read": position.read, "outgoing": position.outgoing}
        tables.position.update(**changed).execute()
        return last

    def unsent(self, limit: int, *, least: int = 0) -> list[Batch]:
        """What the collector does not hold yet, a batch per epoch, oldest first.

        A batch may have no events: then it brings a better offset, or seqs that are gone.

        Args:
            limit: events in all batches together.
            least: kinds of a smaller value than this stay behind.
        """
        return waiting.batches(self.store, limit, least)

    def mark(self, ack: "Ack") -> None:
        """Write down what the collector said of one batch; an ack for events of another card changes nothing."""
        tables = self.store.tables
        with self.store.transaction():
            row = self._row(ack.device, ack.epoch)
            if row is None:
                return
            spans.add(tables, row.id, State.HELD, ack.accepted)
            for seqs, reason in ack.aside:
                spans.add_aside(tables, row.id, seqs - ack.accepted, reason)
            if row.told < ack.revision <= row.revision:
                tables.epoch.update(told=ack.revision).where(tables.epoch.id == row.id).execute()

    def tried(self, batch: Batch) -> None:
        """Write down that a batch is about to leave: the collector may come to hold it though no answer comes."""
        tables = self.store.tables
        with self.store.transaction():
            row = self._row(batch.device, batch.epoch)
            if row is not None:
                spans.add(tables, row.id, State.TRIED, Ranges.of(seq for seq, _ in batch.events))

    def spent(self, day: str) -> int:
        """Bytes that the link has carried in a day."""
        row = self.store.tables.spent.get_or_none(self.store.tables.spent.day == day)
        return row.bytes if row else 0

    def spend(self, day: str, amount: int) -> None:
        """Add to the bytes of a day; days long ago are forgotten."""
        table = self.store.tables.spent
        with self.store.transaction():
            table.insert(day=day, bytes=self.spent(day) + amount).on_conflict_replace().execute()
            table.delete().where(table.id <= _newest(table) - _DAYS).execute()

    def aside(self) -> list[tuple[str, Ranges, str]]:
        """What the collector could not take: epoch, seqs, its reason."""
        tables = self.store.tables
        names = {row.id: row.name for row in tables.epoch.select()}
        rows = tables.span.select().where(tables.span.state == State.ASIDE)
        return [(names[row.epoch], Ranges(((row.first, row.last),)), row.reason) for row in rows]

    def learn(self, epoch: str, seconds: int, quality: Quality) -> Offset:
        """Take new evidence of an epoch's time: seconds since 1970 minus uptime. Returns what is held now."""
        tables = self.store.tables
        with self.store.transaction():
            row = tables.epoch.get(tables.epoch.name == epoch)
            held = _offset(row)
            found = learn(held, seconds, quality)
            if found != held:
                changed = {"seconds": found.seconds, "quality": int(found.quality), "revision": found.revision}
                tables.epoch.update(**changed).where(tables.epoch.id == row.id).execute()
        return found

    def offsets(self) -> dict[str, Offset]:
        """The best-known offset of every epoch, oldest first."""
        return {row.name: _offset(row) for row in self.store.tables.epoch.select().order_by(peewee.SQL("id"))}

    def _row(self, device: str, epoch: str) -> Epoch | None:
        table = self.store.tables.epoch
        return table.get_or_none((table.device == device) & (table.name == epoch))


def _newest(table: type[Spent]) -> int:
    return int(table.select(peewee.fn.MAX(table.id)).scalar())


def _offset(row: Epoch) -> Offset:
    return Offset(row.seconds, Quality(row.quality), row.revision)
