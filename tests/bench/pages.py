"""The first page, a card, a practice step, a lesson: bytes on the wire, and the first paint on a slow line."""

import functools
import http.server
import socket
import statistics
import urllib.parse
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kiosk.live.store import LiveStore
from kiosk.pages import addresses
from kiosk.pages.pictures import picture
from kiosk.practice.attempts import Attempts
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import print_action
from kiosk.practice.walks import walk
from kiosk.settings import read
from tests.support.browser import chromium
from tests.support.house import House, house
from tests.support.local import answering

RUNS = 21
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 125_000, "uploadThroughput": 125_000}  # 1 Mbit/s
BARE = Path(__file__).resolve().parents[1] / "data" / "bare"


_LISTEN = """
    var Native = window.Audio, tapped = 0; window.took = [];
    document.addEventListener('click', function () { tapped = performance.now(); }, true);
    window.Audio = function () {
        var made = new Native();
        made.addEventListener('playing', function () { window.took.push(performance.now() - tapped); });
        return made;
    };
"""


def wire(url: str, *, method: str = "GET", body: str = "") -> tuple[int, str]:
    """Bytes of the whole answer, headers included, as a phone that accepts gzip gets it; and where it points on."""
    parts = urllib.parse.urlsplit(url)
    head = [
        f"{method} {parts.path or '/'} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Accept-Encoding: gzip",
        "Connection: close",
    ]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    with socket.create_connection((parts.hostname, parts.port)) as line:
        line.sendall(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    fields = dict(row.split(": ", 1) for row in answer.split(b"\r\n\r\n")[0].decode().split("\r\n")[1:])
    return len(answer), fields.get("Location", "")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def bare() -> AbstractContextManager[str]:
    """A fixed bare page, served as plainly as can be."""
    return answering(functools.partial(_Quiet, directory=str(BARE)))


def paint(browser: Browser, url: str) -> tuple[float, int]:
    """Milliseconds to the first contentful paint on a slow line and a slow phone; requests made."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    control = context.new_cdp_session(page)
    painted: list[str] = []
    control.on("Page.lifecycleEvent", lambda moment: painted.append(moment["name"]))
    control.send("Page.enable")
    control.send("Page.setLifecycleEventsEnabled", {"enabled": True})
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", SLOW)
    control.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(url)
    # Nothing is evaluated in the page before it has painted: a waiting script of ours costs the slow phone 60 ms.
    while "firstContentfulPaint" not in painted:
        page.wait_for_timeout(50)
    took = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return float(took), len([url for url in asked if not url.startswith("data:")])


def _paints(home: str) -> tuple[str, str, int]:
    ours, plain, asked = [], [], 0
    with sync_playwright() as play, chromium(play) as browser, bare() as anchor:
        for _ in range(RUNS):
            plain.append(paint(browser, anchor)[0])
            took, asked = paint(browser, home)
            ours.append(took)
    return f"{statistics.median(ours):.0f} ms", f"bare page {statistics.median(plain):.0f} ms", asked


def steps(built: House) -> list[int]:
    """Bytes of every step on the right way of every scenario, each in one variant of each twin."""
    settings = read(built.environ)
    store = LiveStore.open(settings)
    shelf = Shelf(settings.packs)
    attempts = Attempts(store, shelf)
    sizes = []
    for place, (pack, name) in enumerate(sorted(_scenarios(shelf))):
        for seed in range(4):
            standing = attempts.start(
                pack, name, "alone", station=f"{place:015x}{seed}", where="phone", setting="test", seed=seed
            )
            address = f"{built.url}tap/{standing.visit}/{standing.number}/{standing.state.serial}"
            for action in walk(standing.scenario, standing.state.variant):
                sizes.append(wire(address)[0])
                _, there = wire(address, method="POST", body=f"do={print_action(action)}")
                address = urllib.parse.urljoin(address, there)
            sizes.append(wire(address)[0])
    store.close()
    return sizes


def _scenarios(shelf: Shelf) -> set[tuple[str, str]]:
    return {(pack.id, path.scenario) for pack in shelf.library.packs for path in pack.paths if path.scenario}


def first_sound(browser: Browser, url: str) -> list[float]:
    """Milliseconds from the tap on "next" to the sound, on a slow line, for each card of a path's lesson."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    context.add_init_script(_LISTEN)
    page = context.new_page()
    page.goto(url)
    page.goto(urllib.parse.urljoin(page.url, page.locator("main a.tile").first.get_attribute("href")))
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", SLOW)
    took = []
    while page.locator(".dots .now + i").count():
        count = len(took)
        page.locator("a.next").click()
        page.wait_for_function(f"window.took.length > {count}")
        took = page.evaluate("window.took")
        page.wait_for_function(f"document.querySelectorAll('.dots .past').length == {count + 1}")
    context.close()
    return took


def rows() -> list[tuple[str, str, str, str]]:
    """The budgets of pages."""
    with house() as built:
        base = built.url
        ours, plain, asked = _paints(base)
        cards = sorted((built.data / "current" / "bai").glob("*/*/*.vi.html"))
        by_lesson: Counter[Path] = Counter()
        plainly: Counter[Path] = Counter()
        sizes = []
        for card in cards:
            address = str(card.relative_to(built.data / "current"))
            size, _ = wire(base + address)
            sizes.append(size)
            within, _ = wire(base + addresses.inside(address))
            text = card.read_text(encoding="utf-8")
            # The first page comes whole; of every other, and of every answer, only its inside is fetched.
            by_lesson[card.parent] += size if ' in"' in text else within
            # Without script each comes whole; a wrong answer leads back and is not on the way.
            plainly[card.parent] += 0 if picture("retry") in text else size
        first, _ = wire(base)
        tapped = steps(built)
        with sync_playwright() as play, chromium(play) as browser:
            heard = first_sound(browser, f"{base}bai/doi-song-so/tra-tien-qr.vi.html")
    return [
        ("first page: requests", str(asked), "Kolibri 27, kiwix 18", "1"),
        ("first page: bytes with headers", f"{first:,}", "a sketch 1,900", "<= 6,000"),
        ("first page: first paint, slow line", ours, plain, "<= bare + 100 ms"),
        (f"largest of {len(sizes)} cards: bytes", f"{max(sizes):,}", "kiwix lesson 175,930", "<= 8,000"),
        (f"largest of {len(tapped)} practice steps: bytes", f"{max(tapped):,}", "", "<= 14,600"),
        (f"tap to sound, slow line, slowest of {len(heard)}", f"{max(heard):.0f} ms", "", "<= 1,000 ms"),
        ("largest lesson without sound, read without script", f"{max(plainly.values()):,}", "", "<= 60,000"),
        ("largest lesson without sound, every answer touched", f"{max(by_lesson.values()):,}", "", "<= 60,000"),
    ]
