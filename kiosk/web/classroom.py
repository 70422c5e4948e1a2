"""Behind the staff door: the class that is open, where it gets stuck, and who calls for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, request

from kiosk import clock
from kiosk.live import classes
from kiosk.live.store import LiveStore
from kiosk.pages.staff import Room
from kiosk.practice.calls import Call, calls
from kiosk.practice.shelf import Shelf
from kiosk.practice.texts import fill
from kiosk.settings import Settings
from kiosk.status.times import span
from kiosk.usage.stuck import Stuck, stuck
from kiosk.web.door import Door
from kiosk.web.guard import see_other

_CLASS: Final = Room(address="staff/lop", title="Lớp học", picture="staff-class", colour="sky", order=10)
_CALLS: Final = Room(address="staff/giup", title="Ai cần giúp", picture="hand", colour="clay", order=20)
_ROWS: Final = 6
_AGAIN: Final = 15  # seconds after which the page of those who call is asked for anew
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class _Step:
    title: str
    say: str
    stuck: int
    total: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    call: Call
    waited: str


class _Classroom:
    """What the pages of the class answer."""

    def __init__(self, door: Door, settings: Settings, store: LiveStore, shelf: Shelf) -> None:
        self._door = door
        self._settings = settings
        self._store = store
        self._shelf = shelf

    def about_class(self) -> tuple[str, bool]:
        """Whether one is open."""
        since = classes.since(self._store)
        return ("đang đóng", False) if since is None else ("đang mở", True)

    def about_calls(self) -> tuple[str, bool]:
        """How many call."""
        waiting = len(self._calls())
        return (f"{waiting} người đang chờ", True) if waiting else ("chưa ai gọi", False)

    def look(self) -> Response:
        """The class, and where it gets stuck."""
        since = classes.since(self._store)
        return self._door.page(
            "staff/class.html",
            _CLASS.title,
            since=since,
            open_for="" if since is None else span(int(clock.uptime()) - since),
            steps=[self._step(one) for one in stuck(self._settings, since or 0, _ROWS)],
        )

    def change(self) -> Response:
        """Open or close it."""
        if request.form.get("do") == "mo":
            classes.begin(self._store)
        else:
            classes.end(self._store)
        return see_other("lop")

    def waiting(self) -> Response:
        """Who calls, asked for again and again."""
        rows = [_Waiting(call, _span(call.waited)) for call in self._calls()]
        return self._door.again(self._door.page("staff/calls.html", _CALLS.title, calls=rows), _AGAIN)

    def _calls(self) -> Sequence[Call]:
        return calls(self._store, self._shelf, int(clock.uptime()))

    def _step(self, one: Stuck) -> _Step:
        """In the words of its screen; by its name where the scenario is gone."""
        pack, _, name = one.scenario.partition("/")
        scenario = self._shelf.find(pack, name)
        screen = scenario.screens.get(one.screen) if scenario else None
        if scenario is None or screen is None:
            return _Step(one.scenario, one.screen, one.stuck, one.total)
        say = fill(screen.say, {**scenario.persona, **scenario.variants[0].values}, "vi")
        return _Step(fill(scenario.title, scenario.persona, "vi"), say, one.stuck, one.total)


def register(app: Flask, door: Door, settings: Settings, store: LiveStore, shelf: Shelf) -> None:
    """Add the class and those who call.

    Args:
        app: the app.
        door: the staff door.
        settings: the house.
        store: the open state.db.
        shelf: the scenarios.
    """
    pages = _Classroom(door, settings, store, shelf)
    app.add_url_rule(f"/{_CLASS.address}", view_func=pages.look, methods=["GET"], endpoint="staff.class")
    app.add_url_rule(f"/{_CLASS.address}", view_func=pages.change, methods=["POST"], endpoint="staff.class.change")
    app.add_url_rule(f"/{_CALLS.address}", view_func=pages.waiting, methods=["GET"], endpoint="staff.calls")
    door.add(_CLASS, pages.about_class)
    door.add(_CALLS, pages.about_calls)


def _span(seconds: int) -> str:
    return "chưa đến một phút" if seconds < _MINUTE else span(seconds)
