"""Behind the staff door: counts that leave on a stick. Putting it in does it, the page says when it may come out."""

from typing import Final

from flask import Flask, Response

from kiosk.outbox import stick
from kiosk.outbox.stick import Stage
from kiosk.pages.staff import Room
from kiosk.settings import Settings
from kiosk.web.door import Door

_ROOM: Final = Room(address="staff/so-lieu", title="Chép ra USB", picture="staff-stick", colour="gold", order=50)
_AGAIN: Final = 3  # seconds


def register(app: Flask, door: Door, settings: Settings) -> None:
    """Add the page of the stick.

    Args:
        app: the app.
        door: the staff door.
        settings: the house.
    """

    def page() -> Response:
        seen = stick.last(settings)
        response = door.page(
            "staff/stick.html",
            _ROOM.title,
            possible=bool(settings.upload.key),
            seen=seen,
            writing=bool(seen and not seen.over),
            failed=bool(seen and seen.stage is Stage.FAILED),
        )
        return door.again(response, _AGAIN)

    app.add_url_rule(f"/{_ROOM.address}", view_func=page, methods=["GET"], endpoint="staff.stick")
    door.add(_ROOM)
