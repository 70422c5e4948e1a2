"""Boxes that come back to a collector all at once: real batches by HTTP, repeated until each is acknowledged."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import KioskError

_PATIENCE = 300  # seconds after which a herd is lost


@dataclass(slots=True)
class Log:
    """What boxes saw: answers by status, lines that broke, and the slowest answer that was no Retry-After."""

    answers: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    slowest: float = 0.0
    slowest_refusal: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: int, seconds: float, *, told_to_wait: bool) -> None:
        with self._lock:
            self.answers[status] += 1
            if told_to_wait:
                self.slowest_refusal = max(self.slowest_refusal, seconds)
            else:
                self.slowest = max(self.slowest, seconds)

    def broke(self) -> None:
        with self._lock:
            self.broken += 1


class Collector:
    """`kiosk collector serve` as a program of its own; `kill` ends it as a power cut would, workers and all."""

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = ["--database", url, "--key", folder / "key", "--bind", f"127.0.0.1:{self.port}"]
        self._words = [sys.executable, "-m", "kiosk", "collector", "serve", *map(str, words)]
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._child = subprocess.Popen(self._words, stdout=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise KioskError("the collector did not begin to listen")

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it."""
        if self._child:
            os.killpg(self._child.pid, how)
            self._child.wait()
            self._child = None


def come(
    port: int,
    boxes: Sequence[tuple[str, Sequence[bytes]]],
    log: Log,
    *,
    within: float,
    at_once: int,
    hurry: float = 1.0,
) -> None:
    """Let each box (its token, its batches) come at a random moment and stay until all it has is acknowledged.

    Args:
        port: the collector's.
        boxes: who comes.
        log: takes what they see.
        within: seconds in which they all begin.
        at_once: boxes that are there together at most, as threads.
        hurry: what a Retry-After is multiplied with.
    """
    chance = random.Random(9)
    begin = time.monotonic()
    plan = sorted((begin + chance.uniform(0, within), token, batches) for token, batches in boxes)

    def box(row: tuple[float, str, Sequence[bytes]]) -> None:
        moment, token, batches = row
        time.sleep(max(0.0, moment - time.monotonic()))
        for batch in batches:
            _send(port, token, batch, log, hurry)

    with ThreadPoolExecutor(at_once) as pool:
        for _ in pool.map(box, plan):
            pass


def _send(port: int, token: str, batch: bytes, log: Log, hurry: float) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        start = time.perf_counter()
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
                line.request("POST", "/v1/batches", batch, {"Authorization": f"Bearer {token}"})
                answer = line.getresponse()
                answer.read()
        except (OSError, http.client.HTTPException):
            log.broke()
            time.sleep(0.3)
            continue
        again = answer.getheader("Retry-After")
        log.add(answer.status, time.perf_counter() - start, told_to_wait=again is not None)
        if answer.status == 200:
            return
        if again is None:
            raise AssertionError(f"a batch was answered with {answer.status}")
        time.sleep(float(again) * hurry * random.uniform(0.8, 1.2))
    raise AssertionError("a batch was never acknowledged")
