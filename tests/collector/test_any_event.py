"""Whatever events the registry allows, the roll-ups settle, the pages are shown, and no word of them is markup."""

import secrets
import time
from dataclasses import replace

from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings

from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle, waiting
from kiosk.events.batch import encode
from kiosk.events.event import Event, make
from kiosk.events.kinds import kinds
from tests.collector.conftest import a_batch
from tests.events.strategies import events

PAGES = ("/", "/villages", "/villages/ban-ho", "/practice", "/league", "/boxes", "/export/days.csv",
         "/export/months.csv", "/export/languages.csv", "/export/boxes.csv")  # fmt: skip
_NOW = int(time.time())
_WEEK = 7 * 86_400
_QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def _take(province: Province, *came: Event) -> None:
    """They happened last week, in a start of their own."""
    dated = tuple((seq, Event(event.kind, event.at % _WEEK, event.values)) for seq, event in enumerate(came, 1))
    batch = replace(a_batch(1, 1, offset=_NOW - 2 * _WEEK), epoch=secrets.token_hex(8), events=dated)
    ingest(province, "ban-ho", encode(batch), _NOW)


def test_any_event_of_the_registry_is_counted_and_shown(province: Province, token: str, viewer: FlaskClient) -> None:
    taken = 0

    @given(events())
    @settings(max_examples=150, deadline=None, suppress_health_check=_QUIET, phases=[Phase.generate])
    def take(event: Event) -> None:
        nonlocal taken
        _take(province, event)
        taken += 1

    take()
    settle(province)
    assert waiting(province) == []
    assert province.rows("SELECT sum(held) FROM epoch") == [(taken,)]
    for path in PAGES:
        assert viewer.get(path).status_code == 200, path


def test_a_sum_of_what_is_never_thinned_stops_no_roll_up(province: Province, token: str) -> None:
    for kind in kinds():
        _take(province, make("sum", 5, kind=kind, count=2**31 - 1), make("sum", 5, kind=kind, what="a/b/c", count=1))
    settle(province)
    assert waiting(province) == []
    assert province.rows("SELECT sum(held) FROM epoch") == [(2 * len(kinds()),)]


def test_an_event_of_2087_is_kept_and_has_no_day(province: Province, token: str, viewer: FlaskClient) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 5, offset=3_700_000_000)), _NOW)
    settle(province)
    assert province.rows("SELECT held, doubted FROM epoch") == [(5, True)]
    assert province.rows("SELECT undated, doubted FROM holding") == [(5, 1)]
    assert province.rows("SELECT count(*) FROM daily") == [(0,)]
    assert "2087" not in viewer.get("/villages/ban-ho").get_data(as_text=True)
