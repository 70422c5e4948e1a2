"""Forwarding, against a store that fails in every way, and against a real Ralph."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kiosk.collector import tokens
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups.settle import settle
from kiosk.collector.xapi.export import export
from kiosk.collector.xapi.forward import BATCH, forward, run
from kiosk.collector.xapi.store import NotNowError, Store
from kiosk.errors import KioskError
from kiosk.events.batch import encode
from kiosk.events.epochs import Quality
from tests.bench.make_day import read_day
from tests.collector.conftest import NOW, a_batch, view
from tests.support.record_store import PASSWORD, USER, ralph


@dataclass
class _Store(Store):
    """A store in this process: knows statements by id, and fails as it is told."""

    held: dict[str, object] = field(default_factory=dict)
    failing: list[int] = field(default_factory=list)
    poison: set[str] = field(default_factory=set)
    name: str = "https://store.test/xAPI"

    def _post(self, statements: list[dict[str, object]]) -> tuple[int, str]:
        if self.failing and (status := self.failing.pop(0)):
            if status > 0:
                raise NotNowError(status)
            self.held.update({str(one["id"]): one for one in statements})  # taken, but the answer is lost
            raise NotNowError
        if any(one["id"] in self.poison for one in statements):
            return 422, "invalid"
        known = [one for one in statements if self.held.get(str(one["id"]), one) != one]
        if known:
            return 409, "conflict"
        self.held.update({str(one["id"]): one for one in statements})
        return 200, ""


def _exported(province: Province, folder: Path) -> dict[str, object]:
    export(province, folder / "s.jsonl", NOW)
    rows = [json.loads(line) for line in (folder / "s.jsonl").read_text().splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def _take(province: Province, first: int, last: int, **changed: object) -> None:
    ingest(province, "ban-ho", encode(replace(a_batch(first, last), **changed)), NOW)
    settle(province)


def test_each_event_goes_once_in_whatever_order_and_whatever_fails(
    province: Province, token: str, tmp_path: Path
) -> None:
    store = _Store()
    _take(province, 600, 1300)
    store.failing = [0, -1, 7]
    for _ in range(2):
        with pytest.raises(NotNowError):
            forward(province, store, NOW)
    _take(province, 1, 599)
    sent = forward(province, store, NOW)
    assert (sent.held, sent.unwanted) == (1300 - BATCH, 0)
    assert store.held == _exported(province, tmp_path)
    assert forward(province, store, NOW).held == 0


def test_what_a_store_will_not_take_is_found_and_set_aside_and_the_rest_goes(
    province: Province, token: str, tmp_path: Path
) -> None:
    store = _Store()
    _take(province, 1, 40)
    ids = sorted(_exported(province, tmp_path))
    store.poison = set(ids[:2])
    store.held[ids[5]] = {"id": ids[5], "timestamp": "sent when its time was another"}
    sent = forward(province, store, NOW)
    assert (sent.held, sent.unwanted) == (37, 3)
    reasons = sorted(reason for (reason,) in province.rows("SELECT reason FROM unwanted"))
    assert reasons == ["422: invalid", "422: invalid", "held in an earlier form"]
    assert forward(province, store, NOW).held == 0


def test_an_epoch_waits_for_a_good_time_but_not_for_ever(province: Province, token: str) -> None:
    store = _Store()
    batch = a_batch(1, 3, offset=NOW - 9000, quality=Quality.SAVED)
    ingest(province, "ban-ho", encode(batch), NOW)
    settle(province)
    assert forward(province, store, NOW).held == 0
    assert forward(province, store, NOW + 31 * 86_400).held == 3


def test_it_goes_on_for_ever_and_waits_longer_after_each_failure(province: Province, token: str) -> None:
    _take(province, 1, 3)
    store, waits = _Store(failing=[1, 1, 500]), []
    run(province, store, 60, pause=waits.append, rounds=5)
    assert 5 <= waits[0] <= 10 <= waits[1] <= 20
    assert waits[2:] == [500, 60, 60]
    assert len(store.held) == 3


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(KioskError, match="no record store's address"):
        Store("ftp://x", "a", "b")
    with pytest.raises(NotNowError):
        Store("http://127.0.0.1:9/xAPI", "a", "b").put([{"id": "x"}])


@pytest.fixture(scope="module")
def province_with_a_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    opened = open_province(f"sqlite:///{tmp_path_factory.mktemp('xapi')}/p.db")
    tokens.issue(opened, "ban-ho", "Bản Hồ", NOW)
    opened_day = replace(a_batch(1, 1, offset=NOW - 90_000), events=tuple(read_day()))
    ingest(opened, "ban-ho", encode(opened_day), NOW)
    settle(opened)
    yield opened
    opened.close()


def test_a_real_ralph_holds_exactly_the_exported_statements_after_failures_between(
    province_with_a_day: Province, tmp_path: Path
) -> None:
    province = province_with_a_day
    with ralph() as server:
        store = Store(server.url, USER, PASSWORD)
        with pytest.raises(NotNowError):
            forward(province, store, NOW)  # it does not run yet
        server.start()
        first = forward(province, store, NOW)
        assert first.unwanted == 0
        # What was sent is forgotten, as when the answer was lost: the same statements come again, and new ones.
        province.run("UPDATE forwarded SET many = 0, seqs = ''")
        more = replace(a_batch(1, 1, offset=NOW - 90_000), epoch="ab" * 8, events=((1, view(3)), (2, view(9))))
        ingest(province, "ban-ho", encode(more), NOW)
        settle(province)
        server.stop()
        with pytest.raises(NotNowError):
            forward(province, store, NOW)
        server.start()
        assert forward(province, store, NOW).unwanted == 0
        with pytest.raises(KioskError, match="does not let us in"):
            Store(server.url, USER, "guessed").put([{"id": "x"}])
        wrong = [{"id": "x"}, *list(_exported(province, tmp_path).values())[:3]]
        assert [one.place for one in store.put(wrong)] == [0]
        held = server.held()
    exported = _exported(province, tmp_path)
    assert sorted(str(one["id"]) for one in held) == sorted(exported)
    for one in held:
        assert {name: one[name] for name in exported[str(one["id"])]} == exported[str(one["id"])]
