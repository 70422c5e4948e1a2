"""A pack as phones will see it while it is being written: built, served, and shown anew after every change."""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

import click
import msgspec
from werkzeug.serving import make_server

from kiosk.authoring import build
from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from kiosk.packs.manifest import Manifest
from kiosk.packs.store import Store
from kiosk.pages import addresses
from kiosk.pages.words import read_words
from kiosk.publish.publish import publish
from kiosk.settings import Settings
from kiosk.web.app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TURN: Final = "/.turn"  # no page's address begins with a dot
_EVERY: Final = 0.4  # seconds between two looks at the source
# Asks which turn it is, and loads the page again when that has changed; what is wrong stands over the page.
_ASKING: Final = b"""<script>(function(t){setInterval(function(){var x=new XMLHttpRequest();x.open('GET','/.turn');
x.onload=function(){var a=JSON.parse(x.responseText),p=document.getElementById('wrong');
if(t&&a.turn!=t)location.reload();
t=a.turn;if(!a.problem){if(p)p.remove();return}if(!p){p=document.createElement('pre');p.id='wrong';p.style.cssText=
'position:fixed;z-index:9;top:0;left:0;right:0;margin:0;padding:12px;background:#fff;font:16px monospace;'+
'white-space:pre-wrap;border-bottom:6px solid #f4b728';document.documentElement.appendChild(p)}p.textContent=a.problem};
x.send()},500)})()</script>"""


class Preview:
    """A source folder, and the house of its own in which it is shown.

    Args:
        source: the folder.
        house: an empty folder for what is made of it.
        speech: where made sounds are kept.
        beside: packs that are shown with it, such as a voice.
    """

    def __init__(self, source: Path, house: Path, speech: Path, beside: Iterable[Path] = ()) -> None:
        self.settings = Settings(data=house / "data", run=house / "run")
        self.manifest: Manifest | None = None
        self.problem = ""
        self.turn = 0
        self._source = source
        self._out = house / "packs"
        self._speech = speech
        for pack in beside:
            Store(self.settings.packs).install(pack)

    def look(self) -> tuple[Finding, ...]:
        """Build what is there now and publish it; what is wrong is kept as `problem`, and the last pages stay."""
        try:
            built = build.build(self._source, self._out, kept=self._speech)
            self.problem = "\n".join(map(_line, (one for one in built.findings if one.level is Level.FAIL)))
            if built.path:
                Store(self.settings.packs).install(built.path)
                publish(self.settings, read_words())
                self.manifest = built.manifest
        except KioskError as wrong:
            self.problem, built = str(wrong), build.Built(None, None, ())
        self.turn += 1
        return built.findings

    def stamp(self) -> dict[Path, int]:
        """When each file of the source was last changed."""
        found: dict[Path, int] = {}
        for path in self._source.rglob("*"):
            with contextlib.suppress(OSError):  # an editor's file that came and went
                found[path] = path.stat().st_mtime_ns
        return found

    def pages(self) -> Iterator[str]:
        """The address of each path."""
        for path in self.manifest.paths if self.manifest else ():
            yield addresses.path(self.manifest.id, path.id, "vi") if self.manifest else ""

    def app(self) -> "WSGIApplication":
        """The house's own app, with a word in every page that loads it again when the source has changed."""
        inner = create_app(self.settings)

        def served(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
            if environ["PATH_INFO"] == TURN:
                start("200 OK", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
                return [msgspec.json.encode({"turn": self.turn, "problem": self.problem})]
            environ.pop("HTTP_ACCEPT_ENCODING", None)
            return _asking(inner, environ, start)

        return served


def _asking(inner: "WSGIApplication", environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    """What the app answers, and behind a page the script that asks."""
    from werkzeug.wrappers import Response  # noqa: PLC0415

    response = Response.from_app(inner, environ, buffered=True)
    if response.mimetype == "text/html":
        response.set_data(response.get_data() + _ASKING)
        del response.headers["ETag"]
    return response(environ, start)


def _line(finding: Finding) -> str:
    return f"{finding.area}: {finding.what}" + (f" — {finding.remedy}" if finding.remedy else "")


def run(source: Path, speech: Path, port: int, beside: Iterable[Path]) -> None:
    """Show a source until Ctrl-C."""
    from kiosk.cli.content import show  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="kiosk-preview-") as folder:
        preview = Preview(source, Path(folder), speech, beside)
        preview.settings.run.mkdir(parents=True)
        stamp = preview.stamp()
        show(preview.look())
        server = make_server("127.0.0.1", port, preview.app(), threaded=True)
        stop = Event()
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        home = f"http://127.0.0.1:{server.server_port}/"
        click.echo("\n".join([f"{home}{address}" for address in ("", *preview.pages())]))
        click.echo("Save a file, and the page shows it; Ctrl-C ends.")
        try:
            while not stop.wait(_EVERY):
                if (now := preview.stamp()) != stamp:
                    stamp = now
                    show(preview.look())
                    click.echo(preview.problem or f"turn {preview.turn}")
        except KeyboardInterrupt:
            click.echo("")
        finally:
            server.shutdown()
            server.server_close()
