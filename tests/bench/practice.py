"""Practice under load: a step's answer with a hundred visitors, the bytes of steps and states, a thousand attempts.

The house runs with the allocator of a device's unit, on two cores that it shares with the load. A step's answer is what
she waits for: the tap sent, the address it leads to, and that page to its last byte. Visitors tap by the clock, each
from an address of its own, whether or not earlier answers have come.
"""

import asyncio
import contextlib
import itertools
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from kiosk.practice.engine import apply
from kiosk.practice.graph import start
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Action, encode_state, print_action
from kiosk.practice.walks import walk, walk_with_mistakes
from kiosk.settings import read
from tests.support.harm_house import HarmHouse, harm_house
from tests.support.house import MEMORY
from tests.support.memory import family

Row = tuple[str, str, str, str]
Told = tuple[str, Scenario]

_CORES = 2
_VISITORS = 100
_PAUSE = 4.0  # seconds between two taps of one visitor
_SECONDS = 24.0
_ALONE = 150  # taps of the one visitor of an idle house
_OPEN = 1_000
_HEAD = "\r\nHost: 10.87.0.1\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"


@dataclass
class Visitor:
    """One phone: its address, what it practises, and the taps that are left."""

    source: str
    port: int
    told: Told
    step: str = ""
    taps: list[Action] = field(default_factory=list)

    async def tap(self) -> tuple[float, int]:
        """The next tap, beginning again at the end: seconds until the page is there, and the page's bytes."""
        began = time.monotonic()
        if self.taps:
            where, _ = await self._send("POST", self.step, {"do": print_action(self.taps.pop(0))})
            self.step = f"{self.step.rpartition('/')[0]}/{where}"
        else:
            pack, scenario = self.told
            form = {"pack": pack, "scenario": scenario.id, "stage": "together", "lang": "vi", "anew": "1"}
            where, _ = await self._send("POST", "tap", form)
            self.step, self.taps = where, walk(scenario, scenario.teach)
        _, size = await self._send("GET", self.step)
        return time.monotonic() - began, size

    async def _send(self, method: str, target: str, form: dict[str, str] | None = None) -> tuple[str, int]:
        body = urlencode(form).encode() if form else b""
        head = f"{method} /{target} HTTP/1.1{_HEAD}"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.source, 0))
        with contextlib.closing(writer):
            writer.write(head.encode() + b"\r\n" + body)
            answer = await reader.read()
        status = int(answer.split(b" ", 2)[1])
        if status != (303 if form else 200):
            raise RuntimeError(f"{method} {target}: {status}")
        found = re.search(rb"\r\nLocation: ([^\r]*)", answer)
        return found[1].decode() if found else "", len(answer)


@dataclass
class Seen:
    """Seconds of every answer, the largest page, and how many answers failed."""

    took: list[float] = field(default_factory=list)
    largest: int = 0
    failed: int = 0

    def p99(self) -> float:
        """Milliseconds."""
        return sorted(self.took)[int(len(self.took) * 0.99)] * 1000

    async def by(self, visitor: Visitor) -> None:
        """Take one tap of that visitor in."""
        try:
            took, size = await visitor.tap()
        except (OSError, RuntimeError):
            self.failed += 1
            return
        self.took.append(took)
        self.largest = max(self.largest, size)


