"""A small web app of real pieces, on a generation of a few files."""

import gzip
from pathlib import Path

from flask import Flask

from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.web import files, guard, portal
from kiosk.web.station import Stations

SOUND = bytes(range(256)) * 40
HOME = b"<!DOCTYPE html><html><head><title>x</title></head><body>Trang nh\xc3\xa0</body></html>"


def publish(data: Path) -> None:
    """A generation of a few files, as publishing leaves it."""
    generation = data / "generations" / "0123456789abcdef"
    (generation / "m").mkdir(parents=True)
    (generation / "bai/chao/gioi-thieu").mkdir(parents=True)
    for name in ("index.html", "help.html", "connect.html", "connected.vi.html", "missing.vi.html",
                 "bai/chao/gioi-thieu/mot.vi.html"):  # fmt: skip
        (generation / name).write_bytes(HOME)
        (generation / f"{name}.gz").write_bytes(gzip.compress(HOME, mtime=0))
    (generation / "m/0123456789abcdef.mp3").write_bytes(SOUND)
    (data / "current").symlink_to("generations/0123456789abcdef")


def build(settings: Settings, store: LiveStore) -> Flask:
    """The app of portal, files and guard, without the rest of the house."""
    app = Flask("house", static_folder=None)
    guard.register(app, files.missing_page(settings))
    stations = Stations(settings, store)
    portal.register(app, settings, store, stations)
    files.register(app, settings, stations)
    return app
