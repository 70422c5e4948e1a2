"""What goes wrong around the window: a page that dies or loops, a server that is gone, no loudspeaker, no screen."""

import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shell.away import away
from tests.shell.looks import at_attract, waits
from tests.shell.ways import Trap, before_it, go_on, trap
from tests.support.house import House
from tests.support.screen import Screen, screen, until

pytestmark = pytest.mark.needs("xrandr")
CONFIG = '[screen]\nquiet = ""\nnight = ""\nidle = 4\npractice = 4\ncountdown = 1\n'
SOUND = '<audio autoplay src="/sound.wav"></audio><audio autoplay loop src="/sound.wav"></audio>'
STEP = """<b onclick="const x = new XMLHttpRequest(); x.open('POST', '');
x.onload = () => { document.documentElement.innerHTML = x.responseText }; x.send('')">x</b>"""
LOOP = '<b onclick="for(;;);">x</b>'
LIST = """<select onchange="location = '/chosen.html'"><option>x<option selected>y</select>"""
PAGES = [SOUND, STEP, LIST, LOOP]


@pytest.fixture(scope="module")
def false_house(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[tuple[Screen, Trap]]:
    """The window of a house whose pages are those above, one behind the other."""
    with trap(PAGES) as (kept, home), before_it(home, tmp_path_factory.mktemp("window"), CONFIG, engine) as seen:
        yield seen, kept


def touched(seen: Screen) -> bool:
    """Whether a touch could be made: always, and so nobody is thought to have gone."""
    seen.touch(0.5, 0.3)
    return True


def test_without_a_sound_device_a_page_goes_on_and_a_visit_ends(false_house: tuple[Screen, Trap]) -> None:
    seen, kept = false_house
    go_on(seen, kept, 0)
    until(lambda: "/sound.wav" in kept.asked, "the sound")
    go_on(seen, kept, 1)
    visits = kept.visits
    until(lambda: kept.visits > visits, f"attract after nobody was there: {seen.log()}")


def test_a_page_that_crashes_is_begun_anew(false_house: tuple[Screen, Trap]) -> None:
    seen, kept = false_house
    go_on(seen, kept, 0)
    visits = kept.visits
    os.kill(seen.drawing(), signal.SIGABRT)
    until(lambda: kept.visits > visits, f"attract after a crash: {seen.log()}")


def test_a_page_that_loops_for_ever_is_begun_anew(false_house: tuple[Screen, Trap]) -> None:
    seen, kept = false_house
    for number in range(4):
        go_on(seen, kept, number)
    visits, looping = kept.visits, seen.drawing()
    until(lambda: touched(seen) and kept.visits > visits, f"attract after a loop: {seen.log()}")
    assert looping not in seen.processes()


def test_a_list_lies_open_in_its_page_and_is_chosen_from(false_house: tuple[Screen, Trap]) -> None:
    seen, kept = false_house
    for number in range(3):
        go_on(seen, kept, number)
    seen.touch(0.1, 0.05)
    until(lambda: "/chosen.html" in kept.asked, f"the choice: {seen.log()}")


def test_a_step_that_only_nginx_answers_is_waited_for(false_house: tuple[Screen, Trap]) -> None:
    seen, kept = false_house
    for number in range(2):
        go_on(seen, kept, number)
    kept.absent = True
    until(lambda: touched(seen) and waits(seen), f"the waiting page: {seen.log()}")
    kept.absent, came = False, kept.asked.count("/1.html")
    until(lambda: touched(seen) and kept.asked.count("/1.html") > came, "the page of the step again")


def test_while_the_server_is_away_it_waits_kindly(village: House, desk: Path, engine: str) -> None:
    with screen({**village.environ, "KIOSK_PORT": "9"}, desk, engine=engine) as seen:
        until(lambda: waits(seen), f"the waiting page: {seen.log()}")
        assert seen.window.poll() is None


def test_a_server_gone_in_the_middle_of_a_visit_is_waited_for(village: House, desk: Path, engine: str) -> None:
    away(village.environ, desk, seconds=6, engine=engine)


def test_a_screen_unplugged_and_another_plugged_in_is_filled(village: House, desk: Path, engine: str) -> None:
    with screen(village.environ, desk, size=(1024, 600), engine=engine) as seen:
        until(lambda: at_attract(seen), f"the attract screen: {seen.log()}")
        assert "*" not in plug(seen, "--output", "screen", "--off")
        if engine == "gtk":  # the other knows a screen by its output alone, of which Xvfb has one
            plug(seen, "--fb", "800x480")
            until(lambda: at_attract(replace(seen, width=800, height=480)), f"a smaller screen filled: {seen.log()}")
        assert "*" in plug(seen, "--fb", "1024x600", "--output", "screen", "--auto")
        until(lambda: at_attract(seen), f"the first screen filled again: {seen.log()}")


def plug(seen: Screen, *words: str) -> str:
    """Change the screen, in words of xrandr, which complains of what Xvfb cannot do besides; its modes, `*` if lit."""
    call = ["xrandr", "-d", seen.display]
    subprocess.run([*call, *words], check=False, capture_output=True)
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout
