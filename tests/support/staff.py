"""A house with a PIN, and who comes to its staff door: by the touchscreen's socket, by the phones', or over TLS."""

import re
from pathlib import Path

import msgspec
from flask.testing import FlaskClient
from playwright.sync_api import Page

from kiosk.practice.scenario import encode
from kiosk.settings import Portal, Settings, Site, Staff
from provisioning.new_site import pin_hash
from tests.support import practice_house
from tests.support.scenarios import TINY, read

PIN = "274916"
_SCENARIO = next(path for path in TINY if path.stem == "app")
_MARK = re.compile(r'name="k" value="([0-9a-f]{32})"')


class Socket:
    """What gunicorn says of the socket that took a request."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def getsockname(self) -> str:
        return self._path


def settings(folder: Path, *, certificate: bool = False, pin: str = PIN) -> Settings:
    """A box behind nginx, in a folder of its own."""
    for name in ("data", "run"):
        (folder / name).mkdir()
    return boxed(Settings(data=folder / "data", run=folder / "run"), certificate=certificate, pin=pin)


def boxed(house: Settings, *, certificate: bool = False, pin: str = PIN) -> Settings:
    """The same house behind nginx, in a village, with a PIN."""
    held = house.data.parent / "staff.pin"
    if pin:
        held.write_text(f"{pin_hash(pin)}\n", encoding="ascii")
    return msgspec.structs.replace(
        house,
        site=Site(setting="alone"),
        portal=Portal(proxied=True, certificate=certificate),
        staff=Staff(pin=str(held)),
    )


def by(settings: Settings, name: str = "touch") -> dict[str, object]:
    """What a request bears that came by that socket; what it says of itself is the touchscreen's in any case."""
    return {
        "gunicorn.socket": Socket(settings.run / f"{name}.sock"),
        "HTTP_X_KIOSK_ADDRESS": "127.0.0.1",
        "HTTP_X_KIOSK_CAPTURED": "0",
        "HTTP_X_KIOSK_WHERE": "touchscreen",
        "REMOTE_ADDR": "127.0.0.1",
    }


def open_door(client: FlaskClient, settings: Settings, name: str = "touch") -> str:
    """Enter the PIN; returns what this door's forms bear."""
    client.environ_base.update(by(settings, name))
    answer = client.post("/staff/vao", data={"pin": PIN})
    assert answer.headers["Location"] == "../staff"
    return mark(client.get("/staff").get_data(as_text=True))


def mark(page: str) -> str:
    """What the forms of a page bear."""
    return _MARK.search(page)[1]


def desk(folder: Path) -> Settings:
    """A laptop with a PIN and one scenario, for a browser."""
    house = practice_house.settings(folder, {"practice/app.json": encode(read(_SCENARIO))})
    held = folder / "staff.pin"
    held.write_text(pin_hash(PIN), encoding="ascii")
    return msgspec.structs.replace(house, staff=Staff(pin=str(held)))


def key_in(page: Page, url: str) -> None:
    """Enter the PIN by the keypad of the page."""
    page.goto(f"{url}staff")
    for digit in PIN:
        page.click(f".digit[value='{digit}']")
    page.click(".enter")
    page.wait_for_selector(".shut")
