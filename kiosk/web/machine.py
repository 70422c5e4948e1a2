"""Behind the staff door: how the box is and what to do, how loud it speaks, and its restart."""

from collections.abc import Callable
from typing import Final

from flask import Flask, Response, jsonify, request

from kiosk.device import restart
from kiosk.findings import Level, worst
from kiosk.live import volume
from kiosk.live.store import LiveStore
from kiosk.pages.staff import Room
from kiosk.settings import Settings
from kiosk.status.report import Report
from kiosk.status.show import gravest_first
from kiosk.web.door import Door
from kiosk.web.guard import see_other

_STATUS: Final = Room(address="staff/may", title="Tình trạng máy", picture="poster-box", order=60)
_VOLUME: Final = Room(address="staff/am-luong", title="Âm lượng", picture="app-sound", order=70)
_RESTART: Final = Room(address="staff/khoi-dong", title="Khởi động lại", picture="retry", order=90)
# For the window, which sets it on every page: no secret, and reached by the same sockets as the door.
HEARD: Final = "/staff/am-luong.json"


class _Machine:
    """What the pages of the box answer."""

    def __init__(self, door: Door, settings: Settings, store: LiveStore, report: Callable[[], Report]) -> None:
        self._door = door
        self._settings = settings
        self._store = store
        self._report = report

    def about_status(self) -> tuple[str, bool]:
        """How many things want doing."""
        todo = sum(row.level in {Level.WARN, Level.FAIL} for row in self._report().findings)
        return (f"{todo} việc cần làm", True) if todo else ("mọi thứ tốt", False)

    def about_volume(self) -> tuple[str, bool]:
        """How loud."""
        percent = self._percent()
        return (f"{percent}%", False) if percent else ("đang tắt tiếng", True)

    def status(self) -> Response:
        """What was found, and what to do."""
        rows = gravest_first(self._report())
        return self._door.page("staff/status.html", _STATUS.title, rows=rows, worst=worst(rows))

    def volume(self) -> Response:
        """How loud it speaks."""
        return self._door.page("staff/volume.html", _VOLUME.title, steps=volume.STEPS, percent=self._percent())

    def turn(self) -> Response:
        """Louder, softer, or silent."""
        said = request.form.get("do", "")
        volume.choose(self._store, int(said) if said.isascii() and said.isdigit() and len(said) <= len("100") else -1)
        return see_other("am-luong")

    def heard(self) -> Response:
        """The same for the window."""
        return jsonify(volume=self._percent())

    def restart(self) -> Response:
        """Asks once whether it is meant."""
        return self._door.page("staff/restart.html", _RESTART.title, asked=restart.is_asked(self._settings))

    def do_restart(self) -> Response:
        """It was meant."""
        restart.ask(self._settings)
        return see_other("khoi-dong")

    def _percent(self) -> int:
        return volume.read(self._store, self._settings.screen.volume)


def register(app: Flask, door: Door, settings: Settings, store: LiveStore, report: Callable[[], Report]) -> None:
    """Add the pages of the box.

    Args:
        app: the app.
        door: the staff door.
        settings: the house.
        store: the open state.db.
        report: says how the box is.
    """
    pages = _Machine(door, settings, store, report)
    app.add_url_rule(f"/{_STATUS.address}", view_func=pages.status, methods=["GET"], endpoint="staff.status")
    app.add_url_rule(f"/{_VOLUME.address}", view_func=pages.volume, methods=["GET"], endpoint="staff.volume")
    app.add_url_rule(f"/{_VOLUME.address}", view_func=pages.turn, methods=["POST"], endpoint="staff.volume.turn")
    app.add_url_rule(f"/{_RESTART.address}", view_func=pages.restart, methods=["GET"], endpoint="staff.restart")
    app.add_url_rule(f"/{_RESTART.address}", view_func=pages.do_restart, methods=["POST"], endpoint="staff.restart.do")
    app.add_url_rule(HEARD, view_func=pages.heard, methods=["GET"], endpoint="staff.volume.heard")
    door.leave_open(HEARD)
    door.add(_STATUS, pages.about_status)
    door.add(_VOLUME, pages.about_volume)
    door.add(_RESTART)
