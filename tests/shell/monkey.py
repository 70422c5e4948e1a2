"""A monkey before the touchscreen: `python -m tests.shell.monkey --count 100000 --seed 7`.

It touches, drags, holds, scrolls and presses every key and button that it finds; between its fits the window must be
alive and show the house alone, and when it goes away the attract screen must come back.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.shell.looks import at_attract
from tests.support.house import house
from tests.support.screen import Screen, screen, until

KEYS = (
    "Return", "Tab", "Escape", "space", "BackSpace", "F1", "F5", "F7", "F11", "F12", "Menu", "Print", "Left", "Up",
    "Home", "End", "Page_Down", "Super_L", "ctrl+w", "ctrl+q", "ctrl+n", "ctrl+t", "ctrl+l", "ctrl+p", "ctrl+s",
    "ctrl+o", "ctrl+u", "ctrl+f", "ctrl+plus", "ctrl+minus", "ctrl+0", "ctrl+r", "ctrl+shift+i", "ctrl+shift+q",
    "ctrl+shift+n", "alt+F4", "alt+Tab", "alt+Left", "alt+Home", "alt+space", "ctrl+alt+t", "XF86Back", "XF86Reload",
    "XF86HomePage", "a", "1", "9",
)  # fmt: skip
FIT = 50  # actions between two looks


def actions(seed: int, width: int, height: int) -> Iterator[list[str]]:
    """What a monkey does, for ever: words of xdotool."""
    wild = random.Random(seed)

    def place() -> list[str]:
        return ["mousemove", str(wild.randrange(width)), str(wild.randrange(height))]

    while True:
        kind = wild.choices(["touch", "tremble", "drag", "scroll", "key", "button", "hold"], [50, 10, 12, 6, 14, 6, 2])[
            0
        ]
        yield {
            "touch": lambda: [*place(), "click", "1"],
            "tremble": lambda: [*place(), "click", "--repeat", "3", "--delay", "5", "1"],
            "drag": lambda: [*place(), "mousedown", "1", *place(), *place(), "mouseup", "1"],
            "scroll": lambda: [*place(), "click", wild.choice("45")],
            "key": lambda: ["key", "--delay", "2", wild.choice(KEYS)],
            "button": lambda: [*place(), "click", wild.choice("236789")],
            "hold": lambda: [*place(), "mousedown", "1", "sleep", "0.2", "mouseup", "1"],
        }[kind]()


def play(seen: Screen, count: int, seed: int) -> None:
    """Let it play, and look after each fit.

    Raises:
        AssertionError: the window is gone, or another is there.
    """
    made = actions(seed, seen.width, seen.height)
    known = len(seen.say("search", "--onlyvisible", ".*").split())
    for begun in range(0, count, FIT):
        words = [word for _ in range(min(FIT, count - begun)) for word in next(made)]
        seen.hand(*words)
        assert seen.window.poll() is None, f"after {begun + FIT} actions of seed {seed}: {seen.log()}"
        windows = seen.say("search", "--onlyvisible", ".*").split()
        assert len(windows) <= known, f"a window more after {begun + FIT} actions of seed {seed}"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=7)
    asked = asked.parse_args()
    config = '[radio]\nssid = "DomDom"\n[screen]\nquiet = ""\nnight = ""\nidle = 6\npractice = 9\ncountdown = 5\n'
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        house(config) as village,
        screen(village.environ, Path(folder)) as seen,
    ):
        until(lambda: at_attract(seen), "the attract screen")
        play(seen, asked.count, asked.seed)
        until(lambda: at_attract(seen), "attract after the monkey", 60)
        print(f"{asked.count} actions of seed {asked.seed} in {time.monotonic() - begun:.0f} s, back to attract")


if __name__ == "__main__":
    main()
