"""Who this box is: made on it, bound to its board, readable for the recorder alone."""

from typing import Final

from kiosk.device import identity
from kiosk.device.identity import Device
from kiosk.errors import KioskError
from provisioning.first_boot.hands import Hands

_FILE: Final = "var/lib/kiosk/device.toml"
_OWNER: Final = "kiosk-recorder"


def ensure(hands: Hands, serial: str) -> Device:
    """This box's id and key: those of the card when it is on its board, new ones when it is on another.

    A damaged file is moved aside; events that wait keep the id that they were counted under.

    Args:
        hands: of the box.
        serial: of the board; empty where it has none.
    """
    path = hands.at(_FILE)
    try:
        device = identity.load(path, serial=serial)
    except KioskError:
        if hands.read(_FILE) is None:
            raise
        hands.move(_FILE, f"{_FILE}.damaged")
        device = identity.load(path, serial=serial)
    hands.give(path, _OWNER)
    return device


def read_serial(hands: Hands) -> str:
    """The board's serial; empty on a machine that has none."""
    return identity.read_serial(hands.at("proc/device-tree/serial-number"))


def fingerprint(device: Device) -> str:
    """Eight digits by which people compare what a page says with what a list says."""
    return f"{device.id[:4]}-{device.public[:4]}"
