"""Telling systemd that a program is ready and goes on living; the rest of sd_notify is not needed here.

The form is that of sd_notify(3): a datagram to a Unix socket, whose address may be abstract.
"""

import socket
from contextlib import suppress


class Watchdog:
    """The line to systemd.

    Args:
        address: of its socket, from `settings.notify_socket`; empty outside of a unit, then nothing is told.
    """

    def __init__(self, address: str) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def ready(self) -> None:
        """The program does its work now."""
        self._tell("READY=1")

    def alive(self) -> None:
        """It still does; without this for the unit's WatchdogSec it is started anew."""
        self._tell("WATCHDOG=1")

    def _tell(self, state: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.connect(self._address)
            line.send(state.encode())


UNWATCHED = Watchdog("")
