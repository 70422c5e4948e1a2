"""A monkey before the touchscreen: `python -m tests.shell.monkey --count 100000 --seed 7`.

It touches, drags, holds, scrolls and presses every key and button that it finds. Between its fits the window must go
its rounds and be the only one; now and then the monkey goes away, and the attract screen must come back.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.shell.looks import at_attract
from tests.support.house import house
from tests.support.pulse import Pulse, pulse
from tests.support.screen import TOUCH, Screen, screen, until

KEYS = (
    "Return", "Tab", "Escape", "space", "BackSpace", "F1", "F5", "F7", "F11", "F12", "Menu", "Print", "Left", "Up",
    "Home", "End", "Page_Down", "Super_L", "ctrl+w", "ctrl+q", "ctrl+n", "ctrl+t", "ctrl+l", "ctrl+p", "ctrl+s",
    "ctrl+o", "ctrl+u", "ctrl+f", "ctrl+plus", "ctrl+minus", "ctrl+0", "ctrl+r", "ctrl+shift+i", "ctrl+shift+q",
    "ctrl+shift+n", "alt+F4", "alt+Tab", "alt+Left", "alt+Home", "alt+space", "ctrl+alt+t", "XF86Back", "XF86Reload",
    "XF86HomePage", "a", "1", "9",
)  # fmt: skip
FIT = 200  # actions between two looks
AWAY = 2000  # actions after which it goes away
CONFIG = '[radio]\nssid = "DomDom"\n[screen]\nquiet = ""\nnight = ""\nidle = 2\npractice = 3\ncountdown = 1\n'
KINDS = {"touch": 1000, "tremble": 200, "drag": 240, "scroll": 120, "key": 280, "button": 120, "hold": 20, "corner": 1}


def actions(seed: int, width: int, height: int) -> Iterator[list[str]]:
    """What a monkey does, for ever: words of xdotool."""
    wild = random.Random(seed)

    def place() -> list[str]:
        return ["mousemove", str(wild.randrange(width)), str(wild.randrange(height))]

    while True:
        (kind,) = wild.choices(list(KINDS), list(KINDS.values()))
        yield {
            "touch": lambda: [*place(), *TOUCH],
            "tremble": lambda: [*place(), "click", "--repeat", "3", "--delay", "5", "1"],
            "drag": lambda: [*place(), "mousedown", "1", *place(), *place(), "mouseup", "1"],
            "scroll": lambda: [*place(), "click", "--delay", "1", wild.choice("45")],
            "key": lambda: ["key", "--delay", "2", wild.choice(KEYS)],
            "button": lambda: [*place(), "click", "--delay", "1", wild.choice("236789")],
            "hold": lambda: [*place(), "mousedown", "1", "sleep", "0.2", "mouseup", "1"],
            "corner": lambda: ["mousemove", "20", "20", "mousedown", "1", "sleep", "2.8", "mouseup", "1"],
        }[kind]()


def play(seen: Screen, pulse: Pulse, count: int, seed: int) -> None:
    """Let it play, look after each fit, and go away at the end.

    Raises:
        AssertionError: the window is gone or stuck, another is there, or the attract screen does not come back.
    """
    made = actions(seed, seen.width, seen.height)
    known = len(seen.say("search", "--onlyvisible", ".*").split())
    for begun in range(0, count, FIT):
        words = [word for _ in range(min(FIT, count - begun)) for word in next(made)]
        seen.hand(*words)
        done = min(begun + FIT, count)
        when = f"after {done} actions of seed {seed}"
        assert seen.window.poll() is None, f"{when}: {seen.log()}"
        assert pulse.beats(), f"no pulse {when}: {seen.log()}"
        windows = seen.say("search", "--onlyvisible", ".*").split()
        assert len(windows) <= known, f"a window more {when}"
        if done % AWAY == 0 or done == count:
            until(lambda: at_attract(seen), f"attract {when}: {seen.log()}", 60)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=7)
    asked = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        pulse(Path(folder)) as felt,
        house(CONFIG) as village,
        screen(village.environ, Path(folder), more={"NOTIFY_SOCKET": felt.address}) as seen,
    ):
        until(lambda: at_attract(seen), "the attract screen")
        begun = time.monotonic()
        play(seen, felt, asked.count, asked.seed)
        print(f"{asked.count} actions of seed {asked.seed} in {time.monotonic() - begun:.0f} s, back to attract")


if __name__ == "__main__":
    main()
