"""When an epoch was: the evidence of time, and which of two offsets is the better."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

CLUSTER_SECONDS = 120
HORIZON_SECONDS = 15 * 366 * 86_400  # a vote more than 15 years after the release is a phone with a wrong clock
PHONES_LEAST = 3
TOLERANCE_SECONDS = 2  # evidence of the same quality that agrees so closely changes nothing


class Quality(IntEnum):
    """Where the time came from, worst first; the numbers travel on the wire and never change."""

    UNKNOWN = 0
    SAVED = 1
    FEW = 2
    PHONES = 3
    COLLECTOR = 4
    SYNCED = 5


@dataclass(frozen=True, slots=True)
class Offset:
    """The best-known time of an epoch.

    Attributes:
        seconds: seconds since 1970 minus uptime, whole.
        quality: where it came from.
        revision: counts the device's changes of this epoch's offset, from 1; 0 while nothing is known.
    """

    seconds: int
    quality: Quality
    revision: int


UNKNOWN = Offset(0, Quality.UNKNOWN, 0)


@dataclass(frozen=True, slots=True)
class Vote:
    """What one phone said the time was (seconds since 1970) when our uptime was so many seconds."""

    wall: int
    uptime: int


def better(held: Offset, other: Offset) -> Offset:
    """The better of two offsets of one epoch: by quality, then by revision; what is held wins a tie.

    An old batch that arrives late on a stick never worsens what is known.
    """
    return other if (other.quality, other.revision) > (held.quality, held.revision) else held


def learn(held: Offset, seconds: int, quality: Quality) -> Offset:
    """What the device holds after new evidence: a new revision, or the held one when it tells nothing better."""
    same = quality == held.quality and abs(seconds - held.seconds) <= TOLERANCE_SECONDS
    # A clock that was saved is late, for it stood still while the power was off; one that stands still gets later.
    later = quality is Quality.SAVED is held.quality and seconds < held.seconds
    if quality < held.quality or same or later or quality is Quality.UNKNOWN:
        return held
    return Offset(seconds, quality, held.revision + 1)


def possible(wall: float, earliest: float) -> bool:
    """Whether it can be that time (seconds since 1970) now: not before the release, nor 15 years after."""
    return 0 <= wall - earliest <= HORIZON_SECONDS


def from_votes(votes: Iterable[Vote], *, earliest: int) -> tuple[int, Quality] | None:
    """What the phones agree on: (seconds, quality) for `learn`, or None.

    The largest cluster within 120 s counts if it holds more than half of the voters whose clock is possible at all.

    Args:
        votes: one per station and epoch.
        earliest: the release's day, seconds since 1970; a vote before it, or 15 years after, is no evidence.
    """
    offsets = sorted(vote.wall - vote.uptime for vote in votes if possible(vote.wall, earliest))
    cluster = max((_cluster(offsets, start) for start in range(len(offsets))), key=len, default=[])
    if len(cluster) * 2 <= len(offsets):
        return None
    quality = Quality.PHONES if len(cluster) >= PHONES_LEAST else Quality.FEW
    return cluster[(len(cluster) - 1) // 2], quality


def _cluster(offsets: list[int], start: int) -> list[int]:
    return [offset for offset in offsets[start:] if offset - offsets[start] <= CLUSTER_SECONDS]
