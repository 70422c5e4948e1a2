"""The counts leave by a volunteer's phone: one file that only the province can open, one that comes back.

A page for any phone, for there is nothing to guard: what leaves is sealed for the province, and what comes back is
signed by it. On a device this program may not read the site's token, so it asks for the file, and a unit makes it.
"""

from contextlib import closing, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request

from kiosk import clock, durable
from kiosk.errors import KioskError
from kiosk.outbox import stick
from kiosk.outbox.stick import WISH, Stage
from kiosk.pages.handing import HandingView
from kiosk.pages.render import Renderer
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.usage.journal import Journal
from kiosk.web import guard

PATH: Final = "/mang"
_BRING: Final = f"{PATH}/nhan"
_ACKS_MOST: Final = 480 << 10  # bytes; werkzeug keeps a form of up to 500 KB in memory, a longer one in a file
_ACKS: Final = "phone.acks"
_WISHED_SECONDS: Final = 120  # after which nobody waits for the unit any more


def register(app: Flask, settings: Settings) -> None:
    """Add `/mang` to an app: the page, its file, and the way back."""
    handing = _Handing(settings)
    guard.allow(app, _BRING, _ACKS_MOST)
    app.add_url_rule(PATH, view_func=handing.page, methods=["GET"])
    app.add_url_rule(PATH, view_func=handing.ask, methods=["POST"], endpoint="ask")
    app.add_url_rule(f"{PATH}/<name>.carry", view_func=handing.file, methods=["GET"], endpoint="carried")
    app.add_url_rule(_BRING, view_func=handing.bring, methods=["POST"], endpoint="bring")


class _Handing:
    """What each address answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.handed
        self._renderer = Renderer(read_words())

    def page(self) -> Response:
        """How far it is."""
        view = self._view()
        response = Response(self._renderer.draw("handing.html", view), mimetype="text/html")
        if view.stage == "working":
            response.headers["Refresh"] = "3"
        return response

    def ask(self) -> Response:
        """The file is wanted, as it would be now."""
        self._wish()
        return guard.see_other("mang")

    def file(self, name: str) -> Response:
        """The file itself."""
        made = self._made()
        if made is None or made.stem != name:
            abort(HTTPStatus.NOT_FOUND)
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
        return Response(made.read_bytes(), mimetype="application/octet-stream", headers=headers)

    def bring(self) -> Response:
        """What the province said, from a phone; whoever made it up is found out by the signature."""
        found = request.files.get("acks")
        data = found.read() if found else b""
        if data:
            with suppress(OSError):
                self._folder.mkdir(mode=0o770, parents=True, exist_ok=True)
                durable.replace(self._folder / _ACKS, data, lasting=False)
            self._wish()
        return guard.see_other("../mang")

    def _wish(self) -> None:
        """On a device a unit hears of it; elsewhere it is done here and now."""
        with suppress(OSError):
            self._folder.mkdir(mode=0o770, parents=True, exist_ok=True)
            (self._folder / WISH).write_text(str(int(clock.uptime())), encoding="ascii")
        if not self._settings.portal.proxied:
            with suppress(KioskError), closing(Journal.open(self._settings)) as journal:
                stick.visit(self._settings, journal, self._folder)

    def _made(self) -> Path | None:
        return next(iter(sorted(self._folder.glob("*.carry"))), None)

    def _working(self) -> bool:
        try:
            wished = int((self._folder / WISH).read_text(encoding="ascii"))
        except (OSError, ValueError):
            return False
        return clock.uptime() - wished < _WISHED_SECONDS

    def _view(self) -> HandingView:
        site, told, made = self._settings.site, stick.last(self._settings), self._made()
        view = HandingView(lang="vi", first=site.languages[0], name=site.name, stage="none")
        if told is not None and told.folder != str(self._folder.absolute()):
            told = None  # a stick's
        if self._working() or (told and told.stage is Stage.WRITING):
            return HandingView(lang="vi", first=site.languages[0], name=site.name, stage="working")
        if told is None:
            return view
        return HandingView(
            lang="vi",
            first=site.languages[0],
            name=site.name,
            stage="failed" if told.stage is Stage.FAILED else "ready" if made and told.file else "empty",
            file=made.name if made else "",
            events=told.events,
            kib=-(-told.bytes // 1024),
            returned=told.returned,
            refused=told.refused,
            said=told.said,
        )
