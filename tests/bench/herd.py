"""After an outage: 1,500 villages with a week each come back together; nothing lost or double, nobody kept waiting.

`python -m tests.bench.herd [SECONDS]` lets them begin within the ten minutes of the budget; `make bench` within one,
and kills the collector with all its workers half-way. Load, collector and database share this machine.
"""

import sys
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
_WITHIN = 600.0  # seconds in which all begin
_HURRIED = 60.0
_AT_ONCE = 300  # connections that the load can hold
_BUDGET = 5  # seconds of an answer that is no Retry-After
_DAY = 86_400

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Ten times as fast as it should ever come, the collector killed half-way."""
    return [_row(_HURRIED, kill=True)]


def _row(within: float, *, kill: bool) -> Row:
    """The herd's time, its slowest answers, and what is held."""
    what = f"a herd: {SITES} villages with {DAYS} days begin within {within:.0f} s{', the collector killed' * kill}"
    try:
        with postgres(durable=True) as server, tempfile.TemporaryDirectory() as folder:
            took, log, held = _run(server.url(), Path(folder), within, kill=kill)
    except KioskError as barred:
        return what, f"not measured: {barred}"[:100], "-", "-"
    if held != SITES * DAYS * EVENTS:
        raise AssertionError(f"{held} events are held, {SITES * DAYS * EVENTS} were sent")
    return (
        what,
        f"{took:.0f} s, slowest answer {log.slowest:.1f} s",
        f"{log.answers[503]} told to come again, slowest {log.slowest_refusal:.1f} s; {log.broken} lines broke",
        f"<= {_BUDGET} s an answer; {held:,} events, each once",
    )


def _run(url: str, folder: Path, within: float, *, kill: bool) -> tuple[float, Log, int]:
    now, day, log = int(time.time()), tuple(read_day()), Log()
    with closing(open_province(url)) as province:
        boxes = [
            (tokens.issue(province, f"ban-{number}", f"Bản {number}", now), _week(number, now, day))
            for number in range(SITES)
        ]
        server = Collector(url, folder)
        server.start()
        cut = threading.Timer(within / 2, lambda: (server.kill(), server.start()))
        if kill:
            cut.start()
        try:
            start = time.perf_counter()
            come(server.port, boxes, log, within=within, at_once=_AT_ONCE)
            took = time.perf_counter() - start
        finally:
            if kill:
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
    print(" | ".join(_row(float(sys.argv[1]) if sys.argv[1:] else _WITHIN, kill=False)))
