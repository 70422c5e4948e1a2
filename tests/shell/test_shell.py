"""The rounds of the touchscreen, around an engine that only notes what it is told."""

from collections.abc import Callable

import pytest

from kiosk.settings import Screen, Settings
from kiosk.shell.engine import Engine
from kiosk.shell.shell import Shell
from kiosk.watchdog import UNWATCHED

HOME = "http://127.0.0.1:9/"  # nobody listens there
ATTRACT = f"{HOME}touch/attract.vi.html"
CARD = f"{HOME}bai/x/y/mot.vi.html"
WAITING = "about:blank"


class Noting(Engine):
    """Shows what it is told to show, and nothing else."""

    address = ""
    loading = playing = False
    size = (800, 480)
    touched = 1000.0

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.forgotten = 0
        self.round: Callable[[], None] = lambda: None

    def harden(self, home: str, script: str, agent: str) -> None:
        """Nothing gets out anyway."""

    def every(self, seconds: float, act: Callable[[], None]) -> None:
        self.round = act

    def load(self, address: str) -> None:
        self.loaded.append(address)

    def show(self, html: str) -> None:
        self.address = WAITING

    def ask(self, script: str) -> None:
        self.heard("well")

    def tell(self, script: str) -> None:
        """Nobody is there to do it."""

    def lay(self, top: int, zoom: float) -> None:
        """As large as it is."""

    def dim(self, light: float) -> None:
        """As light as it is."""

    def forget(self, then: Callable[[], None]) -> None:
        self.address = ""
        self.forgotten += 1
        then()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The uptime, to be moved on."""
    held = [1000.0]
    monkeypatch.setattr("kiosk.clock.uptime", lambda: held[0])
    return held


@pytest.fixture
def engine(now: list[float], monkeypatch: pytest.MonkeyPatch) -> Noting:
    """On a card, in the middle of a visit."""
    monkeypatch.setattr("kiosk.shell.leave.Leave.begin", lambda leave: leave.heard.set())
    made = Noting()
    house = Settings(screen=Screen(quiet="", night=""))
    Shell(made, house, HOME, UNWATCHED).begin()
    for address in (ATTRACT, CARD):
        made.address = address
        for _ in range(3):
            now[0] += 0.25
            made.round()
    made.loaded.clear()
    made.forgotten = 0
    return made


def test_a_page_that_could_not_be_had_is_gone_to_when_the_server_is_back(engine: Noting, now: list[float]) -> None:
    engine.away(f"{HOME}help", False)
    assert engine.address == WAITING
    now[0] += 2.5
    engine.round()
    assert engine.loaded == [f"{HOME}help"]


def test_a_page_on_its_way_is_not_begun_anew_before_it_has_had_its_time(engine: Noting, now: list[float]) -> None:
    engine.died()
    engine.round()
    assert engine.loaded == [ATTRACT]
    engine.loading = True
    for _ in range(40):
        now[0] += 0.5
        engine.round()
    assert engine.loaded == [ATTRACT]
    now[0] += 11
    engine.round()
    assert engine.loaded == [ATTRACT, ATTRACT]


def test_a_form_that_could_not_be_sent_leads_back_to_where_it_stands(engine: Noting, now: list[float]) -> None:
    engine.away(f"{HOME}tap", True)
    assert engine.address == WAITING
    now[0] += 2.5
    engine.round()
    assert engine.loaded == [CARD]


def test_xong_ends_the_visit_although_nobody_hears_it(engine: Noting) -> None:
    engine.away(f"{HOME}xong", True)
    assert engine.forgotten == 1


def test_a_page_that_died_ends_the_visit(engine: Noting) -> None:
    engine.died()
    assert engine.forgotten == 1
