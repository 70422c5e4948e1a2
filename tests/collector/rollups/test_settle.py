"""Roll-ups against a second way to the same numbers, whatever the order, the repeats and the clocks."""

import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.collector.days import date_of, day_of, month_of
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups.details import SUMS
from kiosk.collector.rollups.settle import rebuild, settle, waiting
from kiosk.collector.timeline import EARLIEST
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import UNKNOWN, Offset, Quality
from kiosk.events.event import Event, make
from kiosk.events.kinds import by_code, kinds
from kiosk.events.ranges import Ranges
from tests.collector.conftest import NOW, a_batch, view
from tests.collector.together import together
from tests.support.postgres import Server

DAY = 86_400
_DEVICES = ("11" * 16, "22" * 16)
_EPOCHS = ("aa" * 8, "bb" * 8)
_ROLLUPS = ("daily", "detail", "language")
_EPOCH_COUNTS = "SELECT site, device, epoch, held, lost, aside, late, stale FROM epoch ORDER BY site, device, epoch"


def _event(seq: int) -> Event:
    """Always the same event for a seq; they reach over two months."""
    chance = random.Random(seq)
    at = seq * 40_000 + chance.randrange(40_000)
    if seq % 3 == 0:
        return make("attempt", at, scenario="p/s", variant=f"v{seq}", stage="alone", setting="alone", outcome="done",
                    unaided=seq % 2 == 0, mistakes=seq % 4, hints=0, helps=0, seconds=seq)  # fmt: skip
    return view(at, lang=chance.choice(["vi", "blt", "hmv"]))


def _offset(revision: int) -> Offset:
    return Offset(NOW - 90 * DAY + revision * 5 * DAY, Quality.SYNCED, revision) if revision else UNKNOWN


_batches = st.builds(
    lambda device, epoch, seqs, gone, revision: Batch(
        device, epoch, _offset(revision), "0.1.0",
        tuple((seq, _event(seq)) for seq in sorted(seqs - gone)), Ranges.of(gone),
    ),
    st.sampled_from(_DEVICES), st.sampled_from(_EPOCHS), st.sets(st.integers(1, 60), max_size=25),
    st.sets(st.integers(1, 60), max_size=3), st.integers(0, 3),
)  # fmt: skip
_runs = st.lists(st.tuples(st.sampled_from(["ban-ho", "ban-moi"]), _batches, st.booleans()), max_size=8)


def _snapshot(province: Province) -> dict[str, list[tuple[object, ...]]]:
    found = {name: sorted(province.rows(f"SELECT * FROM {name}")) for name in _ROLLUPS}
    epochs = province.rows(_EPOCH_COUNTS)
    return found | {"epoch": [tuple(bytes(x) if isinstance(x, memoryview) else x for x in row) for row in epochs]}


def _expected_days(run: list[tuple[str, Batch, bool]]) -> Counter[tuple[str, int, int]]:
    """The daily roll-up from the batches themselves."""
    offsets: dict[tuple[str, str, str], Offset] = defaultdict(lambda: UNKNOWN)
    events: dict[tuple[str, str, str], dict[int, Event]] = defaultdict(dict)
    for site, batch, _ in run:
        key = (site, batch.device, batch.epoch)
        offsets[key] = max(offsets[key], batch.offset, key=lambda one: (one.quality, one.revision))
        events[key] |= dict(batch.events)
    return Counter(
        (key[0], day_of(offsets[key].seconds + event.at), kinds()[event.kind].code)
        for key, own in events.items() if offsets[key].quality
        for event in own.values()
    )  # fmt: skip


@contextmanager
def _fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Province]:
    if kind == "sqlite":
        path = folder / f"{secrets.token_hex(8)}.db"
        url = f"sqlite:///{path}"
    else:
        server: Server = request.getfixturevalue("cluster")
        url = server.url()
    province = open_province(url)
    with province.transaction():
        province.tables.site.insert_many([{"site": site, "name": site} for site in ("ban-ho", "ban-moi")]).execute()
    try:
        yield province
    finally:
        province.close()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("pg_ctlcluster"))])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=_runs)
def test_any_order_and_repeats_settled_at_any_time_give_what_a_rebuild_gives(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, run: list[tuple[str, Batch, bool]]
) -> None:
    with _fresh(kind, request, tmp_path) as province:
        for site, batch, settled in run:
            ingest(province, site, encode(batch), NOW)
            if settled:
                settle(province)
        settle(province)
        first = _snapshot(province)
        rebuild(province, NOW)
        assert _snapshot(province) == first
        assert {row[:3]: row[3] for row in first["daily"]} == _expected_days(run)
        for site, batch, _ in reversed(run):
            ingest(province, site, encode(batch), NOW)
        settle(province)
        assert _snapshot(province) == first


