"""Each system's whole way through a box, by HTTP as its sheet sends it: sheet, lesson, practice, Xong, connect."""

import re
import socket
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urljoin

from kiosk.portal.probes import Probe, probes
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import print_action
from kiosk.practice.walks import walk
from tests.lab.box import CAPTURE, PORTAL, Box
from tests.lab.phone import AAAA, HTTPS, SVCB, WEBVIEW, Answer, Phone, phone

_ASKS = tomllib.loads((Path(__file__).parents[1] / "data" / "probes-replay.toml").read_text(encoding="utf-8"))["asks"]
STAGES = ("sheet", "lesson", "practice", "xong", "connect")
# Who shows the sheet, or the browser that its system opens.
_SHEETS = {
    "apple": "Mozilla/5.0 (iPhone; CPU iPhone OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148",
    "chrome": "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Safari/537.36",
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Safari/537.36 Edg/124.0.0.0",
    "firefox": "Mozilla/5.0 (Android 10; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0",
    "linux": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15",
}
_NEXT = re.compile(r'<a class="next[^"]*" href="([^"]+)"')
_PICK = re.compile(r'<a class="scene[^"]*" href="([^"]+)"')
_TILE = re.compile(r'<a class="tile[^"]*" href="([^"]+)"')


@dataclass
class Stage:
    """What one part of the way took; `ok` once it came to its end."""

    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    ok: bool = False

    def took(self, answer: Answer) -> Answer:
        self.requests += 1
        self.bytes += answer.bytes
        self.seconds += answer.seconds
        return answer


@dataclass(frozen=True)
class Way:
    """One system's way.

    Attributes:
        client: as kiosk/portal/probes.toml names it.
        joined: seconds until the phone had its address.
        no_data: whether AAAA, HTTPS and SVCB of every host of its probes were answered "no such data".
        stages: by name; see `STAGES`.
    """

    client: str
    joined: float
    no_data: bool
    stages: dict[str, Stage]


def clients() -> list[Probe]:
    """One probe for each client that the kiosk knows."""
    return list({probe.client: probe for probe in reversed(probes())}.values())[::-1]


def ways(house: Box) -> Iterator[Way]:
    """Each client's, with a phone of its own."""
    for number, probe in enumerate(clients()):
        with phone(house, f"way{number}") as walker:
            yield way(walker, probe, Shelf(house.data / "packs"))


def way(walker: Phone, probe: Probe, shelf: Shelf) -> Way:
    """All of it, from joining to being let out; the shelf tells what is right in practice."""
    joined = walker.join()
    stages = {name: Stage() for name in STAGES}
    trip = _Trip(walker, probe, stages)
    home = trip.sheet()
    path = trip.lesson(home)
    end = trip.practice(path, shelf)
    trip.xong(end)
    trip.connect()
    return Way(probe.client, joined, _no_data(walker, probe), stages)


class _Trip:
    def __init__(self, walker: Phone, probe: Probe, stages: dict[str, Stage]) -> None:
        self._walker, self._stages, self._probe = walker, stages, probe
        self._asks = f"{probe.hosts[0]}{probe.paths[0]}"
        told = [row["agent"] for row in _ASKS if self._asks in row["urls"] and row["gets"] != "redirect"]
        self._background = str(told[0])
        self._sheet = _SHEETS.get(probe.system, WEBVIEW)

    def sheet(self) -> tuple[str, Answer]:
        """The probe is led to the portal, and the home page is there."""
        stage = self._stages["sheet"]
        led = stage.took(self._walker.ask(self._asks, self._background))
        where = led.headers.get("location", "")
        home = self._get(stage, where) if led.status == 302 else led
        stage.ok = home.status == 200 and b'class="tile' in home.body
        return where, home

    def lesson(self, home: tuple[str, Answer]) -> tuple[str, Answer]:
        """The first tile, its first path, every card and question; returns the path's page."""
        stage = self._stages["lesson"]
        where, page = home
        while 'name="stage"' not in page.body.decode():
            where = urljoin(where, _tile(page))
            page = self._get(stage, where)
        card_at = urljoin(where, _tile(page))
        card, cards = self._get(stage, card_at), 1
        tried: set[str] = set()
        while onward := _onward(card, tried):
            tried.add(onward)
            card_at = urljoin(card_at, onward)
            card, cards = self._get(stage, card_at), cards + 1
        stage.ok = cards >= 5 and card.status == 200
        return where, page

    def practice(self, path: tuple[str, Answer], shelf: Shelf) -> tuple[str, Answer]:
        """Together with the voice, by the shortest right way to the end."""
        stage, (where, page) = self._stages["practice"], path
        form = dict(re.findall(r'name="(pack|scenario|lang)" value="([^"]+)"', page.body.decode()))
        scenario = shelf.find(form["pack"], form["scenario"])
        where, page = self._post(stage, urljoin(where, "/tap"), form | {"stage": "together"})
        for action in walk(scenario, scenario.teach):
            where, page = self._post(stage, where, {"do": print_action(action)})
        stage.ok = page.status == 200 and b' end"' in page.body
        return where, page

    def xong(self, end: tuple[str, Answer]) -> None:
        """The visit ends, and the Home key is shown."""
        stage, (where, page) = self._stages["xong"], end
        visit = re.search(r'name="visit" value="([^"]+)"', page.body.decode())
        where, page = self._post(stage, urljoin(where, "/xong"), {"visit": visit[1] if visit else ""})
        stage.ok = page.status == 200 and "/done" in where

    def connect(self) -> None:
        """She asks for her real browser; then her system hears its own word for "online"."""
        stage = self._stages["connect"]
        self._get(stage, f"http://{PORTAL}/connect")
        self._post(stage, f"http://{PORTAL}/connect", {"lang": "vi"})
        word = stage.took(self._walker.ask(self._asks, self._background))
        stage.ok = (word.status, word.body.decode()) == (self._probe.status, self._probe.body)

    def _get(self, stage: Stage, url: str) -> Answer:
        return stage.took(self._walker.ask(url.removeprefix("http://"), self._sheet, Accept_Encoding="gzip"))

    def _post(self, stage: Stage, url: str, form: dict[str, str]) -> tuple[str, Answer]:
        body = urlencode(form).encode()
        led = stage.took(self._walker.ask(url.removeprefix("http://"), self._sheet, method="POST", body=body))
        if led.status != 303:
            return url, led
        where = urljoin(url, led.headers["location"])
        return where, self._get(stage, where)


def _onward(page: Answer, tried: Set[str]) -> str:
    """Where a card or an answer leads; from a question to the first picture that was not touched yet."""
    text = page.body.decode()
    onward = _NEXT.search(text)
    return onward[1] if onward else next((pick for pick in _PICK.findall(text) if pick not in tried), "")


def _tile(page: Answer) -> str:
    """Where the first tile of a page leads."""
    found = _TILE.search(page.body.decode())
    return found[1] if found else ""


def _no_data(walker: Phone, probe: Probe) -> bool:
    kinds = (AAAA, HTTPS, SVCB)
    asked = [walker.lookup(host, kind) for host in probe.hosts for kind in kinds]
    named = [walker.lookup(host) for host in probe.hosts]
    return all(answer == (0, []) for answer in asked) and named == [(0, [socket.inet_aton(CAPTURE)])] * len(named)
