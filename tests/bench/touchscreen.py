"""The touchscreen's window: how soon it shows the house, how soon it answers a finger, what memory it takes.

A reaction is measured from the word "press" in the pipe of a waiting xdotool to the first pixel of a tile that changes
in the X server's memory: the X server, Gtk, both processes of the engine, the drawing; not the glass, nor the panel.
Beside it stands the same without the window: a word to xdotool, and its answer by way of the X server.
"""

import tempfile
import time
from pathlib import Path

from tests.shell.looks import at_attract, at_home, waits
from tests.support.house import House, free_port, house, serving
from tests.support.screen import Hand, Screen, screen, until

_CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 300\n'
_TOUCHES = 60
_WAIT = 2.0  # seconds in which sounds and pictures of a page have been opened
_STILL = 0.2  # seconds in which whatever moved has been drawn
_TILE = (0.45, 0.55)  # rows of the screen that a touched tile changes
_LOOK = 0.0005  # seconds between two looks
_NONE = 5.0

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """First paint, reaction, memory."""
    with house(_CONFIG) as village:
        return [_paint(village), *_window(village)]


def _paint(village: House) -> Row:
    """A window that waits, and a server that comes."""
    environ = {**village.environ, "KIOSK_PORT": str(free_port())}
    with tempfile.TemporaryDirectory() as folder, screen(environ, Path(folder)) as seen:
        until(lambda: waits(seen), "the waiting page")
        with tempfile.TemporaryFile() as printed, serving(environ, printed):
            begun = time.monotonic()
            until(lambda: at_attract(seen), "the attract screen")
            took = time.monotonic() - begun
    return ("touchscreen: first paint after the server answers", f"{took:.2f} s", "-", "<= 2 s")


def _window(village: House) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, screen(village.environ, Path(folder)) as seen:
        until(lambda: at_attract(seen), "the attract screen")
        seen.touch(0.5, 0.87)
        until(lambda: at_home(seen), "home")
        time.sleep(_WAIT)
        took, word = _reactions(seen)
        ours = seen.pss()
    return [
        ("touchscreen: touch to reaction, p95", f"{took * 1000:.0f} ms", f"a word {word * 1000:.0f} ms", "<= 100 ms"),
        ("touchscreen: memory of the window, PSS", f"{ours / 1024:.0f} MiB", "-", "<= 250 MiB"),
    ]


def _reactions(seen: Screen) -> tuple[float, float]:
    """p95 of the seconds from a finger on a tile to a changed picture; and from a word to xdotool to its answer."""
    took, words = [], []
    with seen.ready_hand() as hand:
        for _ in range(_TOUCHES):
            hand.say(f"mousemove {seen.width // 2} {seen.height // 2}")
            time.sleep(_STILL)
            words.append(hand.ask())
            took.append(_reaction(seen, hand))
            hand.say(f"mousemove 1 {seen.height // 2} mouseup 1")  # let go elsewhere: no link is followed
            time.sleep(_STILL)
    last = int(_TOUCHES * 0.95)
    return sorted(took)[last], sorted(words)[last]


def _reaction(seen: Screen, hand: Hand) -> float:
    before = seen.sight.rows(*_TILE)
    begun = time.monotonic()
    hand.say("mousedown 1")
    while seen.sight.rows(*_TILE) == before:
        time.sleep(_LOOK)
        assert time.monotonic() - begun < _NONE, "a touch that nothing answered"
    return time.monotonic() - begun
