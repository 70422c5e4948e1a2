"""After an outage: 1,500 villages with a week each come back together; nothing lost or double, nobody kept waiting.

They begin within a minute, ten times as fast as the ten minutes of the budget. Load, collector and database share this
machine. A collector that is killed with all its workers and comes back is part of it.
"""

import tempfile
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kiosk.collector import tokens
from kiosk.collector.province import open_province
from kiosk.errors import KioskError
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import Offset, Quality
from tests.bench.make_day import EVENTS, read_day
from tests.support.herd import Collector, Log, come
from tests.support.postgres import postgres

SITES, DAYS = 1500, 7
_WITHIN = 60.0  # seconds in which all begin
_AT_ONCE = 300  # connections that the load can hold
_BUDGET = 5  # seconds of an answer that is no Retry-After
_DAY = 86_400

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """The herd's time, its slowest answers, and what is held."""
    try:
        with postgres(durable=True) as server, tempfile.TemporaryDirectory() as folder:
            took, log, held = _run(server.url(), Path(folder))
    except KioskError as barred:
        return [("a herd after an outage", f"not measured: {barred}"[:100], "-", "-")]
    if held != SITES * DAYS * EVENTS:
        raise AssertionError(f"{held} events are held, {SITES * DAYS * EVENTS} were sent")
    return [
        (
            f"a herd: {SITES} villages with {DAYS} days begin within {_WITHIN:.0f} s, a collector killed between",
            f"{took:.0f} s, slowest answer {log.slowest:.1f} s",
            f"{log.answers[503]} told to come again, slowest {log.slowest_refusal:.1f} s; {log.broken} lines broke",
            f"<= {_BUDGET} s an answer; {held:,} events, each once",
        )
    ]


def _run(url: str, folder: Path) -> tuple[float, Log, int]:
    now, day = int(time.time()), tuple(read_day())
    with closing(open_province(url)) as province:
        boxes = [
            (tokens.issue(province, f"ban-{number}", f"Bản {number}", now), _week(number, now, day))
            for number in range(SITES)
        ]
        server = Collector(url, folder)
        server.start()
        cut = threading.Timer(_WITHIN / 2, lambda: (server.kill(), server.start()))
        cut.start()
        try:
            start = time.perf_counter()
            log = come(server.port, boxes, within=_WITHIN, at_once=_AT_ONCE)
            took = time.perf_counter() - start
        finally:
            cut.join()
            server.kill()
        return took, log, province.tables.event.select().count()


def _week(number: int, now: int, day: tuple[tuple[int, object], ...]) -> list[bytes]:
    batches = []
    for back in range(DAYS, 0, -1):
        offset = Offset(now - back * _DAY - 90_000, Quality.SYNCED, 1)
        whole = Batch(f"{number:032x}", f"{number * 10 + back:016x}", offset, "0.1.0")
        batches.append(encode(replace(whole, events=day)))
    return batches


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
