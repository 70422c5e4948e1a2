"""What the window may show and what may reach it: decided from values alone."""

from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urlsplit

BLANK: Final = "about:blank"  # the window's own page stands here while the server is away
_PAGE: Final = "text/html"
_STAFF: Final = "/staff"
_PORTS: Final = {"http": 80, "https": 443}
ABSENT: Final = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}


def allowed(address: str, home: str) -> bool:
    """Whether an address may be shown: one of the kiosk's own, or the window's waiting page.

    Args:
        address: as the engine is about to ask for it.
        home: the kiosk's root, such as http://127.0.0.1/.
    """
    if address == BLANK:
        return True
    try:
        asked, own = urlsplit(address), urlsplit(home)
        return asked.scheme in _PORTS and _origin(asked) == _origin(own)
    except ValueError:  # a port that is no number, a broken IPv6 address
        return False


def path(address: str, home: str) -> str:
    """The path of an address of the kiosk; "" for any other."""
    return urlsplit(address).path if address != BLANK and allowed(address, home) else ""


def shown(mime: str) -> bool:
    """Whether an answer becomes a page of the window; anything else would be a download or a bare document."""
    return mime.partition(";")[0].strip().lower() == _PAGE


def absent(status: int) -> bool:
    """Whether an answer is nginx's word that the program behind it does not answer."""
    return status in ABSENT


def hears(path: str, *, sound: bool, video: bool) -> bool:
    """Whether the page at a path may open the microphone: the volunteers' own, and never the camera."""
    return sound and not video and (path == _STAFF or path.startswith(f"{_STAFF}/"))


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None, str]:
    """Scheme, host, port, and whoever is named before the host, for which there is no use here."""
    port = parts.port or _PORTS.get(parts.scheme)
    return parts.scheme, parts.hostname, port, parts.netloc.rpartition("@")[0]


class Input(StrEnum):
    """What a hand or a device can do to a window."""

    KEY = "key"
    BUTTON = "button"
    TOUCH = "touch"
    SCROLL = "scroll"
    GESTURE = "gesture"  # pinch and swipe of a touchpad, drag and drop, a tablet's buttons
    ELSE = "else"  # painting, focus, sizes, a mouse that moves: no hand presses anything


def passes(kind: Input, *, number: int = 0, held: bool = False) -> bool:
    """Whether an event goes on to the engine: one finger, or the first button of a mouse, and a wheel.

    A pinch needs two fingers, a shortcut a key, a menu the other button: none of them ever reaches it.

    Args:
        kind: what happened.
        number: of the mouse's button, from 1; of the finger, from 0.
        held: whether a key is held down meanwhile.
    """
    if kind is Input.BUTTON:
        return number == 1
    if kind is Input.TOUCH:
        return number == 0
    if kind is Input.SCROLL:
        return not held
    return kind is Input.ELSE
