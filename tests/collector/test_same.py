"""One fleet, simulated with outages, repeats and clocks that learn; both databases must show the same of it."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.collector import tokens
from kiosk.collector.export import export
from kiosk.collector.figures.overview import overview
from kiosk.collector.figures.practice import practice
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups.settle import rebuild, settle
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import UNKNOWN, Offset, Quality
from kiosk.events.event import Event
from kiosk.events.ranges import Ranges
from tests.bench.make_day import read_day
from tests.collector.conftest import NOW
from tests.support.postgres import Server

DAY = 86_400
SITES = 6
_DAYS = 45


@pytest.mark.needs("pg_ctlcluster")
def test_both_databases_show_the_same_and_rebuild_to_the_same(cluster: Server, tmp_path: Path) -> None:
    sent = list(_fleet())
    shown = []
    for name, url in (("small", f"sqlite:///{tmp_path}/p.db"), ("large", cluster.url())):
        with closing(open_province(url)) as province:
            for number in range(SITES + 1):
                tokens.issue(province, f"ban-{number}", f"Bản {number}", NOW)
            _feed(province, sent)
            first = (overview(province, NOW), practice(province, NOW, site="ban-1"))
            rebuild(province, NOW)
            assert (overview(province, NOW), practice(province, NOW, site="ban-1")) == first
            export(province, tmp_path / name, NOW)
            shown.append(first)
    assert shown[0] == shown[1]
    files = [path.name for path in sorted((tmp_path / "small").iterdir())]
    assert files == ["boxes.csv", "days.csv", "languages.csv", "months.csv"]
    for file in files:
        assert (tmp_path / "small" / file).read_bytes() == (tmp_path / "large" / file).read_bytes()
    _means_something(shown[0][0])


def _means_something(view: object) -> None:
    """Figures that are all zero would be equal too."""
    assert view.total("view") > 1000
    assert view.total("attempt") > 100
    assert any(view.languages.values())
    assert any(village.holdings.late for village in view.villages)
    assert any(village.holdings.lost for village in view.villages)
    assert any(village.holdings.undated for village in view.villages)
    assert {village.voice for village in view.villages} >= {"live", "silent", "never"}


def _feed(province: Province, sent: list[tuple[str, Batch, int]]) -> None:
    chance = random.Random(3)
    for site, batch, when in sent:
        for _ in range(chance.choice([1, 1, 2])):  # the answer was lost, the batch comes again
            ingest(province, site, encode(batch), when)
        if chance.random() < 0.05:
            settle(province)
    settle(province)


def _fleet() -> Iterator[tuple[str, Batch, int]]:
    """(site, batch, when) in the order of arrival, which is not that of the days."""
    chance, day = random.Random(6), read_day()
    found: list[tuple[int, str, Batch]] = []
    for number in range(SITES):
        for back in range(14 if number == 2 else 1, _DAYS, 3):
            when = NOW - chance.randrange(back * DAY) if number != 2 else NOW - back * DAY
            found += [(when, f"ban-{number}", batch) for batch in _epoch(chance, number, back, day)]
    for when, site, batch in sorted(found, key=lambda row: row[0]):
        yield site, batch, when


def _epoch(chance: random.Random, number: int, back: int, day: list[tuple[int, Event]]) -> Iterator[Batch]:
    offset = Offset(NOW - back * DAY - 50_000, Quality.PHONES, 1)
    whole = Batch(f"{number:032x}", f"{number * 1000 + back:016x}", offset, "0.1.0")
    cut = chance.randrange(40, 260)
    first = chance.choice([offset, UNKNOWN])
    yield replace(whole, offset=first, events=tuple(day[:cut]))
    if chance.random() < 0.8:
        given_up = chance.randrange(3) if cut < 250 else 0
        gone = Ranges(((cut + 1, cut + given_up),)) if given_up else Ranges()
        better = Offset(offset.seconds + chance.randrange(3) * DAY // 2, Quality.SYNCED, 2)
        yield replace(whole, offset=better, events=tuple(day[cut + given_up :]), gone=gone)
    elif chance.random() < 0.7:
        yield replace(whole, events=tuple(day[cut + 20 :]))
