"""The plug pulled at random moments of first boot and of writing: came up, lost, doubled, as figures.

`python -m tests.image.cuts --cuts 20` prints a line for each cut and their sum. Of five cuts two fall into
the first start of a card fresh from flashing, three while somebody reads from it.

The emulator keeps what the box had handed to its disk and forgets everything else at once: what a card of its own loses
while it rearranges its blocks is for a real one to show.
"""

import argparse
import contextlib
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.image.guest import Guest, boot
from tests.image.reading import Judged, Reading, read_and_cut
from tests.image.village import IMAGES, SERVING, Card, flash, join, newest, views

_ROUND, _EARLY = 5, 2
_FIRST_START = (3.0, 60.0)  # seconds after power on between which a first start is cut
_READING = (4.0, 25.0)


@dataclass(frozen=True)
class Cut:
    """One cut and the start after it.

    Attributes:
        where: "first start" or "reading".
        after: seconds from power on, or of reading.
        up: seconds of the box's own time until the portal answered again; None when it never did.
        data: how its data came up.
        same: whether it is the box that it was.
        trouble: what the start could not do.
        judged: what was lost or doubled, of a cut while reading.
    """

    where: str
    after: float
    up: float | None
    data: str
    same: bool
    trouble: list[str]
    judged: Judged | None = None


class _Life:
    """A card's life from flashing on."""

    def __init__(self, card: Card, place: Path, chance: random.Random) -> None:
        self._card, self._place, self._chance = card, place, chance
        self._fingerprint = ""
        self._reading: Reading | None = None
        self._pending: tuple[str, float] = ("", 0.0)

    def early(self) -> None:
        """Power on, and off again somewhere in its first start."""
        after = self._chance.uniform(*_FIRST_START)
        with boot(self._card.path, self._card.files, self._place) as guest:
            guest.cut_after(after)
        self._pending = ("first start", after)

    def up(self, *, read: bool) -> Cut:
        """Power on: what became of the card; then somebody reads, and the power goes."""
        with boot(self._card.path, self._card.files, self._place) as guest:
            try:
                guest.wait(SERVING)
            except AssertionError as silent:
                print(silent, file=sys.stderr)
                return Cut(self._pending[0], self._pending[1], None, "", same=False, trouble=[])
            found = self._looked(guest, guest.uptime())
            self._reading = None
            if read:
                join(guest)
                after = self._chance.uniform(*_READING)
                self._reading = read_and_cut(guest, after)
                self._pending = ("reading", after)
        return found

    def _looked(self, guest: Guest, up: float) -> Cut:
        told = json.loads(guest.sh("cat /run/kiosk/start.json"))
        same = self._fingerprint in ("", told["fingerprint"])
        self._fingerprint = told["fingerprint"]
        where, after = self._pending
        judged = self._reading.judged(views(guest)) if self._reading else None
        return Cut(
            where, round(after, 1), round(up, 1), told["data"], same=same, trouble=told["trouble"], judged=judged
        )


def cuts(image: Path, count: int, place: Path, chance: random.Random) -> Iterator[Cut]:
    """So many cuts, each told once the box is up again."""
    flashed = flash(image, place)
    life = _Life(flashed, place / "guest", chance)
    for number in range(count):
        if number % _ROUND < _EARLY:
            life = _Life(flashed.copy(place / "life.img"), place / "guest", chance)
            life.early()
        following = number + 1
        yield life.up(read=following < count and following % _ROUND >= _EARLY)


def summary(found: list[Cut]) -> str:
    """The sum of all cuts, in one line."""
    read = [cut.judged for cut in found if cut.judged]
    ups = sorted(cut.up for cut in found if cut.up is not None)
    return (
        f"{len(found)} cuts, {len(found) - len(read)} of them in a first start: {len(ups)} came up, "
        f"portal after {ups[len(ups) // 2]:.0f} s (median), {ups[-1]:.0f} s at most; "
        f"{sum(each.answered for each in read)} cards answered, {sum(each.lost for each in read)} lost, "
        f"the oldest {max((each.age for each in read), default=0.0):.1f} s before its cut, "
        f"{sum(each.doubled for each in read)} doubled; "
        f"{sum(not cut.same for cut in found)} changed identity, {sum(bool(cut.trouble) for cut in found)} with trouble"
    )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    words.add_argument("--cuts", type=int, default=20)
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    words.add_argument("--image", type=Path, default=None)
    asked = words.parse_args()
    print(f"seed {asked.seed}")
    found: list[Cut] = []
    # Broken off, it tells what was seen by then.
    with contextlib.suppress(KeyboardInterrupt), tempfile.TemporaryDirectory() as folder:
        for cut in cuts(asked.image or newest(IMAGES), asked.cuts, Path(folder), random.Random(asked.seed)):
            found.append(cut)
            print(json.dumps(asdict(cut), ensure_ascii=False), flush=True)
    print(summary(found))
    sys.exit(any(not cut.same or cut.trouble or (cut.judged and cut.judged.doubled) for cut in found))


if __name__ == "__main__":
    main()
