"""A journal in memory and a collector that does what a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice

from kiosk import clock
from kiosk.events.ack import Ack, encode, public_key
from kiosk.events.batch import Batch, digest
from kiosk.events.batch import decode as decode_batch
from kiosk.events.epochs import UNKNOWN, Offset, Quality, learn
from kiosk.events.event import Event, make
from kiosk.events.kinds import kinds
from kiosk.events.ranges import NONE, Ranges
from kiosk.outbox.link import Answer, LinkError

SEED = bytes(range(32))
KEY = public_key(SEED)
DEVICE = "ab" * 16


def view(at: int = 1) -> Event:
    """An event of little value."""
    return make("view", at, card="p/l/c", lang="vi", where="phone")


def check(at: int = 1) -> Event:
    """An event of the greatest value."""
    return make("check", at, skill="s", result="done", variant="v", setting="staff")


@dataclass
class FakeEpoch:
    name: str
    boot: str
    offset: Offset = UNKNOWN
    device: str = DEVICE


@dataclass
class FakeJournal:
    """Batches that wait, less what was marked."""

    batches: list[Batch]
    acks: list[Ack] = field(default_factory=list)
    now: FakeEpoch | None = None
    told: dict[str, int] = field(default_factory=dict)
    left: list[Batch] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)

    def unsent(self, limit: int, *, least: int = 0) -> list[Batch]:
        found = []
        for batch in self.batches:
            done = self.accepted(batch.epoch) | self.aside(batch.epoch)
            own = (pair for pair in batch.events if pair[0] not in done and kinds()[pair[1].kind].value >= least)
            events = tuple(islice(own, limit))
            limit -= len(events)
            gone = batch.gone - done
            if events or gone or batch.offset.revision > self.told.get(batch.epoch, 0):
                found.append(replace(batch, events=events, gone=gone))
        return found

    def mark(self, ack: Ack) -> None:
        self.acks.append(ack)
        self.told[ack.epoch] = max(ack.revision, self.told.get(ack.epoch, 0))

    def tried(self, batch: Batch) -> None:
        self.left.append(batch)

    def spent(self, day: str) -> int:
        return self.days.get(day, 0)

    def spend(self, day: str, amount: int) -> None:
        self.days[day] = self.spent(day) + amount

    def current(self) -> FakeEpoch | None:
        return self.now

    def learn(self, epoch: str, seconds: int, quality: Quality) -> Offset:
        self.now.offset = learn(self.now.offset, seconds, quality)
        return self.now.offset

    def accepted(self, epoch: str) -> Ranges:
        return Ranges.join(span for ack in self.acks if ack.epoch == epoch for span in ack.accepted.spans)

    def aside(self, epoch: str) -> Ranges:
        spans = (span for ack in self.acks if ack.epoch == epoch for seqs, _ in ack.aside for span in seqs.spans)
        return Ranges.join(spans)


@dataclass
class FakeCollector:
    """Takes every batch; `turns` are answers given instead, first to last; `unreadable` seqs make a 400."""

    turns: list[Answer | LinkError] = field(default_factory=list)
    unreadable: Ranges = NONE
    change: Callable[[Ack], Ack] = lambda ack: ack
    seed: bytes = SEED
    posts: list[bytes] = field(default_factory=list)
    held: dict[tuple[str, int], Event] = field(default_factory=dict)

    def post(self, data: bytes) -> Answer:
        self.posts.append(data)
        turn = self.turns.pop(0) if self.turns else None
        if isinstance(turn, LinkError):
            raise turn
        if turn:
            return turn
        batch = decode_batch(data)
        seqs = Ranges.of(seq for seq, _ in batch.events)
        if seqs & self.unreadable:
            return Answer(400, b"", 0)
        self.held |= {(batch.epoch, seq): event for seq, event in batch.events}
        now = int(clock.uptime()) + 1_800_000_000
        ack = Ack(digest(data), batch.device, batch.epoch, seqs | batch.gone, (), batch.offset.revision, now)
        return Answer(200, encode(self.change(ack), self.seed), 0)


def batch(events: dict[int, Event], epoch: str = "cd" * 8, **more: object) -> Batch:
    return Batch(DEVICE, epoch, events=tuple(events.items()), **more)
