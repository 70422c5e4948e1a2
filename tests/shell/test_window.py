"""The real window on a screen in memory: what is seen, what a hand does, what stays."""

import contextlib
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell.conftest import ENGINES
from tests.shell.looks import asks, at_attract, at_home
from tests.shell.monkey import play
from tests.shell.steps import to_keypad
from tests.support.house import House
from tests.support.pulse import pulse
from tests.support.screen import Screen, screen, until


@contextlib.contextmanager
def standing(village: House, desk: Path, **more: object) -> Iterator[Screen]:
    with screen(village.environ, desk, **more) as seen:
        until(lambda: at_attract(seen), f"the attract screen: {seen.log()}")
        yield seen


def visits(village: House) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{village.run / 'state.db'}?mode=ro", uri=True)) as state:
        return sum(state.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("visit", "attempt"))


def begin_practice(village: House) -> str:
    """What the window would send when practice is begun; the id of the visit."""
    asked = urllib.request.Request(
        f"{village.url}tap", b"pack=doi-song-so&scenario=tra-tien-qr&stage=together&lang=vi",
        {"User-Agent": "DomDom/1 touchscreen"},
    )  # fmt: skip
    with urllib.request.urlopen(asked) as answer:
        return answer.url.split("/tap/")[1].split("/")[0]


def test_a_visit_from_the_first_touch_to_nothing_left(village: House, desk: Path, engine: str) -> None:
    with standing(village, desk, engine=engine) as seen:
        seen.touch(0.5, 0.87)
        until(lambda: at_home(seen), "home")
        visit = begin_practice(village)
        assert visits(village) == 2
        first = seen.drawing()
        until(lambda: asks(seen), "the question whether anybody is there")
        seen.touch(0.5, 0.1)
        until(lambda: at_home(seen), "home again after a touch")
        until(lambda: asks(seen), "the question once more")
        until(lambda: at_attract(seen), "attract after nobody answered")
        assert visits(village) == 0
        assert first not in seen.processes()
        kept = [path for path in seen.home.rglob("*") if path.is_file() and visit.encode() in path.read_bytes()]
        assert kept == []


@pytest.mark.parametrize("engine", ENGINES[:1], indirect=True)
def test_the_device_s_window_loads_no_library_that_draws_by_opengl(village: House, desk: Path, engine: str) -> None:
    with standing(village, desk, engine=engine) as seen:
        loaded = Path(f"/proc/{seen.window.pid}/maps").read_text(encoding="utf-8")
    assert "libwebkit2gtk" in loaded
    assert not [name for name in ("libLLVM", "libgallium", "_dri.so", "libEGL_mesa", "libGLX_mesa") if name in loaded]


def test_touch_after_touch_leads_to_the_keypad_of_a_practice(village: House, desk: Path, engine: str) -> None:
    with standing(village, desk, engine=engine) as seen:
        to_keypad(seen)


def test_a_monkey_never_gets_out_and_leaves_the_attract_screen(village: House, desk: Path, engine: str) -> None:
    with pulse(desk) as felt, standing(village, desk, engine=engine, more={"NOTIFY_SOCKET": felt.address}) as seen:
        play(seen, felt, 300, seed=7)
