"""A house with the tiny scenarios, for the tests of practice pages: the real app on a generation of a few files."""

import contextlib
import io
import threading
import wave
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from kiosk.packs.store import Store
from kiosk.practice.scenario import Scenario, encode
from kiosk.practice.speech import spoken
from kiosk.settings import Helper, Settings, Site
from tests.packs.made import entry, packed, sealed
from tests.support.scenarios import REAL, TINY, read

PACK = "thu"
SOUND = "media/0123456789abcdef.mp3"


def settings(folder: Path, members: Mapping[str, bytes] | None = None) -> Settings:
    """The house's settings after its pack is installed and its few pages are published.

    Args:
        folder: an empty folder.
        members: what the pack holds; the tiny and the real scenarios by default, heard but without pictures.
    """
    built = Settings(
        data=folder / "data",
        run=folder / "run",
        site=Site(languages=("vi", "en")),
        helper=Helper(name="Chị Mai", phone="0000 000 002", hours="8 giờ đến 17 giờ"),
    )
    built.run.mkdir(parents=True)
    default = {f"practice/{path.stem}.json": encode(_heard(read(path))) for path in (*TINY, *REAL)}
    files = {**(default if members is None else members), SOUND: silence()}
    entries = tuple(entry(name, data) for name, data in files.items())
    pack = folder / "thu.pack"
    pack.write_bytes(packed(sealed(files=entries), files))
    Store(built.packs).install(pack)
    generation = built.generations / "0123456789abcdef"
    (generation / "m").mkdir(parents=True)
    (generation / SOUND.replace("media", "m")).write_bytes(files[SOUND])
    for name in ("index", "done.vi", "done.en", "missing.vi"):
        (generation / f"{name}.html").write_text("<!DOCTYPE html><html lang=vi><head><title>x</title></head></html>")
    built.current.symlink_to("generations/0123456789abcdef")
    return built


def silence() -> bytes:
    """A fifth of a second of sound that every browser reads."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 1600)
    return target.getvalue()


def _heard(scenario: Scenario) -> Scenario:
    """The scenario with the one sound for everything that is said."""
    return msgspec.structs.replace(scenario, sounds={"vi": {name: SOUND for name, _ in spoken(scenario)}})


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  werkzeug's signature
        pass


@contextlib.contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a port of loopback until the block ends; gives its address."""
    # A browser opens lines ahead of what it asks: one thread would wait at such a line, and every page with it.
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
