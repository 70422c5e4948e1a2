"""The staff door: which requests may stand before it, the PIN, and the guard of every page behind it.

A page behind it is a route below `/staff/`: that alone puts it behind the guard. It draws itself by `Door.page` from a
template that extends `staff/base.html`, and each of its forms bears `{{ mark() }}`.
"""

import hmac
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, abort, g, request

from kiosk.live import sessions
from kiosk.live.guesses import Guesses
from kiosk.live.pin import Pin, Tried
from kiosk.live.sessions import IDLE, Sessions
from kiosk.live.store import LiveStore
from kiosk.pages.render import Renderer
from kiosk.pages.staff import Room, StaffView, Tile
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.web.guard import see_other, way_home
from kiosk.web.sockets import is_at_the_box, is_sealed

HOME: Final = "/staff"
MARK: Final = "k"  # of a form, or of the address where the body is no form
_ENTER, _SHUT, _HERE = f"{HOME}/vao", f"{HOME}/dong", f"{HOME}/con"
_COOKIE: Final = "staff"
_WRONG: Final = "sai"
_AGAIN: Final = "lai"
_TITLE: Final = "Tổ công nghệ số"
_READING: Final = frozenset({"GET", "HEAD"})

# Says of a room what is to be said now, and whether it is lit.
Telling = Callable[[], tuple[str, bool]]


def _nothing() -> tuple[str, bool]:
    return "", False


class Door:
    """The door and what every page behind it needs.

    Args:
        settings: the house.
        store: the open state.db.
    """

    def __init__(self, settings: Settings, store: LiveStore) -> None:
        self._settings = settings
        self._sessions = Sessions(store)
        self._pin = Pin(settings.staff.pin, Guesses(store, settings.data / "guesses"))
        self._renderer = Renderer(read_words())
        self._rooms: list[tuple[Room, Telling]] = []
        self._open = {_ENTER}

    def add(self, room: Room, tell: Telling = _nothing) -> None:
        """Put a room on the first page behind the door."""
        self._rooms.append((room, tell))
        self._rooms.sort(key=lambda pair: pair[0].order)

    def leave_open(self, path: str) -> None:
        """Let a path below the door be answered while it is shut, by the door's sockets all the same."""
        self._open.add(path)

    def page(self, template: str, title: str, status: int = HTTPStatus.OK, **more: object) -> Response:
        """A page behind the door.

        Args:
            template: its name below templates/.
            title: what stands on top.
            status: of the response.
            more: further names that the template reads.
        """
        session = g.get("session", "")
        view = StaffView(
            lang="vi",
            first=self._settings.site.languages[0],
            root=way_home(request.path),
            title=title,
            mark=sessions.mark(session) if session else "",
        )
        return Response(self._renderer.draw(template, view, idle=IDLE, **more), status, mimetype="text/html")

    def again(self, response: Response, seconds: int) -> Response:
        """Let a page be asked for anew by itself; that is nobody's touch, so the door shuts all the same."""
        response.headers["Refresh"] = f"{seconds};url=?{_AGAIN}"
        return response

    def guard(self) -> Response | None:
        """Before each request: what may not pass is answered here."""
        if request.path != HOME and not request.path.startswith(f"{HOME}/"):
            return None
        if not self._may_knock():
            abort(HTTPStatus.NOT_FOUND)
        if request.path in self._open:
            return None
        session = request.cookies.get(_COOKIE, "")
        if not self._sessions.is_open(session):
            reading = request.path == HOME and request.method in _READING
            return self._ask() if reading else see_other(HOME)
        g.session = session
        if request.method not in _READING and not _bears(sessions.mark(session)):
            abort(HTTPStatus.FORBIDDEN)
        if _AGAIN not in request.args:
            self._sessions.use(session)
        return None

    def enter(self) -> Response:
        """A PIN was given."""
        tried = self._pin.attempt(request.form.get("pin", ""))
        if tried is not Tried.RIGHT:
            return see_other(f"{HOME}?{_WRONG}" if tried is Tried.WRONG else HOME)
        session = self._sessions.open()
        response = see_other(HOME)
        sealed = is_sealed(request.environ, self._settings)
        response.set_cookie(_COOKIE, session, path=HOME, secure=sealed, httponly=True, samesite="Strict")
        return response

    def first(self) -> Response:
        """The rooms behind the door."""
        tiles = [Tile(room=room, note=note, lit=lit) for room, tell in self._rooms for note, lit in [tell()]]
        return self.page("staff/rooms.html", _TITLE, tiles=tiles)

    def shut(self) -> Response:
        """The door is shut, and what remembers it goes."""
        return self.leave("/")

    def leave(self, address: str) -> Response:
        """Shut the door and go to that page before it."""
        self._sessions.shut(g.session)
        response = see_other(address)
        response.delete_cookie(_COOKIE, path=HOME)
        return response

    def here(self) -> Response:
        """Somebody taps: the door stays open. The guard has done it."""
        return Response(status=HTTPStatus.NO_CONTENT)

    def _may_knock(self) -> bool:
        return is_at_the_box(request.environ, self._settings) or is_sealed(request.environ, self._settings)

    def _ask(self) -> Response:
        left, wrong = self._pin.left, _WRONG in request.args
        response = self.page("staff/pin.html", _TITLE, given=self._pin.given, wrong=wrong, left=left)
        if left:
            response.headers["Refresh"] = str(left + 1)
        return response


def register(app: Flask, settings: Settings, store: LiveStore) -> Door:
    """Put the door into an app: `/staff`, and the guard of all that is below it.

    Args:
        app: the app; guard.register stands before.
        settings: the house.
        store: the open state.db.
    """
    door = Door(settings, store)
    app.before_request(door.guard)
    app.add_url_rule(HOME, view_func=door.first, methods=["GET"], endpoint="staff")
    app.add_url_rule(_ENTER, view_func=door.enter, methods=["POST"], endpoint="staff.enter")
    app.add_url_rule(_SHUT, view_func=door.shut, methods=["POST"], endpoint="staff.shut")
    app.add_url_rule(_HERE, view_func=door.here, methods=["GET"], endpoint="staff.here")
    return door


def _bears(mark: str) -> bool:
    said = request.args.get(MARK, "") or request.form.get(MARK, "")
    return hmac.compare_digest(said.encode(), mark.encode())
