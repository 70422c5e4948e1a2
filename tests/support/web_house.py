"""A small web app of real pieces, on a generation of a few files; as a program, the real gunicorn around it."""

import gzip
import sys
from pathlib import Path

from flask import Flask

from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.web import files, guard, log, portal
from kiosk.web.app import create_app
from kiosk.web.station import Stations
from kiosk.wsgi import Server

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
    log.protect("gunicorn.error")
    app = Flask("house", static_folder=None)
    guard.register(app, files.missing_page(settings))
    stations = Stations(settings, store)
    portal.register(app, settings, stations)
    files.register(app, settings, stations)
    return app


def serve(folder: Path, port: int) -> None:
    """Serve the whole app on that generation until a signal."""
    publish(folder / "data")
    settings = Settings(data=folder / "data", run=folder / "run")
    settings.run.mkdir()
    Server(lambda: create_app(settings), bind=[f"127.0.0.1:{port}"], memory=settings.run, name="web-house").run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
