"""The touchscreen's window: how soon it shows the house, how soon it answers a finger, what memory it takes."""

import tempfile
import time
from pathlib import Path

from tests.shell.looks import at_attract, at_home, waits
from tests.support.house import House, free_port, house, serving
from tests.support.screen import Screen, screen, until

_CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 300\n'
_TOUCHES = 60
_WAIT = 2.0  # seconds in which sounds and pictures of a page have been opened

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
        took, sight = _reactions(seen)
        ours = seen.pss()
    return [
        ("touchscreen: touch to reaction, p95", f"{took * 1000:.0f} ms", f"{sight * 1000:.0f} ms to look", "<= 100 ms"),
        ("touchscreen: memory of the window, PSS", f"{ours / 1024:.0f} MiB", "-", "<= 250 MiB"),
    ]


def _reactions(seen: Screen) -> tuple[float, float]:
    """p95 of the seconds from a finger on a tile to a changed picture; and of looking alone."""
    took, sight = [], []
    for _ in range(_TOUCHES):
        seen.hand("mousemove", seen.width // 2, seen.height // 2)
        time.sleep(0.15)
        begun = time.monotonic()
        before = seen.picture().tobytes()
        sight.append(time.monotonic() - begun)
        begun = time.monotonic()
        seen.hand("mousedown", 1)
        while seen.picture().tobytes() == before and time.monotonic() - begun < 1:
            pass
        took.append(time.monotonic() - begun)
        seen.hand("mousemove", 1, seen.height // 2, "mouseup", 1)  # let go elsewhere: no link is followed
        time.sleep(0.15)
    last = int(_TOUCHES * 0.95)
    return sorted(took)[last], sorted(sight)[last]
