"""Behind the staff door: a round of visits to households, written down in numbers by the keypad."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, request

from kiosk import clock
from kiosk.live import households
from kiosk.live.households import Round
from kiosk.live.store import LiveStore
from kiosk.pages.staff import Room
from kiosk.web.door import Door
from kiosk.web.guard import see_other

_ADDRESS: Final = "staff/tham"
_TITLE: Final = "Thăm hộ"
_LABELS: Final = {
    "households": "Số hộ đã thăm",
    "adults": "Người lớn đã gặp",
    "vneid": "Có VNeID mức 2",
    "pays": "Tự trả tiền bằng mã QR",
    "services": "Tự nộp hồ sơ trên mạng",
}
_FULL: Final = "Bộ nhớ của máy đầy, chưa ghi được. Khởi động lại máy, rồi ghi lại."
_NUMBER: Final = re.compile(r"[0-9]{0,3}", re.ASCII)
_ONCE: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    label: str
    value: str


class _Households:
    """What the pages of a round answer."""

    def __init__(self, door: Door, store: LiveStore) -> None:
        self._door = door
        self._store = store

    def form(self) -> Response:
        """Nothing is written down yet."""
        return self._fill({}, done="xong" in request.args)

    def send(self) -> Response:
        """Numbers came: they are shown once more before they count."""
        said = {name: request.form.get(name, "") for name in _LABELS}
        found = _round(said)
        if found is None or found.wrong:
            return self._fill(said, wrong=_fault(found))
        do, once = request.form.get("do", ""), request.form.get("once", "")
        if do == "sua":
            return self._fill(said)
        if do == "ghi" and _ONCE.fullmatch(once):
            if not households.write(self._store, found, once, clock.uptime()):
                return self._fill(said, wrong=_FULL)
            return see_other("tham?xong")
        shown = {name: text or "0" for name, text in said.items()}
        return self._door.page("staff/household_sure.html", _TITLE, fields=_fields(shown), once=secrets.token_hex(8))

    def _fill(self, said: Mapping[str, str], *, wrong: str = "", done: bool = False) -> Response:
        return self._door.page("staff/household.html", _TITLE, fields=_fields(said), wrong=wrong, done=done)


def register(app: Flask, door: Door, store: LiveStore) -> None:
    """Add the round of households.

    Args:
        app: the app.
        door: the staff door.
        store: the open state.db.
    """
    pages = _Households(door, store)
    app.add_url_rule(f"/{_ADDRESS}", view_func=pages.form, methods=["GET"], endpoint="staff.households")
    app.add_url_rule(f"/{_ADDRESS}", view_func=pages.send, methods=["POST"], endpoint="staff.households.send")
    door.add(Room(address=_ADDRESS, title=_TITLE, picture="staff-house", colour="gold", order=30))


def _fields(said: Mapping[str, str]) -> list[_Field]:
    return [_Field(name, label, _shown(said.get(name, ""))) for name, label in _LABELS.items()]


def _shown(text: str) -> str:
    """Only digits come back to a page."""
    return text if _NUMBER.fullmatch(text) else ""


def _round(said: Mapping[str, str]) -> Round | None:
    """What is left empty is none; None where something is no number of three digits."""
    if not all(_NUMBER.fullmatch(text) for text in said.values()):
        return None
    return Round(**{name: int(text or "0") for name, text in said.items()})


def _fault(found: Round | None) -> str:
    if found is None:
        return "Mỗi ô chỉ ghi một số, nhiều nhất ba chữ số."
    first = found.wrong[0]
    if first in {"households", "adults"}:
        return f"Ô “{_LABELS[first]}” còn trống."
    return f"Ô “{_LABELS[first]}” nhiều hơn số người lớn đã gặp. Xem lại."
