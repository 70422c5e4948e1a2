from dataclasses import replace

from kiosk.collector import tokens
from kiosk.collector.figures.practice import Scenario, practice
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle
from kiosk.events.batch import encode
from kiosk.events.event import Event, Value, make
from tests.collector.conftest import NOW, a_batch

SCENARIO = "doi-song-so/tra-tien-qr"


def test_where_people_fail_comes_first_and_tests_count_nowhere(province: Province, token: str) -> None:
    events = [
        *[_step("ten", "wrong")] * 3, *[_step("ten", "right")] * 3, *[_step("quet", "right")] * 6,
        _step("pin", "wrong"), *[_step("quet", "wrong", setting="test")] * 9,
        _attempt(unaided=True), _attempt(stage="together", unaided=False), _attempt(outcome="left", unaided=False),
        _attempt(setting="test"), _trap("trap", "caught"), _trap("trap", "escaped"), _trap("honest", "refused"),
    ]  # fmt: skip
    batch = replace(a_batch(1, 1), events=tuple(enumerate(events, 1)))
    tokens.issue(province, "ban-khac", "Bản Khác", NOW)
    for site in ("ban-ho", "ban-khac"):
        ingest(province, site, encode(batch), NOW)
    settle(province)
    (found,) = practice(province, NOW, site="ban-ho")
    assert _counts(found) == (3, 2, 2, 1, 2, 1)
    assert [(screen.id, screen.answers, screen.failed) for screen in found.screens] == [("ten", 6, 3), ("quet", 6, 0)]
    (both,) = practice(province, NOW)
    assert _counts(both) == (6, 4, 4, 2, 4, 2)
    assert practice(province, NOW + 200 * 86_400) == ()


def _counts(found: Scenario) -> tuple[int, ...]:
    return (found.attempts, found.done, found.alone, found.unaided, found.traps, found.caught)


def _step(screen: str, outcome: str, setting: str = "alone") -> Event:
    return make("step", 5, scenario=SCENARIO, variant="v1", screen=screen, setting=setting, outcome=outcome, seconds=4)


def _attempt(**changed: Value) -> Event:
    values: dict[str, Value] = {
        "scenario": SCENARIO, "variant": "v1", "stage": "alone", "setting": "alone", "outcome": "done",
        "unaided": True, "mistakes": 0, "hints": 0, "helps": 0, "seconds": 60,
    }  # fmt: skip
    return make("attempt", 9, **(values | changed))


def _trap(twin: str, outcome: str) -> Event:
    return make("trap", 7, scenario=SCENARIO, variant="v1", twin=twin, setting="alone", outcome=outcome)
