"""Visits one after the other, and what memory the window takes: `python -m tests.shell.visits --count 2000`.

Each begins with a touch on the attract screen, which speaks, and is at home until nobody has answered; everything that
a visit's end clears is cleared. Only the waits are short: see tests/shell/hurried.py.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.shell.looks import at_attract, at_home
from tests.support.house import house
from tests.support.screen import Screen, screen, until

_CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 0.3\npractice = 0.3\ncountdown = 0.2\n'
_EVERY = 100  # visits between two weighings; the first is when every cache is full
_AGAIN = 5.0  # seconds after which she touches again
_MOVES = 0.2  # seconds in which its lights have moved
_STILL = 1.0  # seconds in which an attract screen has opened all it needs


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=2000)
    count = asked.parse_args().count
    begun, weighed, more = time.monotonic(), [], 0
    with (
        house(_CONFIG) as village,
        tempfile.TemporaryDirectory() as folder,
        screen(village.environ, Path(folder), program=("tests.shell.hurried",)) as seen,
    ):
        for visit in range(1, count + 1):
            until(lambda: _stands(seen), f"attract before visit {visit}")
            if visit % _EVERY == 0 or visit == count:
                time.sleep(_STILL)
                weighed.append(seen.pss() / 1024)
                own, took = seen.anonymous() / 1024, time.monotonic() - begun
                print(f"visit {visit}, {took:.0f} s: {weighed[-1]:.1f} MiB, {own:.1f} of no file", flush=True)
            more += _begin(seen, visit)
    print(f"{count} visits: from {weighed[0]:.1f} to {weighed[-1]:.1f} MiB, {weighed[-1] / weighed[0] - 1:+.1%}")
    print(f"touches that had to be made again: {more}")


def _stands(seen: Screen) -> bool:
    """Whether the attract screen is there to be touched: its lights move.

    Until the next page has come one sees the last picture of the page that ended. Where a visit was too short for the
    eye it is an attract screen's too, and nobody is behind it.
    """
    before = seen.picture()
    time.sleep(_MOVES)
    return at_attract(seen) and seen.picture() != before


def _begin(seen: Screen, visit: int) -> int:
    """Touch the attract screen until it leads home: how many touches it took beyond the first."""
    was, last, more = seen.drawing(), time.monotonic(), 0
    seen.touch(0.5, 0.87)

    def at_it() -> bool:
        nonlocal last, more
        if time.monotonic() - last > _AGAIN:
            seen.touch(0.5, 0.87)
            last, more = time.monotonic(), more + 1
        # A visit that was too short for the eye has left with its process.
        return at_home(seen) or seen.drawing() not in {was, 0}

    until(at_it, f"home of visit {visit}")
    return more


if __name__ == "__main__":
    main()
