"""What the recorder itself has to tell: what the time may be, and how the box is."""

from collections.abc import Mapping

from kiosk import clock
from kiosk.device import look as looks
from kiosk.device.card import read_card
from kiosk.device.health import read_health
from kiosk.events.epochs import Quality, Vote, from_votes, possible
from kiosk.events.event import Event, make
from kiosk.live.store import LiveStore
from kiosk.packs import installed
from kiosk.settings import Settings
from kiosk.usage.timeline import Reading
from kiosk.version import VERSION

HOUR = 3600
_VERSION_DIGITS = 6


def time_now(live: LiveStore, epoch: str) -> list[tuple[int, Quality]]:
    """What is known of the time now: by the phones' votes, and by this machine's own clock."""
    table = live.tables.vote
    votes = [Vote(row.wall, row.uptime) for row in table.select().where(table.epoch == epoch)]
    found = [voted] if (voted := from_votes(votes, earliest=int(clock.BUILD_DATE))) else []
    reading = Reading.now()
    if possible(reading.wall, clock.BUILD_DATE):
        found.append((reading.offset, Quality.SYNCED if clock.synchronized() else Quality.SAVED))
    return found


def health_event(settings: Settings) -> Event:
    """The box, now, and its radio as kiosk-health last saw it, unless that was too long ago to be now."""
    seen, card = read_health(settings.data), read_card(settings.data)
    now = int(clock.uptime())
    look = looks.read(settings)
    radio = look.radio if look and now - look.at < HOUR else None
    return make(
        "health",
        now,
        celsius=seen.celsius,
        throttled=seen.throttled.bits if seen.throttled else None,
        disk_free_mib=seen.disk.free_mib if seen.disk else None,
        memory_mib=seen.memory.available_mib if seen.memory else None,
        stations=radio.stations if radio else None,
        refused=radio.refused if radio else None,
        signal_dbm=radio.signal_dbm if radio else None,
        uptime_hours=now // HOUR,
        version=VERSION,
        card_errors=card.errors if card else None,
        written_mib=card.written_mib if card else None,
        worn_percent=card.worn_percent if card else None,
    )


def pack_events(settings: Settings, told: Mapping[str, str]) -> list[Event]:
    """A word for each pack that is not installed as it was told before: id -> version.

    Raises nothing: packs that cannot be read are somebody else's trouble.
    """
    at = int(clock.uptime())
    now = {own: version[:_VERSION_DIGITS] for own, version in installed.versions(settings.packs).items()}
    return [make("pack", at, pack=own, version=name) for own, name in now.items() if told.get(own) != name]
