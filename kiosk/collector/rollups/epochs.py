"""What is held of each epoch, what is late and what is lost; and whether two boxes bear one identity."""

from kiosk.collector.province import Province
from kiosk.collector.tables import Epoch
from kiosk.events.epochs import Quality
from kiosk.events.ranges import Ranges

# Two clocks set by phones may differ by the cluster of their votes at each end; longer side by side is two boxes.
_TWINS_SECONDS = 600
_HELD = "SELECT count(*), max(seq) FROM event WHERE site = ? AND device = ? AND epoch = ?"


def count(province: Province, site: str) -> None:
    """Count a site's stale epochs anew; call it inside a transaction of the site."""
    table = province.tables.epoch
    stale = list(table.select().where((table.site == site) & table.stale))
    for row in stale:
        _count(province, row)
    for device in sorted({row.device for row in stale}):
        _twins(province, site, device)


def _count(province: Province, row: Epoch) -> None:
    """Held, lost, aside and late: a seq below the highest that was ever named is late until one of the others."""
    tables = province.tables
    whose = (row.site, bytes.fromhex(row.device), bytes.fromhex(row.epoch))
    ((held, highest),) = province.rows(_HELD, whose)
    gone, aside = _gone(province, row), _aside(province, row)
    top = max([highest or 0, *(span[1] for span in (gone | aside).spans)])
    lost = gone.total - _events_in(province, row, gone)
    apart = (aside - gone).total - _events_in(province, row, aside - gone)
    found = {"held": held, "lost": lost, "aside": apart, "late": top - held - lost - apart, "stale": False}
    table = tables.epoch
    key = (table.site == row.site) & (table.device == row.device) & (table.epoch == row.epoch)
    table.update(**found).where(key).execute()


def _gone(province: Province, row: Epoch) -> Ranges:
    table = province.tables.gone
    found = table.select().where((table.site == row.site) & (table.device == row.device) & (table.epoch == row.epoch))
    return Ranges.join((span.first, span.last) for span in found)


def _aside(province: Province, row: Epoch) -> Ranges:
    table = province.tables.aside
    found = table.select().where((table.site == row.site) & (table.device == row.device) & (table.epoch == row.epoch))
    return Ranges.of(one.seq for one in found)


def _events_in(province: Province, row: Epoch, seqs: Ranges) -> int:
    """How many of these seqs came as events after all."""
    table = province.tables.event
    whose = (table.site == row.site) & (table.device == row.device) & (table.epoch == row.epoch)
    return sum(table.select().where(whose & table.seq.between(*span)).count() for span in seqs.spans)


def _twins(province: Province, site: str, device: str) -> None:
    """How often two epochs of the device ran at one time, by clocks that can be trusted."""
    table = province.tables.epoch
    rows = table.select().where((table.site == site) & (table.device == device) & (table.quality >= Quality.PHONES))
    found = _overlaps(
        [
            (row.seconds + row.first_at, row.seconds + row.last_at)
            for row in rows
            if row.first_at is not None and row.last_at is not None
        ]
    )
    of = province.tables.device
    of.update(twins=found).where((of.site == site) & (of.device == device)).execute()


def _overlaps(spans: list[tuple[int, int]]) -> int:
    found, latest = 0, None
    for first, last in sorted(spans):
        if latest is not None and min(latest, last) - first > _TWINS_SECONDS:
            found += 1
        latest = last if latest is None else max(latest, last)
    return found
