"""By which of the house's own doors a request came: the Unix socket that took it, never what it says of itself."""

from collections.abc import Mapping
from typing import Any, Final

from kiosk.settings import Settings

LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


def is_at_the_box(environ: Mapping[str, Any], settings: Settings) -> bool:
    """Whether a WSGI request came from the touchscreen, or from this very desk where nothing stands in front."""
    if settings.portal.proxied:
        return _socket(environ) == str(settings.touch_socket)
    return environ.get("REMOTE_ADDR") in LOOPBACK


def is_sealed(environ: Mapping[str, Any], settings: Settings) -> bool:
    """Whether it came over the site's own certificate, which a site must have for it."""
    portal = settings.portal
    return portal.proxied and portal.certificate and _socket(environ) == str(settings.staff_socket)


def _socket(environ: Mapping[str, Any]) -> str:
    """Path of the Unix socket; nginx alone is let into the folder of the phones' and of these."""
    taken = environ.get("gunicorn.socket")
    name = taken.getsockname() if taken else ""
    return name if isinstance(name, str) else ""
