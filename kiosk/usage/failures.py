"""What went wrong on the box as other programs left it in memory, told once: its start, and its services."""

from collections.abc import Iterable, Mapping

import msgspec

from kiosk.device.services import Service
from kiosk.device.start import Start
from kiosk.events.event import Event, make
from kiosk.live import errors
from kiosk.live.store import LiveStore

_NAME = "services"
_DATA = {"aside": "set-aside", "memory": "in-memory"}


def of_start(start: Start | None, at: int) -> list[Event]:
    """The errors of how the box came up; they belong to the first events of an epoch that begins with a start."""
    if start is None:
        return []
    found = [("data", _DATA[start.data])] if start.data in _DATA else []
    found += [("site", "refused")] if start.wrong else []
    # The step's name is ours; what follows it may quote a file.
    found += [("first-boot", trouble.partition(":")[0]) for trouble in start.trouble]
    return [make("error", at, area=area, code=errors.named(code)) for area, code in found]


def of_services(services: Iterable[Service], before: Mapping[str, int]) -> list[tuple[str, str]]:
    """Area and code for each service that failed since the look before.

    Args:
        services: as systemd sees them now.
        before: unit -> how often it had been started again; one that was seen failed is there with one more.
    """
    return [
        (service.unit.removesuffix(".service"), _reason(service))
        for service in services
        if service.wanted and _count(service) > before.get(service.unit, 0)
    ]


def tell_services(live: LiveStore, services: tuple[Service, ...]) -> None:
    """Count the services that failed since this was called before, also by a recorder that ended meanwhile."""
    text = live.get(_NAME)
    before = msgspec.json.decode(text, type=dict[str, int]) if text else {}
    now = {service.unit: _count(service) for service in services}
    if now == before:
        return
    for area, code in of_services(services, before):
        errors.tell(live, area, code)
    with live.transaction():
        live.put(_NAME, msgspec.json.encode(now).decode("ascii"))


def _count(service: Service) -> int:
    return service.restarts + (service.active == "failed")


def _reason(service: Service) -> str:
    return "restarted" if service.result in ("", "success") else service.result
