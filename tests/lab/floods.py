"""Bad phones, one kind after another, and what a good phone meanwhile notices of each."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from tests.lab.box import PORTAL, Box
from tests.lab.phone import Phone, phone
from tests.support.house import ROOT

_RATE = 20  # pages and probes a second of the good phone
_PROBE = "connectivitycheck.gstatic.com/generate_204"
_FORGED = (
    "X-Forwarded-For: 10.87.3.3",
    "X-Real-IP: 10.87.3.4",
    "X-Kiosk-Address: 10.87.3.5",
    "Forwarded: for=10.87.3.6",
)


@dataclass(frozen=True)
class Noticed:
    """What a good phone saw: milliseconds of 99 in 100, and how often it was not served."""

    page: float
    probe: float
    failed: int
    asked: int


@dataclass(frozen=True)
class Flood:
    """One kind of bad phone.

    Attributes:
        name: what it does.
        start: (bad phone, good phone, box, seconds) -> what came of it.
        bounded: whether that is within limits.
        shown: the same for a person.
    """

    name: str
    start: Callable[[Phone, Phone, Box, float], dict[str, int]]
    bounded: Callable[[dict[str, int]], bool]
    shown: str


def notices(good: Phone, seconds: float) -> Noticed:
    """Ask for a page and send a probe, by the clock; what is late counts from when it was due."""
    return good.space.call(lambda: _notices(good, seconds))


def _notices(good: Phone, seconds: float) -> Noticed:
    took: dict[str, list[float]] = {"page": [], "probe": []}
    failed, began, turns = 0, time.monotonic(), int(seconds * _RATE)
    for turn in range(turns):
        kind, url, wanted = (("page", f"{PORTAL}/help", 200), ("probe", _PROBE, 302))[turn % 2]
        due = began + turn / _RATE
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            failed += good.ask_here(url).status != wanted
        except OSError:
            failed += 1
        took[kind].append((time.monotonic() - due) * 1000)
    worst = {kind: sorted(each)[int(len(each) * 0.99)] for kind, each in took.items()}
    return Noticed(worst["page"], worst["probe"], failed, turns)


def during(flood: Flood, house: Box, bad: Phone, good: Phone, seconds: float) -> tuple[dict[str, int], Noticed]:
    """Let a bad phone loose, and see what a good one notices; then whether it can still join."""
    with ThreadPoolExecutor(1) as aside:
        loose = aside.submit(flood.start, bad, good, house, seconds + 2)
        time.sleep(1)
        seen = notices(good, seconds)
        told = loose.result()
    good.join()
    return told, seen


def every(house: Box, seconds: float) -> Iterator[tuple[Flood, dict[str, int], Noticed, Noticed]]:
    """Each kind, with what the good phone saw just before."""
    for number, flood in enumerate(FLOODS):
        with ExitStack() as opened:
            bad, good = (opened.enter_context(phone(house, f"{who}{number}")) for who in ("bad", "good"))
            bad.join()
            good.join()
            before = notices(good, seconds)
            told, seen = during(flood, house, bad, good, seconds)
            yield flood, told, before, seen


def _script(kind: str) -> Callable[[Phone, Phone, Box, float], dict[str, int]]:
    def start(bad: Phone, good: Phone, house: Box, seconds: float) -> dict[str, int]:
        return _told(bad, kind, seconds)

    return start


def _told(bad: Phone, kind: str, seconds: float, *more: str) -> dict[str, int]:
    words = ("env", f"PYTHONPATH={ROOT}", "PYTHONDONTWRITEBYTECODE=1", sys.executable, "-m", "tests.lab.flood")
    told: dict[str, int] = json.loads(bad.space.run(*words, kind, str(seconds), *more).out)
    return told


def _leases(bad: Phone, good: Phone, house: Box, seconds: float) -> dict[str, int]:
    before = _held(house)
    told = _told(bad, "leases", seconds)
    return {**told, "given": _held(house) - before}


def _held(house: Box) -> int:
    return len(house.text("cat", "/run/kiosk/dnsmasq.leases").splitlines())


def _borrowed(bad: Phone, good: Phone, house: Box, seconds: float) -> dict[str, int]:
    card = house.text("cat", "/sys/class/net/wlan0/address").strip()
    return _told(bad, "borrowed", seconds, good.lease["ip"], card)


def _requests(*headers: str) -> Callable[[Phone, Phone, Box, float], dict[str, int]]:
    def start(bad: Phone, good: Phone, house: Box, seconds: float) -> dict[str, int]:
        more = [word for header in headers for word in ("-H", header)]
        said = bad.space.run("wrk", "-t1", "-c60", f"-d{int(seconds)}", *more, f"http://{PORTAL}/help").out.decode()
        count = int(re.search(r"(\d+) requests in", said)[1])
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        return {"sent": count, "served": count - int(refused[1] if refused else 0), "seconds": int(seconds)}

    return start


# 400 pages a second and 800 at once are what nginx serves one station.
def _few_pages(told: dict[str, int]) -> bool:
    return told["served"] <= 400 * (told["seconds"] + 1) + 900


_PAGES, _TRIED = "{sent:,} answered, {served:,} of them with a page", "{tried:,} tried, {open} open"
FLOODS = (
    Flood("asks for addresses, each time as another card", _leases,
          lambda told: told["given"] <= 45, "{sent:,} asked, {given} given"),
    Flood("asks for names as fast as it can", _script("names"),
          lambda told: told["answered"] <= 1500, "{sent:,} sent, {answered:,} answered"),
    Flood("asks for pages on 60 connections", _requests(), _few_pages, _PAGES),
    Flood("the same, with a forged X-Forwarded-For", _requests(*_FORGED), _few_pages, _PAGES),
    Flood("opens 1,000 connections and says nothing", _script("connections"),
          lambda told: told["held"] <= 96, "{held} held"),
    Flood("opens 1,000 connections and sends headers a byte a second", _script("slowly"),
          lambda told: told["held"] <= 96, "{held} held"),
    Flood("sends as if from the other's address, and says it is its own", _borrowed,
          lambda told: told["sent"] > 0, "{sent:,} packets"),
    Flood("asks for other services", _script("services"), lambda told: told["open"] == 0, _TRIED),
    Flood("tries the staff's door", _script("staff"), lambda told: told["open"] == 0, _TRIED),
)  # fmt: skip
