"""A province's evening: 1,500 villages send a day of 300 events each, by HTTP, to two workers and a database on disk.

PostgreSQL syncs every commit; beside it stands SQLite under the same load. Everything is sent twice, as after a broken
line: what is held must be each event once. Load, server and database share this machine.
"""

import http.client
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.collector import tokens
from kiosk.collector.figures.overview import overview
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups.settle import rebuild, waiting
from kiosk.errors import KioskError
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import Offset, Quality
from kiosk.process import Child
from tests.bench import ralph
from tests.bench.make_day import read_day
from tests.support.postgres import postgres

SITES = 1500
_SENDERS = 32
_BUDGET = 60  # seconds for all of it
_SHOWN_BUDGET = 500  # milliseconds

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds until the last answer, until every roll-up was settled, of the second time, to rebuild; a page's ms."""

    events: int
    taken: float
    slowest: float
    settled: float
    again: float
    rebuilt: float
    page: float


def rows() -> list[Row]:
    """Events a second from HTTP to commit, and how long the roll-ups take."""
    try:
        with postgres(durable=True) as server:
            served = _run(server.url())
    except KioskError as barred:
        return [("the collector on PostgreSQL", f"not measured: {barred}"[:100], "-", "-")]
    try:
        store, size = ralph.best()
        anchor, budget = (
            f"Ralph's files, {size} a batch: {store:,.0f}/s",
            f">= 5x: {served.events / served.taken / store:.1f}x",
        )
    except KioskError as barred:
        anchor, budget = f"Ralph not measured: {barred}"[:80], ">= 5x"
    with tempfile.TemporaryDirectory() as folder:
        small = _run(f"sqlite:///{folder}/province.db")
    return [
        (
            f"{SITES} sites x {served.events // SITES} events, HTTP to commit, PostgreSQL",
            f"{served.taken:.1f} s ({served.events / served.taken:,.0f} events/s)",
            f"SQLite {small.taken:.1f} s",
            f"<= {_BUDGET} s",
        ),
        ("events a second of that", f"{served.events / served.taken:,.0f}", anchor, budget),
        ("slowest answer of them", f"{served.slowest:.2f} s", f"SQLite {small.slowest:.2f} s", "<= 5 s"),
        ("the same once more, none of it new", f"{served.again:.1f} s", f"SQLite {small.again:.1f} s", ""),
        ("roll-ups settled after the last answer", f"{served.settled:.1f} s", f"SQLite {small.settled:.1f} s", ""),
        ("every roll-up rebuilt", f"{served.rebuilt:.1f} s", f"SQLite {small.rebuilt:.1f} s", ""),
        ("figures of the first page", f"{served.page:.0f} ms", f"SQLite {small.page:.0f} ms", f"<= {_SHOWN_BUDGET} ms"),
    ]


def _run(url: str) -> Run:
    now = int(time.time())
    day = tuple(read_day())
    with closing(open_province(url)) as province, tempfile.TemporaryDirectory() as folder:
        load = [
            (tokens.issue(province, f"ban-{number}", f"Bản {number}", now), encode(_day(number, day, now)))
            for number in range(SITES)
        ]
        with _serving(url, Path(folder)) as port:
            taken, slowest = _send(port, load)
            settled = _settled(province)
            again, _ = _send(port, load)
            _settled(province)
        held = province.tables.event.select().count()
        if held != SITES * len(day):
            raise AssertionError(f"{held} events are held, {SITES * len(day)} were sent")
        rebuilt, page = _timed(lambda: rebuild(province, now)), _timed(lambda: overview(province, now))
    return Run(held, taken, slowest, settled, again, rebuilt, page * 1000)


def _day(number: int, day: tuple[tuple[int, object], ...], now: int) -> Batch:
    offset = Offset(now - 90_000 - number, Quality.SYNCED, 1)
    return replace(Batch(f"{number:032x}", f"{number:016x}", offset, "0.1.0"), events=day)


@contextmanager
def _serving(url: str, folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["--database", url, "--key", folder / "key", "--bind", f"127.0.0.1:{port}"]
    server = Child([sys.executable, "-m", "kiosk", "collector", "serve", *words], {})
    try:
        _await(port)
        yield port
    finally:
        server.stop(30)


def _await(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise KioskError("the collector did not begin to listen")


def _send(port: int, load: list[tuple[str, bytes]]) -> tuple[float, float]:
    """Seconds for all of it, and of the slowest answer."""
    with ThreadPoolExecutor(_SENDERS) as pool:
        start = time.perf_counter()
        took = [one for part in pool.map(lambda own: _post(port, own), _parts(load)) for one in part]
        return time.perf_counter() - start, max(took)


def _parts(load: list[tuple[str, bytes]]) -> list[list[tuple[str, bytes]]]:
    return [load[first::_SENDERS] for first in range(_SENDERS)]


def _post(port: int, load: list[tuple[str, bytes]]) -> list[float]:
    took = []
    for token, data in load:
        while (answer := _ask(port, token, data))[0] == 503:
            time.sleep(float(answer[1]))
        if answer[0] != 200:
            raise AssertionError(f"a batch was answered with {answer[0]}")
        took.append(answer[2])
    return took


def _ask(port: int, token: str, data: bytes) -> tuple[int, str, float]:
    """The status, its Retry-After, and the seconds that it took."""
    start = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        line.request("POST", "/v1/batches", data, {"Authorization": f"Bearer {token}"})
        answer = line.getresponse()
        answer.read()
    return answer.status, answer.getheader("Retry-After", "0"), time.perf_counter() - start


def _settled(province: Province) -> float:
    start = time.perf_counter()
    while waiting(province):
        time.sleep(0.2)
    return time.perf_counter() - start


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
