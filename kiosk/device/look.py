"""One look at what only some programs may see, left in memory for those that may not.

The portal and the recorder run without any network, so they see no radio; kiosk-health looks for them.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from kiosk import clock, durable
from kiosk.device.radio import Radio, read_kernel_log, read_radio, read_serving_log
from kiosk.device.services import Service, read_services
from kiosk.settings import Settings

_MODE = 0o644  # root's look is read by everybody's programs; it holds nobody's address


class Look(msgspec.Struct, frozen=True):
    """Radio and services at one time.

    Attributes:
        boot: the start of the system that it is from.
        at: uptime in seconds.
        radio: None when nothing serves phones, or nobody can say.
        services: empty when nobody can say.
        undervolted: whether the kernel saw too little voltage since the start.
    """

    boot: str
    at: int
    radio: Radio | None = None
    services: tuple[Service, ...] = ()
    undervolted: bool = False

    @property
    def empty(self) -> bool:
        """Whether this machine, or this program, could see nothing."""
        return self.radio is None and not self.services


def take(units: Sequence[str]) -> Look:
    """Look now, at the radio and at those services; takes a second at most where everything answers."""
    kernel = read_kernel_log()
    return Look(
        boot=clock.boot_id(),
        at=int(clock.uptime()),
        radio=read_radio(kernel, read_serving_log()),
        services=read_services(units),
        undervolted=bool(kernel and kernel.undervolted),
    )


def place(settings: Settings) -> Path:
    """The file, in memory."""
    return settings.run / "look.json"


def keep(settings: Settings, look: Look) -> None:
    """Leave a look that saw something; a memory folder that takes no file is no reason to stop."""
    if look.empty:
        return
    with suppress(OSError):
        durable.replace(place(settings), msgspec.json.encode(look), lasting=False, mode=_MODE)


def read(settings: Settings) -> Look | None:
    """The last look since the start of the system; None when there was none."""
    try:
        kept = msgspec.json.decode(place(settings).read_bytes(), type=Look)
    except (OSError, msgspec.DecodeError):
        return None
    return kept if kept.boot == clock.boot_id() else None
