"""The first page, a card, a practice step, a lesson: bytes on the wire, and the first paint on a slow line."""

import functools
import http.server
import socket
import statistics
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import chromium
from tests.support.house import house

RUNS = 21
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 125_000, "uploadThroughput": 125_000}  # 1 Mbit/s
BARE = Path(__file__).resolve().parents[1] / "data" / "bare"


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


@contextmanager
def bare() -> Iterator[str]:
    """A fixed bare page, served as plainly as can be."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(BARE))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def paint(browser: Browser, url: str) -> tuple[float, int]:
    """Milliseconds to the first contentful paint on a slow line and a slow phone; requests made."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", SLOW)
    control.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(url)
    took = page.wait_for_function("(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime")
    milliseconds = float(took.json_value())
    context.close()
    return milliseconds, len([url for url in asked if not url.startswith("data:")])


def _paints(home: str) -> tuple[str, str, int]:
    ours, plain, asked = [], [], 0
    with sync_playwright() as play, chromium(play) as browser, bare() as anchor:
        for _ in range(RUNS):
            plain.append(paint(browser, anchor)[0])
            took, asked = paint(browser, home)
            ours.append(took)
    return f"{statistics.median(ours):.0f} ms", f"bare page {statistics.median(plain):.0f} ms", asked


def rows() -> list[tuple[str, str, str, str]]:
    """The budgets of pages."""
    with house() as built:
        base = built.url
        ours, plain, asked = _paints(base)
        cards = sorted((built.data / "current" / "bai").glob("*/*/*.vi.html"))
        by_lesson: dict[Path, int] = {}
        sizes = []
        for card in cards:
            size, _ = wire(base + str(card.relative_to(built.data / "current")))
            sizes.append(size)
            by_lesson[card.parent] = by_lesson.get(card.parent, 0) + size
        first, _ = wire(base)
    return [
        ("first page: requests", str(asked), "Kolibri 27, kiwix 18", "1"),
        ("first page: bytes with headers", f"{first:,}", "a sketch 1,900", "<= 6,000"),
        ("first page: first paint, slow line", ours, plain, "<= bare + 100 ms"),
        (f"largest of {len(sizes)} cards: bytes", f"{max(sizes):,}", "kiwix lesson 175,930", "<= 8,000"),
        ("largest lesson without sound", f"{max(by_lesson.values()):,}", "", "<= 60,000"),
    ]