def rows() -> list[Row]:
    """The budgets of practice."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, harm_house(Path(folder)) as house, _two_cores(house):
        told = sorted(_told(house), key=lambda one: (one[0], one[1].id))
        before = asyncio.run(_idle(house, told))
        crowd = asyncio.run(_crowd(house, told))
        after = asyncio.run(_idle(house, told))
        grown, files = asyncio.run(_many(house, told))
    idle = Seen([*before.took, *after.took])
    largest = max(crowd.largest, before.largest, after.largest)
    state, where = largest_state(told)
    budget = max(3 * idle.p99(), 100)
    return [
        (
            f"a step's answer, {_VISITORS} visitors, p99 of {len(crowd.took)}",
            f"{crowd.p99():.0f} ms, {crowd.failed} failed", f"idle {idle.p99():.0f} ms", f"<= {budget:.0f} ms",
        ),
        (f"largest step of {len(told)} scenarios with headers", f"{largest:,} bytes", "", "<= 14,600"),
        (f"largest state of an attempt ({where})", f"{state:,} bytes", "", "<= 2,048"),
        (f"{_OPEN:,} attempts open", f"{grown / 1e6:.1f} MB", f"of it state.db {files / 1e6:.1f}", "<= 20 MB"),
    ]  # fmt: skip


def largest_state(told: list[Told]) -> tuple[int, str]:
    """Bytes of the largest state on any way with every mistake, and where."""
    sizes = [
        (len(encode_state(state)), f"{scenario.id}, {variant.id}")
        for _, scenario in told
        for variant in scenario.variants
        for state in _states(scenario, variant.id)
    ]
    return max(sizes)


def _states(scenario: Scenario, variant: str) -> Iterator[object]:
    state = start(scenario, variant)
    for action in walk_with_mistakes(scenario, variant):
        state, _ = apply(scenario, state, action)
        yield state


def _told(house: HarmHouse) -> list[Told]:
    shelf = Shelf(read(house.environ).packs)
    files = [(pack.id, file) for pack in shelf.library.packs for file in pack.files]
    return [(pack, shelf.scenario(pack, file.scenario)) for pack, file in files if file.scenario]


@contextlib.contextmanager
def _two_cores(house: HarmHouse) -> Iterator[None]:
    """The house and the load on two cores."""
    here = os.sched_getaffinity(0)
    cores = set(sorted(here)[:_CORES])
    for pid in (0, *family(house.server.pid)):
        os.sched_setaffinity(pid, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, here)


def _visitors(house: HarmHouse, told: list[Told], count: int, net: int) -> list[Visitor]:
    port = int(house.url.rsplit(":", 1)[1].strip("/"))
    turns = itertools.cycle(told)
    return [Visitor(f"127.{net}.{n // 250}.{1 + n % 250}", port, next(turns)) for n in range(count)]


async def _idle(house: HarmHouse, told: list[Told]) -> Seen:
    seen = Seen()
    for visitor in itertools.islice(itertools.cycle(_visitors(house, told, 5, 1)), _ALONE):
        await seen.by(visitor)
        await asyncio.sleep(0.02)
    return seen


async def _crowd(house: HarmHouse, told: list[Told]) -> Seen:
    seen, began = Seen(), time.monotonic()

    async def practises(visitor: Visitor, place: int) -> None:
        for turn in range(int(_SECONDS / _PAUSE)):
            due = began + turn * _PAUSE + place * _PAUSE / _VISITORS
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await seen.by(visitor)

    visitors = _visitors(house, told, _VISITORS, 2)
    await asyncio.gather(*(practises(visitor, place) for place, visitor in enumerate(visitors)))
    return seen


async def _many(house: HarmHouse, told: list[Told]) -> tuple[int, int]:
    """Bytes that the house grew by with so many attempts open, and those of them in its state."""
    seen, before = Seen(), (_memory(house), _state(house))
    for visitor in _visitors(house, told, _OPEN, 3):
        for _ in range(3):
            await seen.by(visitor)
    if seen.failed:
        raise RuntimeError(f"{seen.failed} taps failed")
    files = _state(house) - before[1]
    return _memory(house) - before[0] + files, files


def _memory(house: HarmHouse) -> int:
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family(house.server.pid)]
    return sum(int(found) * 1024 for text in rollups for found in re.findall(r"^Pss_Anon: +(\d+)", text, re.MULTILINE))


def _state(house: HarmHouse) -> int:
    return sum(path.stat().st_size for path in read(house.environ).run.glob("state.db*"))
