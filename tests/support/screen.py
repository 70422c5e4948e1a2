"""A touchscreen for tests: an X server in memory, the real window on it, a hand, and pictures of what is seen."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.support import memory
from tests.support.house import MEMORY, ROOT
from tests.support.sight import Sight

# Root, as which tests may run, has no sandbox of Chromium's kind.
_ENGINES = {"gtk": {"NO_AT_BRIDGE": "1"}, "qt": {"QTWEBENGINE_DISABLE_SANDBOX": "1"}}
_DRAWING = re.compile(r"WebKitWebProcess|--type=zygote --no-sandbox")  # as which Qt's were begun
PATIENCE = 30.0
TOUCH = ("click", "--delay", "1", "1")  # else xdotool rests for a tenth of a second behind it


def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it does not.
    """
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience:g} s: {what}")
        time.sleep(0.05)


class Hand:
    """An xdotool that waits for words, a line at a time."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def say(self, words: str) -> None:
        """Do it, as soon as it can."""
        self._program.stdin.write(f"{words}\n")
        self._program.stdin.flush()

    def ask(self) -> float:
        """Seconds that it takes to answer, by way of the X server."""
        begun = time.monotonic()
        self.say("getmouselocation")
        self._program.stdout.readline()
        return time.monotonic() - begun


@dataclass
class Screen:
    """The screen, the window on it, and whoever stands before it."""

    display: str
    width: int
    height: int
    window: subprocess.Popen[bytes]
    sight: Sight
    home: Path
    said: Path

    def picture(self) -> Image.Image:
        """What is seen now."""
        return self.sight.picture()

    def hand(self, *words: object) -> None:
        """What xdotool does; see xdotool(1)."""
        self.say(*words)

    def say(self, *words: object) -> str:
        """What xdotool prints."""
        done = subprocess.run(["xdotool", *map(str, words)], env=self._environ, check=True, capture_output=True)
        return done.stdout.decode()

    @contextlib.contextmanager
    def ready_hand(self) -> Iterator[Hand]:
        """A hand that begins without being started first, until the block ends."""
        pipe = subprocess.PIPE
        with subprocess.Popen(["xdotool", "-"], env=self._environ, stdin=pipe, stdout=pipe, text=True) as program:
            yield Hand(program)

    @property
    def _environ(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "DISPLAY": self.display}

    def touch(self, x: float, y: float) -> None:
        """Touch a place, given in parts of the screen."""
        self.hand("mousemove", round(x * self.width), round(y * self.height), *TOUCH)

    def processes(self) -> list[int]:
        """The window's process and those of its engine."""
        return memory.family(self.window.pid)

    def drawing(self) -> int:
        """The engine's process that draws pages, 0 for none: beside it another may stand ready, which is smaller."""
        own = [pid for pid in self.processes() if _DRAWING.search(memory.command(pid))]
        return max(own, key=lambda pid: _held(pid, "Anonymous:"), default=0)

    def pss(self) -> int:
        """KiB that all of them hold, what is shared counted in parts: another window on the machine takes its part."""
        return self._held("Pss:")

    def anonymous(self) -> int:
        """KiB that all of them hold and no file has, whoever else is there."""
        return self._held("Anonymous:")

    def _held(self, what: str) -> int:
        return sum(_held(pid, what) for pid in self.processes())

    def log(self) -> str:
        """What the window printed."""
        return self.said.read_text(encoding="utf-8", errors="replace")


def _held(pid: int, what: str) -> int:
    with contextlib.suppress(OSError):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(row.split()[1]) for row in rows if row.startswith(what))
    return 0  # it has ended


@contextlib.contextmanager
def screen(
    environ: dict[str, str], folder: Path, *, size: tuple[int, int] = (800, 480), more: dict[str, str] | None = None,
    program: tuple[str, ...] = ("kiosk", "shell"), engine: str = "gtk",
) -> Iterator[Screen]:  # fmt: skip
    """The window of a house on a screen of its own until the block ends.

    Args:
        environ: of the house.
        folder: for the window's home and what it prints.
        size: of the screen, in pixels.
        more: variables of the window alone.
        program: the module that is run, with its arguments.
        engine: which draws, gtk or qt.
    """
    more = {**_ENGINES[engine], **(more or {})}
    with (
        xserver(size) as (display, sight),
        windowed(environ, folder, display, more=more, program=(*program, "--engine", engine)) as window,
    ):
        yield Screen(display, *size, window, sight, folder / "home", folder / "said")


@contextlib.contextmanager
def xserver(size: tuple[int, int]) -> Iterator[tuple[str, Sight]]:
    """An X server in memory until the block ends: its display, and an eye on it."""
    width, height = size
    ear, mouth = os.pipe()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(mouth), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", folder],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[mouth],
        )  # fmt: skip
        os.close(mouth)
        try:
            with os.fdopen(ear) as said:
                yield f":{said.readline().strip()}", Sight(Path(folder))
        finally:
            server.terminate()  # not killed: it takes its socket and lock away
            server.wait()


@contextlib.contextmanager
def windowed(
    environ: dict[str, str], folder: Path, display: str, *, more: dict[str, str], program: tuple[str, ...],
) -> Iterator[subprocess.Popen[bytes]]:  # fmt: skip
    """The window on a display until the block ends; nothing of its engine stays behind."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    mine = {
        **environ, "DISPLAY": display, "GDK_BACKEND": "x11", "HOME": str(home), "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(ROOT), **more,
    }  # fmt: skip
    with (folder / "said").open("wb") as printed:
        window = subprocess.Popen(
            [sys.executable, "-m", *program], env=mine, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=printed,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield window
    finally:
        left = memory.family(window.pid) if window.poll() is None else []
        window.kill()
        window.wait()
        for pid in left[1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
