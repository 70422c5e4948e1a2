"""What the box says of itself, as JSON and as a page; gathered at most every ten seconds, however often asked for."""

import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, request

from kiosk import clock
from kiosk.pages.render import Renderer
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.status import page, report, show
from kiosk.status.report import Report
from kiosk.web.sockets import LOOPBACK
from kiosk.web.station import TOUCHSCREEN, Stations

_FRESH: Final = 10  # seconds


class _Told:
    """The last report, while it is fresh, and its page once somebody wanted it: its code takes a Pi a while to draw."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._renderer = Renderer(read_words())
        self._lock = threading.Lock()
        self._held: Report | None = None
        self._at = 0.0
        self._page: tuple[Report | None, str] = (None, "")

    def report(self) -> Report:
        with self._lock:
            now = clock.uptime()
            if self._held is None or now - self._at > _FRESH:
                self._held, self._at = report.read(self._settings), now
            return self._held

    def page(self) -> str:
        seen = self.report()
        drawn_of, text = self._page
        if drawn_of is not seen:
            text = self._renderer.draw("status.html", page.view(self._settings, seen))
            self._page = (seen, text)
        return text


def register(app: Flask, settings: Settings, stations: Stations) -> Callable[[], Report]:
    """Add `/status.json`, for anybody, and the page `/status`, for who stands at the box.

    Args:
        app: the app.
        settings: the house.
        stations: who asks.

    Returns:
        Says how the box is, gathered as seldom.
    """
    told = _Told(settings)

    @app.get("/status.json")
    def status() -> Response:
        return Response(show.document(told.report()), mimetype="application/json")

    @app.get("/status")
    def status_page() -> Response:
        if not _at_the_box():
            abort(HTTPStatus.NOT_FOUND)
        return Response(told.page(), mimetype="text/html")

    def _at_the_box() -> bool:
        """The touchscreen's socket, or a desk where nothing stands in front; never by an address that travelled."""
        if settings.portal.proxied:
            return stations.of(request.environ).where == TOUCHSCREEN
        return request.remote_addr in LOOPBACK

    return told.report
