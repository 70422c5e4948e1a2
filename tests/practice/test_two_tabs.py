"""Two tabs in one attempt, in any order and at the same moment: each event once, and the state of one of the orders."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.live.outgoing import after, forget
from kiosk.live.store import LiveStore
from kiosk.practice.attempts import Attempts, Standing, event
from kiosk.practice.engine import apply
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Action, State, parse_action
from kiosk.settings import Settings
from tests.support.scenarios import REAL, TINY, read

NOW = 1000
SCENARIOS = {path.stem: read(path) for path in (*TINY, *REAL) if path.stem in {"app", "browser", "tra-tien-qr"}}
TAPS = ("c1", "c2", "c3", "c4", "d0", "d3", "d7", "w0", "w2", "erase", "hint", "help", "back", "c99", "", "x")
STATIONS = (f"{number:016x}" for number in itertools.count())


class _Shelf(Shelf):
    def __init__(self) -> None:
        pass

    def find(self, pack: str, name: str) -> Scenario | None:
        return SCENARIOS.get(name)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStore]:
    folder = tmp_path_factory.mktemp("two-tabs")
    opened = LiveStore.open(Settings(data=folder, run=folder / "run"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def attempts(store: LiveStore) -> Attempts:
    return Attempts(store, _Shelf(), lambda: NOW)


def _begun(attempts: Attempts, scenario: str, stage: str, seed: int) -> Standing:
    standing = attempts.start(
        "thu", scenario, stage, station=next(STATIONS), where="phone", setting="alone", seed=seed
    )  # fmt: skip
    assert standing
    return standing


def _counted(store: LiveStore) -> Counter[str]:
    """What waits for the recorder; it is taken away."""
    rows = after(store, 0, 10_000)
    if rows:
        forget(store, rows[-1][0])
    return Counter(f"{found.kind} {found.payload()}" for _, found in rows if found)


def _expected(standing: Standing, state: State, action: Action | None) -> tuple[State, Counter[str]]:
    """What the pure engine makes of it, and what is counted."""
    if action is None:
        return state, Counter()
    done, outcomes = apply(standing.scenario, state, action)
    rows = [event("thu", state, outcome, NOW) for outcome in outcomes]
    return replace(done, since=NOW), Counter(f"{row.kind} {row.payload()}" for row in rows)


SEEN = st.sampled_from(["present", "seen", "older", "replayed"])
OPS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(TAPS), SEEN), max_size=60)


@given(
    scenario=st.sampled_from(sorted(SCENARIOS)),
    stage=st.sampled_from(["together", "alone"]),
    ops=OPS,
    seed=st.integers(0, 9),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_interleaving_is_the_actions_that_were_made_on_the_present_state(
    attempts: Attempts, store: LiveStore, scenario: str, stage: str, ops: list[tuple[int, str, str]], seed: int
) -> None:
    _counted(store)
    standing = _begun(attempts, scenario, stage, seed)
    model, counted = standing.state, Counter[str]()
    shown, last = [model.serial, model.serial], [(model.serial, "")] * 2
    for tab, tap, how in ops:
        if how == "present":  # the page was opened again
            shown[tab] = model.serial
        serial, tap = last[tab] if how == "replayed" else (shown[tab] - (how == "older"), tap)  # noqa: PLW2901
        if serial == model.serial:
            model, more = _expected(standing, model, parse_action(tap))
            counted += more
        last[tab] = (serial, tap)
        after_it = attempts.act(standing.visit, standing.number, serial, parse_action(tap))
        assert after_it is not None
        assert after_it.state == model
        if how != "seen":
            shown[tab] = after_it.state.serial
    assert _counted(store) == counted
    assert attempts.look(standing.visit, standing.number).state == model
    ends = sum(count for row, count in counted.items() if row.startswith("attempt "))
    assert ends == (model.place == "done")


@given(
    scenario=st.sampled_from(sorted(SCENARIOS)),
    before=st.lists(st.sampled_from(TAPS), max_size=8),
    both=st.tuples(st.sampled_from(TAPS), st.sampled_from(TAPS)),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_taps_at_the_same_moment_are_the_one_or_the_other(
    attempts: Attempts, store: LiveStore, scenario: str, before: list[str], both: tuple[str, str]
) -> None:
    standing = _begun(attempts, scenario, "together", 1)
    for tap in before:
        state = attempts.look(standing.visit, standing.number).state
        attempts.act(standing.visit, standing.number, state.serial, parse_action(tap))
    state = attempts.look(standing.visit, standing.number).state
    _counted(store)
    line = threading.Barrier(2)

    def press(tap: str) -> None:
        line.wait()
        attempts.act(standing.visit, standing.number, state.serial, parse_action(tap))
        store.close()

    tabs = [threading.Thread(target=press, args=(tap,)) for tap in both]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    ended = attempts.look(standing.visit, standing.number).state, _counted(store)
    one, other = (_expected(standing, state, parse_action(tap)) for tap in both)
    # A tap that means nothing leaves the state for the other.
    possible = [made for made in (one, other) if made[0].serial > state.serial] or [(state, Counter())]
    assert ended in possible
