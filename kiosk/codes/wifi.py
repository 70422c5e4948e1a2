"""The text of a QR code that joins a network."""

import re

from kiosk.errors import KioskError

# WPA3 Specification, section 7 (WIFI URI): a code says WPA for every network with a password; R:1 adds that nothing
# older than WPA3 is there. An open network and OWE are told alike, Android tries both (WifiUriParser).
_KINDS = {"open": "nopass", "owe": "nopass", "wpa2": "WPA", "wpa3": "WPA;R:1"}


def join(ssid: str, *, security: str = "open", password: str = "") -> str:
    r"""The `WIFI:` form, with `\ ; , : "` in a name or password escaped.

    Args:
        ssid: the network's name.
        security: open, owe, wpa2 or wpa3.
        password: where `security` asks for one.

    Raises:
        KioskError: no such security, or a password missing or too many.
    """
    if security not in _KINDS:
        raise KioskError(f"no network has the security {security!r}", hint=f"one of {', '.join(_KINDS)}")
    locked = security in ("wpa2", "wpa3")
    if locked != bool(password):
        raise KioskError(
            f"a network that is {security} has {'a' if locked else 'no'} password", hint="say which of both is right"
        )
    key = f"P:{_escaped(password)};" if locked else ""
    return f"WIFI:T:{_KINDS[security]};S:{_escaped(ssid)};{key};"


def _escaped(text: str) -> str:
    return re.sub(r'([\\;,:"])', r"\\\1", text)
