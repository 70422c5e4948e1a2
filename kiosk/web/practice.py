"""Practice on the web: a tap is a POST, the step it leads to is a page of its own, and nothing typed comes here."""

import gzip
from http import HTTPStatus
from typing import Final, cast

from flask import Flask, Response, request

from kiosk.live.store import LiveStore
from kiosk.pages import addresses
from kiosk.pages.words import read_words
from kiosk.practice.attempts import Attempts, Standing
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Setting, Stage, parse_action
from kiosk.settings import Settings
from kiosk.web.station import TOUCHSCREEN, Stations
from kiosk.web.steps import Steps

_STAGES: Final = ("together", "alone")
_STEP: Final = "/tap/<string(length=22):visit>/<int(max=9999):number>/<int(max=99999):serial>"


def register(app: Flask, settings: Settings, store: LiveStore, stations: Stations) -> None:
    """Add practice to an app: `/tap`, its steps, and `/xong`.

    Args:
        app: the app.
        settings: the house.
        store: the open state.db.
        stations: who asks.
    """
    practice = _Practice(settings, store, stations)
    app.extensions["attempts"] = practice.attempts  # to be swept by whoever serves the app
    app.add_url_rule("/tap", view_func=practice.start, methods=["POST"])
    app.add_url_rule(_STEP, view_func=practice.look, methods=["GET"])
    app.add_url_rule(_STEP, view_func=practice.act, methods=["POST"])
    app.add_url_rule("/xong", view_func=practice.done, methods=["POST"])


class _Practice:
    """What each address of practice answers."""

    def __init__(self, settings: Settings, store: LiveStore, stations: Stations) -> None:
        shelf = Shelf(settings.packs)
        self._settings = settings
        self._stations = stations
        self.attempts = Attempts(store, shelf)
        self._steps = Steps(settings, shelf, read_words())

    def start(self) -> Response:
        """A stage of a path was tapped."""
        station = self._stations.of(request.environ)
        stage = request.form.get("stage", "")
        lang = self._steps.language(request.form.get("lang", ""))
        standing = self.attempts.start(
            request.form.get("pack", ""),
            request.form.get("scenario", ""),
            cast("Stage", stage if stage in _STAGES else _STAGES[0]),
            station=station.key,
            where=station.where,
            setting=self._setting(station.where),
            lang=lang,
        )
        if standing is None:
            return _page(self._steps.gone(lang, ""), HTTPStatus.NOT_FOUND)
        return _to(f"tap/{standing.visit}/{standing.number}/{_here(standing)}")

    def look(self, visit: str, number: int, serial: int) -> Response:
        """A step as a page; a step that is past leads to the present one."""
        standing = self.attempts.look(visit, number)
        if standing is None:
            return self._gone()
        if serial != standing.state.serial:
            return _to(_here(standing))
        return _page(self._steps.page(standing, self._steps.language(self.attempts.language(visit))))

    def act(self, visit: str, number: int, serial: int) -> Response:
        """Something was tapped on a step."""
        standing = self.attempts.act(visit, number, serial, parse_action(request.form.get("do", "")))
        return _to(_here(standing)) if standing else self._gone()

    def done(self) -> Response:
        """Xong: the visit ends, how to leave follows."""
        visit = request.form.get("visit", "")
        lang = self._steps.language(request.form.get("lang", "") or self.attempts.language(visit))
        if visit:
            self.attempts.end(visit)
        else:
            station = self._stations.of(request.environ)
            self.attempts.end_of(station.key, station.where)
        return _to(addresses.done(lang))

    def _gone(self) -> Response:
        return _page(self._steps.gone(self._steps.language("")), HTTPStatus.NOT_FOUND)

    def _setting(self, where: str) -> Setting:
        return "touchscreen" if where == TOUCHSCREEN else self._settings.site.setting


def _here(standing: Standing) -> str:
    """From one step of an attempt to the present one."""
    return str(standing.state.serial)


def _to(address: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers=[("Location", address)])


def _page(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    body = text.encode()
    response = Response(body, status, mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
