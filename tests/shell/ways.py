"""Every way out of the window that was tried, one after the other, on pages of a house that wants out."""

import contextlib
import io
import tempfile
import time
import tomllib
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from PIL import Image

from tests.support import memory
from tests.support.house import ROOT
from tests.support.local import answering
from tests.support.screen import Screen, screen, until

WAYS = tomllib.loads((ROOT / "tests" / "data" / "shell" / "ways.toml").read_text(encoding="utf-8"))["way"]
NOTHING = "nothing: the page stays, the next touch leads on"
_PAGE = """<!doctype html><html lang="vi"><style>
#way, #next {{ position: fixed; left: 0; right: 0; background: #fff7e6 }}
#way {{ top: 0; bottom: 30% }} #next {{ bottom: 0; height: 30%; background: #f4b728 }}
#way > *, #way button {{ display: block; width: 100%; height: 100%; border: 0; font-size: 40px; outline: 0;
  appearance: none; caret-color: transparent }}
</style><div id="way">{page}</div><a id="next" href="/{next}.html"></a>"""
_CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 300\n'
_SETTLED = 0.7  # seconds in which whatever a touch began shows, the words under a hand at rest last of all
_PATIENCE = 3.0  # for what only starts and ends again
_CACHES = {".cache", "mesa_shader_cache", "gstreamer-1.0"}
_Answer = tuple[int, str, bytes]  # status, type or where to go, body


def _tone() -> bytes:
    """A second of sound, as a WAV file."""
    with io.BytesIO() as made:
        with wave.open(made, "wb") as sound:
            sound.setparams((1, 1, 8000, 8000, "NONE", ""))
            sound.writeframes(bytes(64 + 128 * (step % 20 > 9) for step in range(8000)))
        return made.getvalue()


_FILES = {
    "/file.zip": ("application/zip", b"PK"),
    "/picture.svg": ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h99v99z"/></svg>'),
    "/sound.wav": ("audio/wav", _tone()),
}


@dataclass
class Trap:
    """A house that wants out, and the server outside of it.

    Attributes:
        asked: the pages of the house that the window asked for.
        fled: what the server outside was asked for.
        absent: whether only nginx is left of the house, and answers every request as it does then.
    """

    asked: list[str] = field(default_factory=list)
    fled: list[str] = field(default_factory=list)
    absent: bool = False

    @property
    def visits(self) -> int:
        """How often the attract screen was asked for."""
        return sum(path.startswith("/touch/attract") for path in self.asked)


@contextlib.contextmanager
def trap(pages: Sequence[str]) -> Iterator[tuple[Trap, str]]:
    """The house and its address, until the block ends.

    Args:
        pages: what stands on its pages, one behind the other; {outside} is the other server's address.
    """
    kept = Trap()
    with _server(lambda asked: kept.fled.append(asked.path) or (200, "text/html", b"out")) as outside:

        def answer(asked: BaseHTTPRequestHandler) -> _Answer:
            kept.asked.append(asked.path)
            if kept.absent:
                return 502, "text/html", b"502"
            if asked.path == "/away":
                return 302, outside, b""
            if asked.path in _FILES:
                return 200, *_FILES[asked.path]
            name = asked.path.strip("/").removesuffix(".html")
            number = int(name) if name.isdigit() else -1  # the attract screen leads to the first
            page = pages[number] if 0 <= number < len(pages) else "x"
            return 200, "text/html", _PAGE.format(page=page.replace("{outside}", outside), next=number + 1).encode()

        with _server(answer) as home:
            yield kept, home


def _server(answer: Callable[[BaseHTTPRequestHandler], _Answer]) -> AbstractContextManager[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answer(self)
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # refused: the window hung up
                self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return answering(Answer)


def tried(engine: str = "gtk") -> list[tuple[str, str]]:
    """What was tried with an engine, and what came of it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        trap([way.get("page", "x") for way in WAYS]) as (kept, home),
        before_it(home, Path(folder), _CONFIG, engine) as seen,
    ):
        until(lambda: kept.visits == 1, f"attract: {seen.log()}")
        time.sleep(1)
        return [(way["name"], _try(seen, kept, number, way)) for number, way in enumerate(WAYS)]


@contextlib.contextmanager
def before_it(home: str, folder: Path, config: str, engine: str = "gtk") -> Iterator[Screen]:
    """The window of a house at any address, until the block ends.

    Args:
        home: the address.
        folder: for the window.
        config: kiosk.toml.
        engine: which draws.
    """
    (folder / "kiosk.toml").write_text(config, encoding="utf-8")
    environ = {"PATH": "/usr/bin:/bin", "KIOSK_DATA": str(folder), "KIOSK_RUN": str(folder), "KIOSK_PORT": "9"}
    with screen(environ, folder, program=("kiosk", "shell", "--address", home), engine=engine) as seen:
        yield seen


def go_on(seen: Screen, kept: Trap, number: int) -> None:
    """Touch what leads to a page of the house, again where a busy machine had not drawn it yet."""
    page = f"/{number}.html"
    came, last = kept.asked.count(page), 0.0

    def led() -> bool:
        nonlocal last
        if time.monotonic() - last > _PATIENCE:
            seen.touch(0.5, 0.9)
            last = time.monotonic()
        return kept.asked.count(page) > came

    until(led, f"{page}: {seen.log()}")
    time.sleep(_SETTLED)


def _try(seen: Screen, kept: Trap, number: int, way: dict[str, object]) -> str:
    """Go on to the page, do it, and say what changed."""
    go_on(seen, kept, number)
    before, was = seen.picture(), _around(seen, kept)
    if "hand" in way:
        seen.hand("mousemove", seen.width // 2, seen.height // 3, *way["hand"])
    else:
        seen.touch(0.5, 0.3)
    time.sleep(_SETTLED)
    assert seen.window.poll() is None, f"{way['name']}: {seen.log()}"
    end = time.monotonic() + _PATIENCE
    while (changed := _changes(seen, kept, was, before)) and time.monotonic() < end:
        time.sleep(_SETTLED)
    return f"CHANGED: {', '.join(changed)}" if changed else NOTHING


def _changes(seen: Screen, kept: Trap, was: dict[str, object], before: Image.Image) -> list[str]:
    changed = [f"{name}: {now}" for name, now in _around(seen, kept).items() if now != was[name]]
    return changed + (["the page"] if seen.picture().tobytes() != before.tobytes() else [])


def _around(seen: Screen, kept: Trap) -> dict[str, object]:
    """All that a way out would change."""
    windows = seen.say("search", "--onlyvisible", ".*").split()
    files = sorted(str(path) for path in seen.home.rglob("*") if path.is_file() and not _CACHES & set(path.parts))
    # One that has just ended has no name any more.
    programs = sorted({word for pid in seen.processes() for word in memory.command(pid).split()[:1]})
    return {"windows": windows, "files": files, "programs": programs, "who was asked outside": len(kept.fled)}
