"""Facts of the house -> findings: what a technician or volunteer should know, each with what to do."""

from dataclasses import dataclass
from typing import Self

import msgspec

from kiosk import clock
from kiosk.device import look as looks
from kiosk.device import start as starts
from kiosk.device.card import Card, read_card
from kiosk.device.health import Health, read_health
from kiosk.device.look import Look
from kiosk.device.start import Start
from kiosk.findings import Finding
from kiosk.outbox import outcome, stick
from kiosk.outbox.outcome import Outcome
from kiosk.outbox.stick import Visit
from kiosk.packs.library import Library
from kiosk.settings import Settings
from kiosk.status.box import box
from kiosk.status.carrying import carrying
from kiosk.status.counting import counting
from kiosk.status.pages import pages
from kiosk.status.radio import radio
from kiosk.status.sending import sending
from kiosk.status.services import WATCHED, services
from kiosk.status.start import start
from kiosk.usage import report as usage
from kiosk.usage.report import Days, Usage
from kiosk.version import VERSION

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was looked at.

    Attributes:
        uptime: when, in seconds.
        health: heat, power, disk and memory.
        card: what holds the data; None where the kernel names nothing.
        look: radio and services; None when nobody has looked since the start.
        usage: what was counted.
        sent: how the last upload since the start ended.
        carried: the last visit of a stick since then.
        library: the packs.
        start: how the box came up; None where nobody looked.
    """

    uptime: int
    health: Health
    card: Card | None
    look: Look | None
    usage: Usage
    sent: Outcome | None
    library: Library
    start: Start | None = None
    carried: Visit | None = None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The facts as numbers and names, for machines; None where nobody can say. No address is among them."""

    uptime_hours: int
    celsius: int | None = None
    throttled: int | None = None
    disk_free_mib: int | None = None
    disk_total_mib: int | None = None
    card_errors: int | None = None
    memory_mib: int | None = None
    stations: int | None = None
    stations_most: int | None = None
    refused: int | None = None
    signal_dbm: int | None = None
    country: str | None = None
    channel: int | None = None
    firmware: str | None = None
    time: str = ""
    waiting: int = 0
    sent_hours: int | None = None
    packs: dict[str, str] = {}

    @classmethod
    def of(cls, settings: Settings, seen: Facts) -> Self:
        """The figures of what was looked at."""
        health, air = seen.health, seen.look.radio if seen.look else None
        return cls(
            uptime_hours=seen.uptime // _HOUR,
            celsius=health.celsius,
            throttled=health.throttled.bits if health.throttled else None,
            disk_free_mib=health.disk.free_mib if health.disk else None,
            disk_total_mib=health.disk.total_mib if health.disk else None,
            card_errors=seen.card.errors if seen.card else None,
            memory_mib=health.memory.available_mib if health.memory else None,
            stations=air.stations if air else None,
            stations_most=settings.radio.stations or None,
            refused=air.refused if air else None,
            signal_dbm=air.signal_dbm if air else None,
            country=air.country if air else None,
            channel=air.channel if air else None,
            firmware=air.firmware if air else None,
            time=seen.usage.offset.quality.name.lower(),
            waiting=seen.usage.waiting,
            sent_hours=(seen.uptime - seen.sent.at) // _HOUR if seen.sent and seen.sent.ok else None,
            packs={pack.id: pack.version[:6] for pack in seen.library.packs},
        )


@dataclass(frozen=True, slots=True)
class Report:
    """How a house is.

    Attributes:
        site: its id.
        name: as people read it.
        version: of the software.
        figures: what was measured.
        findings: in the order of a report.
        days: day -> kind -> how many events, as `usage.report` has them.
    """

    site: str
    name: str
    version: str
    figures: Figures
    findings: tuple[Finding, ...]
    days: Days


def read(settings: Settings, *, fresh: bool = False) -> Report:
    """Look at everything that can be looked at on this machine.

    Args:
        settings: the house.
        fresh: whether radio and services are looked at now, by programs, and the look left for others; else what
            was left is taken.
    """
    seen = facts(settings, _look(settings) if fresh else looks.read(settings))
    return Report(
        site=settings.site.id,
        name=settings.site.name,
        version=VERSION,
        figures=Figures.of(settings, seen),
        findings=tuple(judge(settings, seen)),
        days=seen.usage.days,
    )


def facts(settings: Settings, look: Look | None) -> Facts:
    """Everything, with that look at radio and services."""
    return Facts(
        uptime=int(clock.uptime()),
        health=read_health(settings.data),
        card=read_card(settings.data),
        look=look,
        usage=usage.read(settings),
        sent=outcome.read(settings),
        library=Library.open(settings.packs),
        start=starts.read(settings),
        carried=stick.last(settings),
    )


def judge(settings: Settings, seen: Facts) -> list[Finding]:
    """The findings, in the order in which a technician looks: what phones meet first."""
    return [
        *services(settings, seen.look),
        *radio(settings, seen.look, seen.uptime),
        *pages(settings, seen.library),
        *counting(seen.usage),
        *sending(settings, seen.usage, seen.sent, seen.uptime),
        *carrying(settings, seen.carried),
        *start(seen.start),
        *box(seen.health, seen.card, undervolted=bool(seen.look and seen.look.undervolted)),
    ]


def _look(settings: Settings) -> Look | None:
    """What this program sees; what it may not see, as another saw it."""
    seen, kept = looks.take(tuple(WATCHED)), looks.read(settings)
    if seen.empty:
        return kept
    looks.keep(settings, seen)
    return seen
