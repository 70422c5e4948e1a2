"""What the box says of itself, as JSON; gathered at most every ten seconds, however often it is asked for."""

import threading
from typing import Final

from flask import Flask, Response

from kiosk import clock
from kiosk.settings import Settings
from kiosk.status import report, show

_FRESH: Final = 10  # seconds


class _Told:
    """The last answer, while it is fresh."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._text = ""
        self._at = 0.0

    def text(self) -> str:
        with self._lock:
            now = clock.uptime()
            if not self._text or now - self._at > _FRESH:
                self._text, self._at = show.document(report.read(self._settings)), now
            return self._text


def register(app: Flask, settings: Settings) -> None:
    """Add `/status.json` to an app.

    Args:
        app: the app.
        settings: the house.
    """
    told = _Told(settings)

    @app.get("/status.json")
    def status() -> Response:
        return Response(told.text(), mimetype="application/json")
