"""The pictures of the dashboard at 1,500 invented villages: `python -m tests.browser.dashboard_pictures FOLDER`."""

import io
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from kiosk.collector import bulk, habits, places, sounds
from kiosk.collector.app import create_app
from kiosk.collector.days import day_of
from kiosk.collector.ingest import ingest
from kiosk.collector.people import person
from kiosk.collector.people.person import Person, Role
from kiosk.collector.province import Province, open_province
from kiosk.collector.rollups.settle import settle
from kiosk.collector.settings import CollectorSettings
from kiosk.collector.titles import Titles, titles
from kiosk.events.batch import encode
from tests.support.browser import chromium
from tests.support.fleet import Village, invent, words, year

VILLAGES = 1500
DAYS = 390
PACKS = Path(__file__).resolve().parents[2] / ".build" / "packs"
SCREEN = {"width": 1440, "height": 900}
_ABOVE = {"x": 0, "y": 0, "width": 1440, "height": 1385}  # to the end of the map


def main() -> None:
    folder = Path(sys.argv[1])
    many = int(sys.argv[2]) if len(sys.argv) > 2 else VILLAGES
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch:
        url = f"sqlite:///{scratch}/province.db"
        commune = fill(url, invent(many), titles(PACKS), int(time.time()))
        with shown(url, Path(scratch)) as (page, address):
            for name, path in {
                "dashboard": "", "dashboard-whole": "", "dashboard-practice": "practice",
                "dashboard-league": f"league?commune={commune}", "dashboard-funnel": "practice/doi-song-so/tra-tien-qr",
                "dashboard-boxes": "boxes",
            }.items():  # fmt: skip
                page.goto(address + path)
                picture = Image.open(
                    io.BytesIO(
                        page.screenshot(
                            full_page=name in ("dashboard", "dashboard-whole"),
                            clip=_ABOVE if name == "dashboard" else None,
                        )
                    )
                )
                picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
                    folder / f"{name}.png", optimize=True
                )


def fill(url: str, villages: list[Village], names: Titles, now: int, days: int = DAYS) -> str:
    """The villages' year into an empty database; the commune with most villages."""
    with closing(open_province(url)) as province:
        places.learn(province, [village.place for village in villages])
        sounds.learn(province, names.sounds)
        for village in villages:
            _feed(province, village, names, now, days)
        settle(province)
    of = [village.place.commune for village in villages]
    return max(sorted(set(of)), key=of.count)


def _feed(province: Province, village: Village, names: Titles, now: int, days: int) -> None:
    site, heard = village.place.site, False
    for when, made in year(village, names, now, days):
        ingest(province, site, encode(made), when)
        heard = True
    if heard:
        with province.transaction(site):
            rows = [(site, day_of(when)) for when in words(village, now, 60)]
            bulk.insert(province, "contact", ("site", "day"), rows)
            habits.learn(province, site)


@contextmanager
def shown(url: str, folder: Path, role: Role = Role.PROVINCE, commune: str = "") -> Iterator[tuple[Page, str]]:
    """A page in a browser, logged in, and the dashboard's address."""
    with closing(open_province(url)) as province:
        password = person.add(province, Person("lan.nv", role, commune), int(time.time()))
    app = create_app(CollectorSettings(url, folder / "key", PACKS))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        with sync_playwright() as play, chromium(play) as browser:
            page = browser.new_page(viewport=SCREEN)
            page.goto(address)
            page.fill("[name=login]", "lan.nv")
            page.fill("[name=password]", password)
            page.click("main button")
            yield page, address
    finally:
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    main()
