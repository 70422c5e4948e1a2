"""The services of the box, as systemd sees them."""

from collections.abc import Sequence

import msgspec

from kiosk.errors import KioskError
from kiosk.process import run

_SHOWN = ("Id", "LoadState", "ActiveState", "SubState", "Result", "NRestarts", "WantedBy", "RequiredBy")


class Service(msgspec.Struct, frozen=True):
    """One unit.

    Attributes:
        unit: its name, as in `nginx.service`.
        load: `loaded`, `not-found`, `masked`…
        active: `active`, `activating`, `inactive`, `failed`…
        sub: finer than active: `running`, `exited`, `auto-restart`…
        result: of its last end: `success`, `exit-code`, `watchdog`, `oom-kill`…
        restarts: how often systemd had to start it again.
        wanted: whether anything on this box asks for it.
    """

    unit: str
    load: str = "loaded"
    active: str = "active"
    sub: str = "running"
    result: str = "success"
    restarts: int = 0
    wanted: bool = True

    @property
    def well(self) -> bool:
        """Whether it does what it should: it runs, or it did its work and ended."""
        return self.active == "active"


def parse_services(text: str) -> tuple[Service, ...]:
    """From `systemctl show`: a block of `Key=value` lines for each unit, empty lines between."""
    blocks = [_pairs(block) for block in text.split("\n\n")]
    return tuple(_service(block) for block in blocks if block.get("Id"))


def read_services(units: Sequence[str]) -> tuple[Service, ...]:
    """Those units; none where systemd does not answer, which it does to everybody by D-Bus, without it to root only."""
    try:
        text = run(["systemctl", "show", f"--property={','.join(_SHOWN)}", "--", *units], timeout=10).out
    except KioskError:
        return ()
    return parse_services(text.decode("utf-8", "replace"))


def _pairs(block: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in block.splitlines() if "=" in line)


def _service(block: dict[str, str]) -> Service:
    restarts = block.get("NRestarts", "")
    return Service(
        unit=block["Id"],
        load=block.get("LoadState", ""),
        active=block.get("ActiveState", ""),
        sub=block.get("SubState", ""),
        result=block.get("Result", ""),
        restarts=int(restarts) if restarts.isdecimal() else 0,
        wanted=bool(block.get("WantedBy") or block.get("RequiredBy")),
    )
