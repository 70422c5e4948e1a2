"""Somebody reads while the plug is pulled: what was answered, what the card kept of it."""

from dataclasses import dataclass

from tests.image.guest import Guest
from tests.image.village import views

LOST = 12.0  # seconds of counting that a power cut may take
_QUIET = 13  # seconds after which all that was counted is on the card


@dataclass(frozen=True)
class Judged:
    """What a cut took.

    Attributes:
        answered: cards that arrived whole between joining and the cut.
        lost: of these, how many the card does not know.
        doubled: views that the card knows and nobody asked for; the one under way at the cut aside.
        age: how long before the cut the oldest lost one had arrived, seconds.
    """

    answered: int
    lost: int
    doubled: int
    age: float


@dataclass(frozen=True)
class Reading:
    """What the phone knows.

    Attributes:
        before: views on the card when it began.
        answered: uptimes at which a card had arrived whole.
    """

    before: int
    answered: tuple[float, ...]

    def judged(self, now: int) -> Judged:
        """What a cut took, when the card knows so many views after it; views are kept in their order."""
        kept = now - self.before
        lost = max(0, len(self.answered) - kept)
        age = self.answered[-1] - self.answered[-lost] if lost else 0.0
        return Judged(len(self.answered), lost, max(0, kept - len(self.answered) - 1), round(age, 1))


def read_and_cut(guest: Guest, seconds: float) -> Reading:
    """Phone 1, which has joined, reads for so long; then the plug is pulled."""
    guest.sh(f"sleep {_QUIET}")
    before = views(guest)
    guest.begin("/laboratory-visitors read")
    return Reading(before, tuple(float(line) for line in guest.cut_after(seconds)))