def test_a_better_time_moves_events_from_the_old_day_to_the_new_one(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 10, offset=NOW - 40 * DAY)), NOW)
    settle(province)
    assert _days(province) == {day_of(NOW - 40 * DAY): 10}
    ingest(province, "ban-ho", encode(replace(a_batch(1, 1), offset=Offset(NOW - 3 * DAY, Quality.SYNCED, 2))), NOW)
    settle(province)
    assert _days(province) == {day_of(NOW - 3 * DAY): 10}


def test_a_batch_that_tells_only_a_time_dates_what_came_before(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(replace(a_batch(1, 4), offset=UNKNOWN)), NOW)
    settle(province)
    assert _days(province) == {}
    ingest(province, "ban-ho", encode(replace(a_batch(1, 1), events=(), offset=Offset(NOW, Quality.FEW, 1))), NOW)
    settle(province)
    assert _days(province) == {day_of(NOW): 4}


@pytest.mark.parametrize("seconds", [NOW + 61 * 365 * DAY, EARLIEST - 10 * DAY, -(2**50), 2**50])
def test_a_time_that_cannot_be_is_not_believed_and_said(province: Province, token: str, seconds: int) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 4, offset=seconds)), NOW)
    settle(province)
    (epoch,) = province.tables.epoch.select()
    assert (_days(province), epoch.doubted, epoch.held) == ({}, True, 4)


def test_a_time_that_can_be_wins_over_one_that_cannot_in_either_order(province: Province, token: str) -> None:
    mad, sane = Offset(NOW + 999 * DAY, Quality.SYNCED, 9), Offset(NOW - 9 * DAY, Quality.FEW, 1)
    for number, offsets in enumerate(((mad, sane), (sane, mad))):
        for offset in offsets:
            batch = replace(a_batch(1, 2), epoch=f"{number:016x}", offset=offset)
            ingest(province, "ban-ho", encode(batch), NOW)
    settle(province)
    assert _days(province) == {day_of(NOW - 9 * DAY): 4}
    assert [row.doubted for row in province.tables.epoch.select()] == [False, False]


def test_a_time_doubted_by_a_wrong_clock_of_ours_is_believed_at_the_next_rebuild(
    province: Province, token: str
) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 4)), NOW - 500 * DAY)
    settle(province)
    assert _days(province) == {}
    rebuild(province, NOW)
    assert _days(province) == {day_of(NOW - 5000): 4}
    assert [row.doubted for row in province.tables.epoch.select()] == [False]


def test_an_uptime_of_decades_breaks_nothing(province: Province, token: str) -> None:
    events = tuple((seq, view(at)) for seq, at in ((1, 5), (2, 2**31 - 1)))
    ingest(province, "ban-ho", encode(a_batch(1, 1)), NOW)
    ingest(province, "ban-ho", encode(replace(a_batch(1, 1), events=events)), NOW)
    settle(province)
    assert _days(province)[day_of(NOW - 5000)] == 1
    assert waiting(province) == []


def test_late_and_lost_are_told_apart(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(11, 20, gone=Ranges(((3, 5),)))), NOW)
    settle(province)
    (epoch,) = province.tables.epoch.select()
    assert (epoch.held, epoch.lost, epoch.late) == (10, 3, 7)
    ingest(province, "ban-ho", encode(a_batch(1, 2)), NOW)
    ingest(province, "ban-ho", encode(a_batch(6, 10)), NOW)
    settle(province)
    (epoch,) = province.tables.epoch.select()
    assert (epoch.held, epoch.lost, epoch.late) == (17, 3, 0)


def test_what_came_after_all_is_held_and_what_was_set_aside_is_told_apart(
    province: Province, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 2, gone=Ranges(((3, 6), (9, 9))))), NOW)
    ingest(province, "ban-ho", encode(a_batch(5, 7)), NOW)
    rejected = tuple((seq, "newer than this release") for seq in (2, 4, 12))
    batch = replace(a_batch(10, 10), rejected=rejected)
    monkeypatch.setattr("kiosk.collector.ingest.decode", lambda _: batch)
    ingest(province, "ban-ho", b"as sent", NOW)
    settle(province)
    (epoch,) = province.tables.epoch.select()
    assert (epoch.held, epoch.lost, epoch.aside, epoch.late) == (6, 3, 1, 2)


