"""Each box: how it fared lately, and what of that wants a hand."""

from dataclasses import dataclass

from kiosk.collector.days import day_of
from kiosk.collector.province import Province

DAYS = 14
_HOT, _DISK_LOW, _MEMORY_LOW = 80, 500, 40  # Celsius; MiB
_REFUSED, _WEAK, _WORN = 20, -80, 80  # stations turned away in the days shown; dBm; percent of a disk's life
_QUERY = (
    "SELECT device.site, site.name, site.commune, device.device, version, first_heard, last_heard, twins, moved, "
    "seen.celsius, seen.lowvolts, seen.slowed, seen.disk, seen.memory, seen.stations, seen.refused, seen.signal, "
    "seen.card_errors, seen.worn "
    "FROM device JOIN site ON site.site = device.site "
    "LEFT JOIN (SELECT device, count(*) AS moved FROM device GROUP BY device HAVING count(*) > 1) AS twice "
    "ON twice.device = device.device "
    "LEFT JOIN (SELECT site, device, max(celsius) AS celsius, sum(lowvolts) AS lowvolts, sum(slowed) AS slowed, "
    "min(disk) AS disk, min(memory) AS memory, max(stations) AS stations, sum(refused) AS refused, "
    "min(signal) AS signal, max(card_errors) AS card_errors, max(worn) AS worn "
    "FROM health WHERE day BETWEEN ? AND ? GROUP BY site, device) AS seen "
    "ON seen.site = device.site AND seen.device = device.device"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box under the village whose token it spoke with.

    Attributes:
        site: the village's id; `name` and `commune` beside it.
        device: its id.
        version: of its software.
        first: the day it was first heard, from 1970; `last` the newest.
        celsius: the hottest of the days shown; None: never measured, as with the next ones.
        disk: MiB, the least.
        memory: MiB, the least.
        stations: the most at once.
        signal: dBm, the weakest.
        refused: how often the radio turned somebody away.
        amiss: what wants a hand, ids of the words that say it and its remedy.
    """

    site: str
    name: str
    commune: str
    device: str
    version: str
    first: int
    last: int
    celsius: int | None
    disk: int | None
    memory: int | None
    stations: int | None
    signal: int | None
    refused: int
    amiss: tuple[str, ...]


def boxes(province: Province, now: int, *, commune: str = "", site: str = "") -> list[Box]:
    """The boxes of a commune, of a village, or all; those that want a hand first."""
    today = day_of(now)
    only = " WHERE device.site = ?" if site else " WHERE site.commune = ?" if commune else ""
    values = (today - DAYS + 1, today, *([site or commune] if only else []))
    found = [_box(row) for row in province.rows(_QUERY + only, values)]
    return sorted(found, key=lambda box: (-len(box.amiss), box.name, box.site, box.device))


def _box(row: tuple[object, ...]) -> Box:
    site, name, commune, device, version, first, last, twins, moved, *seen = row
    celsius, low, slowed, disk, memory, stations, refused, signal, errors, worn = (_whole(value) for value in seen)
    told = {
        "twins": bool(twins),
        "moved": bool(moved),
        "hot": celsius is not None and celsius >= _HOT,
        "lowvolts": bool(low),
        "slowed": bool(slowed) and not low,
        "disk": disk is not None and disk < _DISK_LOW,
        "memory": memory is not None and memory < _MEMORY_LOW,
        "card": bool(errors) or (worn or 0) >= _WORN,
        "refused": (refused or 0) >= _REFUSED,
        "signal": signal is not None and signal < _WEAK,
    }
    return Box(
        site=str(site),
        name=str(name),
        commune=str(commune),
        device=bytes(device).hex(),  # type: ignore[call-overload]
        version=str(version),
        first=day_of(_whole(first) or 0),
        last=day_of(_whole(last) or 0),
        celsius=celsius,
        disk=disk,
        memory=memory,
        stations=stations,
        signal=signal,
        refused=refused or 0,
        amiss=tuple(word for word, wrong in told.items() if wrong),
    )


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))
