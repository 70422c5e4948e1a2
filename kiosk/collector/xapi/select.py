"""Which events become statements: those whose day will hardly move any more, since a statement can never be changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.collector.province import Province
from kiosk.collector.rollups.details import fields
from kiosk.collector.xapi.statement import KINDS, Statement, Told, statement
from kiosk.events.epochs import Quality
from kiosk.events.kinds import by_code, kinds
from kiosk.events.ranges import Ranges

_LONG_AGO = 30 * 86_400  # seconds after which no better time is waited for
_DATED = "NOT doubted AND (quality >= ? OR (quality > ? AND epoch.seconds + last_at < ?))"
_EPOCHS = f"SELECT site, device, epoch, seconds FROM epoch WHERE {_DATED} ORDER BY site, device, epoch"  # noqa: S608
_WAITING = (
    "SELECT epoch.site, epoch.device, epoch.epoch, seconds, seqs FROM epoch LEFT JOIN forwarded "  # noqa: S608
    "ON forwarded.site = epoch.site AND forwarded.device = epoch.device AND forwarded.epoch = epoch.epoch "
    f"AND store = ? WHERE {_DATED} AND held > coalesce(many, 0) ORDER BY epoch.site, epoch.device, epoch.epoch LIMIT ?"
)
_AT_ONCE = 200  # epochs
_EVENTS = "SELECT seq, kind, at, payload FROM event WHERE site = ? AND device = ? AND epoch = ? ORDER BY seq"


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch of a village's box, the moment its uptime begins, and the seqs that are done with."""

    site: str
    device: str
    epoch: str
    seconds: int
    done: Ranges


def dated(province: Province, now: int) -> Iterator[Epoch]:
    """Every epoch whose time is good, or as good as it will be."""
    for site, device, epoch, seconds in province.rows(_EPOCHS, _times(now)):
        yield Epoch(site, bytes(device).hex(), bytes(epoch).hex(), seconds, Ranges())


def waiting(province: Province, store: str, now: int) -> list[Epoch]:
    """Some of those that hold what the store has not."""
    return [
        Epoch(site, bytes(device).hex(), bytes(epoch).hex(), seconds, parse(seqs or ""))
        for site, device, epoch, seconds, seqs in province.rows(_WAITING, (store, *_times(now), _AT_ONCE))
    ]


def _times(now: int) -> tuple[int, int, int]:
    return int(Quality.PHONES), int(Quality.UNKNOWN), now - _LONG_AGO


def statements(province: Province, epoch: Epoch) -> Iterator[tuple[int, Statement | None]]:
    """The epoch's events that are not done with, in order: each with its statement, or None when it makes none."""
    codes = {kinds()[name].code for name in KINDS}
    whose = (epoch.site, bytes.fromhex(epoch.device), bytes.fromhex(epoch.epoch))
    for seq, code, at, payload in province.rows(_EVENTS, whose):
        if seq in epoch.done:
            continue
        known = fields(code, payload) if code in codes else {}
        told = Told(epoch.site, epoch.device, epoch.epoch, seq, by_code()[code].name, known, epoch.seconds + at)
        yield seq, statement(told)


def parse(text: str) -> Ranges:
    """Ranges as they lie in the database: 1-5,9-9."""
    spans = [part.partition("-") for part in text.split(",") if part]
    return Ranges(tuple((int(first), int(last)) for first, _, last in spans))


def write(seqs: Ranges) -> str:
    """The other way."""
    return ",".join(f"{first}-{last}" for first, last in seqs.spans)
