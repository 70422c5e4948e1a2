"""A simulated fleet comes to both databases while servers die: nothing lost, nothing double, the same figures."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.collector import places, tokens
from kiosk.collector.figures import use
from kiosk.collector.figures.overview import overview
from kiosk.collector.figures.scope import Scope
from kiosk.collector.province import open_province
from kiosk.collector.rollups.settle import settle
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import Offset, Quality
from tests.bench.make_day import read_day
from tests.support.fleet import invent
from tests.support.herd import Collector, Log, come
from tests.support.postgres import postgres

SITES, DAYS, PARTS = 24, 3, 2
DAY = 86_400


def _boxes(number: int, now: int) -> list[bytes]:
    """A box's days, each a start with a clock that jumped: its first word knows no time, its second does."""
    day = read_day()
    found = []
    for back in range(DAYS, 0, -1):
        offset = Offset(now - back * DAY - 60_000, Quality.SYNCED, 2)
        whole = Batch(f"{number:032x}", f"{number * 100 + back:016x}", offset, "0.1.0")
        half = len(day) // PARTS
        saved = Offset(offset.seconds - 40 * DAY, Quality.SAVED, 1)
        found.append(encode(replace(whole, offset=saved, events=tuple(day[:half]))))
        found.append(encode(replace(whole, events=tuple(day[half - 20 :]))))
    return found


def _run(url: str, folder: Path, now: int, harm: Callable[[Collector, Log], None]) -> tuple[object, Log]:
    villages = invent(SITES)
    with closing(open_province(url)) as province:
        places.learn(province, [village.place for village in villages])
        boxes = [
            (tokens.issue(province, village.place.site, "", now), _boxes(village.number, now)) for village in villages
        ]
    server, log = Collector(url, folder), Log()
    server.start()
    try:
        trouble = threading.Thread(target=harm, args=(server, log), daemon=True)
        trouble.start()
        come(server.port, boxes, log, within=4, at_once=SITES, hurry=0.05)
        trouble.join()
    finally:
        server.kill()
    with closing(open_province(url)) as province:
        settle(province)
        held = province.rows("SELECT site, count(*) FROM event GROUP BY site ORDER BY site")
        shown = (overview(province, now), use.use(province, Scope(), now), held)
    return shown, log


def _await(log: Log, many: int) -> None:
    """Until so many batches are acknowledged: others are still to come."""
    while log.answers[200] < many:
        time.sleep(0.01)


@pytest.mark.needs("pg_ctlcluster")
def test_servers_that_die_and_come_back_change_no_figure_on_either_database(tmp_path: Path) -> None:
    now = int(time.time())

    def power_cut(server: Collector, log: Log) -> None:
        _await(log, 60)
        server.kill()
        server.start()

    small, first = _run(f"sqlite:///{tmp_path}/p.db", tmp_path, now, power_cut)
    with postgres(durable=True) as cluster:

        def both(server: Collector, log: Log) -> None:
            _await(log, 20)
            cluster.stop("immediate")
            time.sleep(0.3)
            cluster.start()
            power_cut(server, log)

        large, second = _run(cluster.url(), tmp_path, now, both)
    assert small == large
    view, months, held = small
    assert [many for _, many in held] == [300 * DAYS] * SITES
    assert sum(month.views for month in months) > 1000
    assert view.voices("live") == SITES
    for log in (first, second):
        assert log.broken
        assert log.answers[200] == SITES * DAYS * PARTS
        assert set(log.answers) <= {200, 503}
