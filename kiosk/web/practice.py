"""Practice on the web: a tap is a POST, the step it leads to is a page of its own, and nothing typed comes here."""

import gzip
import re
from collections.abc import Mapping
from http import HTTPMethod
from typing import Final, cast
from urllib.parse import urlencode

from flask import Flask, Response, request

from kiosk.live import classes
from kiosk.live.store import LiveStore
from kiosk.pages import addresses
from kiosk.pages.words import read_words
from kiosk.practice.attempts import Attempts, Standing
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Setting, Stage, parse_action
from kiosk.settings import Settings
from kiosk.web.guard import see_other, way_home
from kiosk.web.station import TOUCHSCREEN, Stations
from kiosk.web.steps import Steps, Wanted
from kiosk.web.votes import FIELD, Votes

_STAGES: Final = ("together", "alone")
_UNFINISHED: Final = "again"
_EVERY: Final = tuple(HTTPMethod)
_ELSE: Final = tuple(method for method in HTTPMethod if method is not HTTPMethod.POST)
_STEP: Final = re.compile(r"(?P<visit>[\w-]{22})/(?P<number>[1-9][0-9]{0,3})/(?P<serial>0|[1-9][0-9]{0,8})", re.ASCII)
_OFFER: Final = re.compile(rf"(?P<visit>[\w-]{{22}})/(?P<number>[1-9][0-9]{{0,3}})/{_UNFINISHED}", re.ASCII)
_STRAY: Final = re.compile(r"(?P<visit>[\w-]{22})/(?P<number>[0-9]{1,4})(?:/.*)?", re.ASCII)


def register(app: Flask, settings: Settings, store: LiveStore, stations: Stations) -> Shelf:
    """Add practice to an app: `/tap`, its steps, and `/xong`.

    Args:
        app: the app.
        settings: the house.
        store: the open state.db.
        stations: who asks.

    Returns:
        The scenarios, each decoded once.
    """
    practice = _Practice(settings, store, stations)
    app.extensions["attempts"] = practice.attempts  # to be swept by whoever serves the app
    app.add_url_rule("/tap", view_func=practice.start, methods=["POST"])
    app.add_url_rule("/tap", view_func=practice.home, methods=_ELSE)
    app.add_url_rule("/tap/<path:rest>", view_func=practice.step, methods=_EVERY)
    app.add_url_rule("/xong", view_func=practice.done, methods=["POST"])
    app.add_url_rule("/xong", view_func=practice.home, methods=_ELSE)
    return practice.shelf


class _Practice:
    """What each address of practice answers."""

    def __init__(self, settings: Settings, store: LiveStore, stations: Stations) -> None:
        self.shelf = Shelf(settings.packs)
        self._settings = settings
        self._store = store
        self._stations = stations
        self.attempts = Attempts(store, self.shelf)
        self._steps = Steps(settings, self.shelf, read_words())
        self._votes = Votes(settings, store, stations)

    def start(self) -> Response:
        """A stage of a path was tapped: it begins, unless she was in the middle of something."""
        station = self._stations.of(request.environ)
        wanted = _wanted(request.form)
        lang = self._steps.language(request.form.get("lang", ""))
        if not self._steps.knows(wanted):
            return _page(self._steps.gone(lang, ""))
        begun = None if request.form.get("anew") else self.attempts.unfinished(station.key, station.where, *wanted)
        if begun:
            asked = urlencode({**wanted._asdict(), "lang": lang})
            return see_other(f"tap/{begun.visit}/{begun.number}/{_UNFINISHED}?{asked}")
        standing = self.attempts.start(
            *wanted, station=station.key, where=station.where, setting=self._setting(station.where), lang=lang
        )
        if standing is None:
            return _page(self._steps.gone(lang, ""))
        return see_other(f"tap/{standing.visit}/{standing.number}/{_here(standing)}")

    def step(self, rest: str) -> Response:
        """A step was opened or tapped; what is no step's address leads to the attempt that it names, or home."""
        if request.method == "POST" and (found := _STEP.fullmatch(rest)):
            return self._act(found["visit"], int(found["number"]), int(found["serial"]))
        reading = request.method in {"GET", "HEAD"}
        if reading and (found := _STEP.fullmatch(rest)):
            return self._look(found["visit"], int(found["number"]), int(found["serial"]))
        if reading and (found := _OFFER.fullmatch(rest)):
            return self._unfinished(found["visit"], int(found["number"]))
        return self._stray(_STRAY.fullmatch(rest))

    def _unfinished(self, visit: str, number: int) -> Response:
        """What she was in the middle of is offered before what she has just tapped."""
        standing, wanted = self.attempts.look(visit, number), _wanted(request.args)
        if standing is None:
            return self._gone()
        if standing.state.place == "done" or not self._steps.knows(wanted):
            return see_other(_here(standing))
        lang = self._steps.language(request.args.get("lang", "") or self.attempts.language(visit))
        return _page(self._steps.unfinished(standing, wanted, lang))

    def _look(self, visit: str, number: int, serial: int) -> Response:
        """A step as a page; a step that is past leads to the present one."""
        standing = self.attempts.look(visit, number)
        if standing is None:
            return self._gone()
        if serial != standing.state.serial:
            return see_other(_here(standing))
        lang = self._steps.language(self.attempts.language(visit))
        return _page(self._steps.page(standing, lang, self._votes.ask(request.environ)))

    def _act(self, visit: str, number: int, serial: int) -> Response:
        """Something was tapped on a step."""
        self._votes.hear(request.environ, request.form.get(FIELD, ""))
        standing = self.attempts.act(visit, number, serial, parse_action(request.form.get("do", "")))
        return see_other(_here(standing)) if standing else self._gone()

    def _stray(self, found: re.Match[str] | None) -> Response:
        """She lands where she was, if the address says where that is."""
        standing = self.attempts.look(found["visit"], int(found["number"])) if found else None
        if standing is None:
            return self._gone()
        return see_other(f"/tap/{standing.visit}/{standing.number}/{_here(standing)}")

    def done(self) -> Response:
        """Xong: whatever this visit or this station was doing is over, how to leave follows."""
        visit = request.form.get("visit", "")
        lang = self._steps.language(request.form.get("lang", "") or self.attempts.language(visit))
        station = self._stations.of(request.environ)
        self.attempts.end(visit)
        self.attempts.end_of(station.key, station.where)
        return see_other(addresses.done(lang))

    def home(self) -> Response:
        """An address that only a form leads to was asked for as a page: after going back, or by a forger."""
        return see_other("./")

    def _gone(self) -> Response:
        return _page(self._steps.gone(self._steps.language(""), way_home(request.path)))

    def _setting(self, where: str) -> Setting:
        if classes.since(self._store) is not None:  # before all else: nobody in a class is alone
            return "class"
        return "touchscreen" if where == TOUCHSCREEN else self._settings.site.setting


def _wanted(form: Mapping[str, str]) -> Wanted:
    """What a form wants to be begun; any stage that there is not is the first."""
    stage = form.get("stage", "")
    known = cast("Stage", stage if stage in _STAGES else _STAGES[0])
    return Wanted(form.get("pack", ""), form.get("scenario", ""), known)


def _here(standing: Standing) -> str:
    """From one step of an attempt to the present one."""
    return str(standing.state.serial)


def _page(text: str) -> Response:
    body = text.encode()
    response = Response(body, mimetype="text/html")
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
