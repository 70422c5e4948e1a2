"""Which events travel next: the most valuable first, as many as one batch takes."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.events.batch import GONE_MOST, WIRE_MOST, Batch, TooLongError, encode
from kiosk.events.event import Event
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges


def choose(waiting: Sequence[Batch], *, most: int = WIRE_MOST) -> tuple[Batch, bytes] | None:
    """The next batch and its bytes; None when nothing waits.

    Among epochs the one with the most valuable event goes first, and of equals the oldest.

    Args:
        waiting: a batch per epoch, oldest first, of any size.
        most: bytes that one batch may have.
    """
    best = max(waiting, key=_worth, default=None)
    return fit(best, most=most) if best else None


def fit(batch: Batch, *, most: int = WIRE_MOST) -> tuple[Batch, bytes]:
    """As much of a batch as fits, and its bytes: the most valuable events, of equals the oldest."""
    ranked = sorted(batch.events, key=lambda pair: (-_value(pair[1]), pair[0]))
    gone = Ranges(batch.gone.spans[:GONE_MOST])  # more travel with the next
    count = len(ranked)
    while True:
        part = replace(batch, events=tuple(sorted(ranked[:count], key=lambda pair: pair[0])), gone=gone)
        data = _encoded(part)
        if data is not None and (len(data) <= most or not count):
            return part, data
        count = count // 2 if data is None else min(count * 9 // 10, count * most // len(data))


def halves(batch: Batch) -> tuple[Batch, Batch]:
    """A batch as two, to find the event that the collector stumbles over; the first keeps offset and gone."""
    middle = len(batch.events) // 2
    return replace(batch, events=batch.events[:middle]), replace(batch, events=batch.events[middle:], gone=Ranges())


def _encoded(batch: Batch) -> bytes | None:
    try:
        return encode(batch)
    except TooLongError:
        return None


def _worth(batch: Batch) -> int:
    return max((_value(event) for _, event in batch.events), default=0)


def _value(event: Event) -> int:
    return kinds()[event.kind].value
