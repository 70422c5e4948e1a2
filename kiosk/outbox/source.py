"""What the outbox asks of the journal: what waits, and where to write down what the collector said."""

from typing import Protocol

from kiosk.events.ack import Ack
from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality


class Epoch(Protocol):
    """The epoch that events are written to now."""

    @property
    def name(self) -> str:
        """16 hex digits."""

    @property
    def device(self) -> str:
        """The box's id, 32 hex digits."""

    @property
    def boot(self) -> str:
        """The kernel's id of the start in which it began."""

    @property
    def offset(self) -> Offset:
        """Its best-known time."""


class Source(Protocol):
    """The journal as the outbox sees it; `kiosk.usage.journal.Journal` is one."""

    def unsent(self, limit: int, *, least: int = 0) -> list[Batch]:
        """What the collector does not hold yet, a batch per epoch, oldest first; `least` leaves lesser kinds out."""

    def mark(self, ack: Ack) -> None:
        """Write down what the collector holds and what it set aside."""

    def tried(self, batch: Batch) -> None:
        """Write down that a batch is about to leave."""

    def spent(self, day: str) -> int:
        """Bytes that the link has carried in a day."""

    def spend(self, day: str, amount: int) -> None:
        """Add to them."""

    def current(self) -> Epoch | None:
        """The epoch of now."""

    def learn(self, epoch: str, seconds: int, quality: Quality) -> Offset:
        """Take new evidence of an epoch's time."""
