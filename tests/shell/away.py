"""A server gone in the middle of a visit: `python -m tests.shell.away --seconds 60`.

Somebody is at home, the server is killed, and she goes on touching. Within seconds the window says kindly that it
waits, and nothing else is seen until the server is there again; then she is where she wanted to go, and behind her the
attract screen comes back.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from tests.shell.looks import RICE, asks, at_attract, at_home, share, waits
from tests.support.house import free_port, house, serving
from tests.support.screen import Screen, screen, until

CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 6\npractice = 6\ncountdown = 1\n'
_SOON = 5.0  # seconds in which she learns that she has to wait
_TOPIC = (0.35, 0.4)  # of the first topic's tile


def away(environ: dict[str, str], folder: Path, seconds: float, engine: str = "gtk") -> tuple[float, float]:
    """Play it.

    Args:
        environ: of a house; it is served on a port of its own.
        folder: for the window.
        seconds: that the server is gone.
        engine: which draws.

    Returns:
        Seconds from her touch to the waiting page, and from the server's return to the page that she wanted.
    """
    config = folder / "kiosk.toml"
    config.write_text(CONFIG, encoding="utf-8")
    mine = {**environ, "KIOSK_PORT": str(free_port()), "KIOSK_CONFIG": str(config)}
    with tempfile.TemporaryFile() as printed, screen(mine, folder, engine=engine) as seen:
        with serving(mine, printed) as (_, server):
            until(lambda: at_attract(seen), f"the attract screen: {seen.log()}")
            seen.touch(0.5, 0.87)
            until(lambda: at_home(seen), "home")
            os.killpg(server.pid, signal.SIGKILL)
            begun = time.monotonic()
            seen.touch(*_TOPIC)
            time.sleep(0.5)  # the second is not a trembling hand's
            seen.touch(*_TOPIC)
            until(lambda: waits(seen), "the waiting page", _SOON)
            waited = time.monotonic() - begun
            _touch_about(seen, begun + seconds)
        with serving(mine, printed):
            begun = time.monotonic()
            until(lambda: share(seen.picture(), RICE) > 0.05, "a page again", _SOON)
            came = time.monotonic() - begun
            assert not at_attract(seen)
            assert not at_home(seen)
            until(lambda: asks(seen), "the question whether anybody is there")
            until(lambda: at_attract(seen), "attract after nobody answered")
    return waited, came


def _touch_about(seen: Screen, end: float) -> None:
    """Touch here and there; nothing but the waiting page is seen."""
    wild = random.Random(7)
    while time.monotonic() < end:
        seen.touch(wild.random(), wild.random())
        time.sleep(0.2)
        assert waits(seen), f"not the waiting page: {seen.log()}"


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=60)
    seconds = asked.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder, house(CONFIG) as village:
        waited, came = away(village.environ, Path(folder), seconds)
    print(f"gone for {seconds:g} s: waiting page after {waited:.1f} s, what she wanted {came:.1f} s after its return")


if __name__ == "__main__":
    main()
