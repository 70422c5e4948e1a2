"""The portal: what captured requests get, and the way out of the sheet for those who ask for it."""

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request

from kiosk.pages import addresses
from kiosk.portal.answer import NO_STORE, Answer, Asked, answer, captive_api
from kiosk.portal.probes import system_of
from kiosk.publish.offered import published
from kiosk.settings import Settings
from kiosk.web.station import Stations


class Captured:
    """Answers captured requests before the app sees them; an unknown host touches no page, file or database."""

    def __init__(self, app: WSGIApplication, stations: Stations, portal: str) -> None:
        self._app = app
        self._stations = stations
        self._portal = portal

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        asked = Asked(
            captured=self._stations.captured(environ),
            host=environ.get("HTTP_HOST", ""),
            path=environ.get("PATH_INFO", ""),
            agent=environ.get("HTTP_USER_AGENT", ""),
            released=partial(self._stations.is_released, environ),
        )
        given = answer(asked, self._portal)
        return _send(given, environ, start_response) if given else self._app(environ, start_response)


def register(app: Flask, settings: Settings, stations: Stations) -> None:
    """Add the portal to an app: `/connect`, `/captive-api`, and everything captured.

    Args:
        app: where the pages are; GET of `/connect` is one of them.
        settings: the house.
        stations: who asks.
    """
    app.wsgi_app = Captured(app.wsgi_app, stations, settings.portal.address)  # type: ignore[method-assign]

    @app.post("/connect")
    def connect() -> Response:
        station = stations.of(request.environ)
        system = system_of(request.headers.get("User-Agent", ""))
        codes = published(settings)
        lang, first = _language(codes), codes[0]
        # Without memory to remember it the phone is still captured: the page before stays.
        return _to(addresses.connected(lang) if stations.release(station, system) else addresses.connect(lang, first))

    @app.get("/captive-api")
    def api() -> Response:
        if not settings.portal.certificate:
            abort(HTTPStatus.NOT_FOUND)
        given = captive_api(settings.portal.host, released=stations.is_released(request.environ))
        return Response(given.body, given.status, list(given.headers))

    @app.after_request
    def forget(response: Response) -> Response:
        if request.path.startswith("/connect"):  # the page before it and the page after it too
            response.headers[NO_STORE[0]] = NO_STORE[1]
        return response


def _language(codes: tuple[str, ...]) -> str:
    wanted = request.form.get("lang", "")
    return wanted if wanted in codes else codes[0]


def _to(address: str) -> Response:
    """A full page next: iOS asks again whether it is captured only after one."""
    return Response(status=HTTPStatus.SEE_OTHER, headers=[("Location", address), NO_STORE])


def _send(given: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = list(given.headers)
    if given.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(given.body))))
    start_response(f"{given.status} {HTTPStatus(given.status).phrase}", headers)
    return [] if environ.get("REQUEST_METHOD") == "HEAD" else [given.body]
