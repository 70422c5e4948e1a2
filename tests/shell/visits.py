"""Visits one after the other, and what memory the window takes: `python -m tests.shell.visits --count 2000`."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.shell.looks import at_attract, at_home
from tests.support.house import house
from tests.support.screen import screen, until

_CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 0.5\npractice = 0.5\ncountdown = 0.5\n'
_FIRST = 100  # visits after which every cache is full


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=2000)
    count = asked.parse_args().count
    begun, found = time.monotonic(), {}
    with (
        house(_CONFIG) as village,
        tempfile.TemporaryDirectory() as folder,
        screen(village.environ, Path(folder)) as seen,
    ):
        for visit in range(1, count + 1):
            until(lambda: at_attract(seen), f"attract before visit {visit}")
            if visit in {1, min(_FIRST, count // 2), count}:
                time.sleep(1)
                found[visit] = seen.pss() / 1024
            seen.touch(0.5, 0.87)
            until(lambda: at_home(seen), f"home of visit {visit}")
    told = ", ".join(f"{memory:.0f} MiB before visit {visit}" for visit, memory in found.items())
    print(f"{count} visits in {time.monotonic() - begun:.0f} s: {told}")


if __name__ == "__main__":
    main()