def test_seqs_without_end_break_no_sum(province: Province, token: str) -> None:
    for number in range(3):
        gone = Ranges(((2, 2**53 - 1),)) if number else Ranges(((2**53 - 1, 2**53 - 1),))
        ingest(province, "ban-ho", encode(replace(a_batch(1, 1, gone=gone), epoch=f"{number:016x}")), NOW)
    settle(province)
    ((held, lost, late),) = province.rows("SELECT sum(held), sum(lost), sum(late) FROM epoch")
    assert (held, lost, late) == (3, 2 * 10**9 + 1, 10**9)


def test_a_card_that_was_copied_is_raised_and_a_restart_is_not(province: Province, token: str) -> None:
    starts = [("aa" * 8, NOW - 50_000), ("bb" * 8, NOW - 40_000)]
    for epoch, seconds in starts:
        ingest(province, "ban-ho", encode(_running(epoch, seconds, 9000)), NOW)
    settle(province)
    assert [row.twins for row in province.tables.device.select()] == [0]
    ingest(province, "ban-ho", encode(_running("cc" * 8, NOW - 45_000, 9000)), NOW)
    settle(province)
    assert [row.twins for row in province.tables.device.select()] == [2]


def test_a_roll_up_by_month_holds_words_and_sums_and_no_language(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 2, offset=NOW - 5 * DAY)), NOW)
    made = make("attempt", 9, scenario="p/s", variant="v1", stage="alone", setting="class", outcome="done",
                unaided=False, mistakes=2, hints=1, helps=0, seconds=60)  # fmt: skip
    batch = replace(a_batch(1, 1, offset=NOW - 5 * DAY), events=((3, made), (4, made)))
    ingest(province, "ban-ho", encode(batch), NOW)
    settle(province)
    month = month_of(day_of(NOW - 5 * DAY))
    rows = {
        by_code()[row.kind].name: (row.month, row.what, row.many, [getattr(row, column) for column in SUMS])
        for row in province.tables.detail.select()
    }
    assert rows == {
        "view": (month, '["doi-song-so/tra-tien-qr/cho-rau","phone"]', 2, [0, 0, 0, 0, 0]),
        "attempt": (month, '["p/s","alone","class","done",false]', 2, [4, 2, 0, 120, 0]),
    }
    assert [(row.month, row.lang, row.many) for row in province.tables.language.select()] == [(month, "vi", 2)]


def test_a_batch_that_came_before_makes_nothing_due(province: Province, token: str) -> None:
    data = encode(a_batch(1, 5, gone=Ranges(((9, 9),))))
    ingest(province, "ban-ho", data, NOW)
    settle(province)
    ingest(province, "ban-ho", data, NOW)
    assert waiting(province) == []
    ingest(province, "ban-ho", encode(a_batch(5, 6)), NOW)
    assert waiting(province) == ["ban-ho"]


def test_settling_some_sites_says_how_many_wait(province: Province) -> None:
    for site in ("a", "b", "c"):
        ingest(province, site, encode(a_batch(1, 2)), NOW)
    assert settle(province, most=2) == 1
    assert settle(province) == 0


def test_the_days_are_those_of_viet_nam() -> None:
    evening = 1_767_200_399  # 2025-12-31 23:59:59 in Viet Nam
    assert str(date_of(day_of(evening))) == "2025-12-31"
    assert str(date_of(day_of(evening + 1))) == "2026-01-01"
    assert month_of(day_of(evening + 1)) - month_of(day_of(evening)) == 1


def _running(epoch: str, seconds: int, span: int) -> Batch:
    events = ((1, view(0)), (2, view(span)))
    return replace(a_batch(1, 1), epoch=epoch, offset=Offset(seconds, Quality.PHONES, 1), events=events)


def _days(province: Province) -> dict[int, int]:
    return {row.day: row.many for row in province.tables.daily.select() if row.day <= day_of(NOW)}


def test_counting_while_batches_arrive_loses_nothing(province: Province, url: str, token: str) -> None:
    """Several app servers share one database: two take batches, one counts."""
    parts = [encode(a_batch(first, first + 9, offset=NOW - 5 * DAY)) for first in range(1, 301, 5)]
    taken: list[None] = []

    def take(own: Province) -> None:
        try:
            for part in random.Random(id(own)).sample(parts, len(parts)):
                ingest(own, "ban-ho", part, NOW)
        finally:
            taken.append(None)

    def count(own: Province) -> None:
        while len(taken) < 2:
            settle(own)

    together(url, take, take, count)
    settle(province)
    assert _days(province) == {day_of(NOW - 5 * DAY): 305}
