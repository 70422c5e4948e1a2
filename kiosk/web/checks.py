"""Behind the staff door: a check that the team watches, on a variant drawn afresh, at the box's own screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, request

from kiosk.pages.staff import Room
from kiosk.practice.attempts import Attempts
from kiosk.practice.shelf import Shelf
from kiosk.practice.texts import fill
from kiosk.publish.home import in_language
from kiosk.web.door import Door
from kiosk.web.guard import see_other
from kiosk.web.station import TOUCHSCREEN, Stations

_ADDRESS: Final = "staff/xem"
_TITLE: Final = "Xem bà con tự làm"
_LANG: Final = "vi"


@dataclass(frozen=True, slots=True)
class _Skill:
    pack: str
    scenario: str
    title: str


class _Checks:
    """What the page of checks answers."""

    def __init__(self, door: Door, attempts: Attempts, shelf: Shelf, stations: Stations) -> None:
        self._door = door
        self._attempts = attempts
        self._shelf = shelf
        self._stations = stations

    def choose(self) -> Response:
        """What can be checked."""
        here = self._stations.of(request.environ).where == TOUCHSCREEN
        return self._door.page("staff/checks.html", _TITLE, skills=list(self._skills()) if here else [], here=here)

    def begin(self) -> Response:
        """One was chosen: what was open at this screen ends, the door shuts, and the screen is handed over."""
        station = self._stations.of(request.environ)
        pack, _, scenario = request.form.get("skill", "").partition("/")
        if station.where != TOUCHSCREEN:
            return see_other("xem")
        self._attempts.end_of(station.key, station.where)
        begun = self._attempts.start(
            pack, scenario, "alone", station=station.key, where=station.where, setting="staff", lang=_LANG
        )
        if begun is None:
            return see_other("xem")
        return self._door.leave(f"/tap/{begun.visit}/{begun.number}/{begun.state.serial}")

    def _skills(self) -> Iterator[_Skill]:
        for pack in self._shelf.library.packs:
            for file in pack.files:
                if file.scenario:
                    yield _Skill(pack.id, file.scenario, self._title(pack.id, file.scenario))

    def _title(self, pack: str, scenario: str) -> str:
        """As its path calls it; its own where no path leads to it."""
        if path := self._shelf.library.practised(pack, scenario):
            return in_language(path[1].title, _LANG)
        found = self._shelf.find(pack, scenario)
        return fill(found.title, found.persona, _LANG) if found else scenario


def register(app: Flask, door: Door, attempts: Attempts, shelf: Shelf, stations: Stations) -> None:
    """Add the checks.

    Args:
        app: the app.
        door: the staff door.
        attempts: the house's.
        shelf: the scenarios.
        stations: who asks.
    """
    pages = _Checks(door, attempts, shelf, stations)
    app.add_url_rule(f"/{_ADDRESS}", view_func=pages.choose, methods=["GET"], endpoint="staff.checks")
    app.add_url_rule(f"/{_ADDRESS}", view_func=pages.begin, methods=["POST"], endpoint="staff.checks.begin")
    door.add(Room(address=_ADDRESS, title=_TITLE, picture="alone", colour="sky", order=35))
