"""What is held of each epoch, what is late and what is lost; and whether two boxes bear one identity."""

from kiosk.collector.province import Province
from kiosk.collector.tables import Epoch
from kiosk.events.epochs import Quality
from kiosk.events.ranges import Ranges

# Two clocks set by phones may differ by the cluster of their votes at each end; longer side by side is two boxes.
_TWINS_SECONDS = 600
_MOST = 10**9  # what a box says of its own seqs may be nonsense, and sums of it must stay numbers


def count(province: Province, site: str) -> None:
    """Count a site's stale epochs anew; call it inside a transaction of the site."""
    table = province.tables.epoch
    stale = list(table.select().where((table.site == site) & table.stale))
    for row in stale:
        _count(province, row)
    for device in sorted({row.device for row in stale}):
        _twins(province, site, device)
    if stale:
        province.run("DELETE FROM holding WHERE site = ?", (site,))
        province.run(_HOLDING, (site, site))


# Events without a day are those of an epoch whose time is unknown (quality 0) or not believed.
_HOLDING = (
    "INSERT INTO holding (site, undated, late, lost, aside, doubted) "
    "SELECT ?, sum(CASE WHEN quality = 0 OR doubted THEN held ELSE 0 END), sum(late), sum(lost), sum(aside), "
    "sum(CASE WHEN doubted THEN 1 ELSE 0 END) FROM epoch WHERE site = ?"
)


def _count(province: Province, row: Epoch) -> None:
    """Held, lost, aside and late: a seq below the highest that was ever named is late until one of the others."""
    whose = (row.site, bytes.fromhex(row.device), bytes.fromhex(row.epoch))
    ((held, highest),) = province.rows(_HELD, whose)
    ((apart, highest_aside),) = province.rows(_ASIDE, whose)
    gone = Ranges.join(province.rows(_GONE, whose))
    ((arrived,),) = province.rows(_ARRIVED, whose)
    lost = gone.total - arrived
    top = max(highest or 0, highest_aside or 0, gone.spans[-1][1] if gone else 0)
    late = top - held - lost - apart
    province.run(_COUNTED, (held, min(lost, _MOST), apart, min(late, _MOST), False, *whose))


_HELD = "SELECT count(*), max(seq) FROM event WHERE site = ? AND device = ? AND epoch = ?"
_GONE = "SELECT first, last FROM gone WHERE site = ? AND device = ? AND epoch = ?"
# An event may come after all, though it was said to be gone: then it is held.
_ARRIVED = (
    "SELECT count(DISTINCT event.seq) FROM gone JOIN event ON event.site = gone.site AND event.device = gone.device "
    "AND event.epoch = gone.epoch AND event.seq BETWEEN gone.first AND gone.last "
    "WHERE gone.site = ? AND gone.device = ? AND gone.epoch = ?"
)
_ASIDE = (
    "SELECT count(*), max(seq) FROM aside WHERE site = ? AND device = ? AND epoch = ? AND NOT EXISTS ("
    "SELECT 1 FROM event WHERE event.site = aside.site AND event.device = aside.device "
    "AND event.epoch = aside.epoch AND event.seq = aside.seq) AND NOT EXISTS ("
    "SELECT 1 FROM gone WHERE gone.site = aside.site AND gone.device = aside.device "
    "AND gone.epoch = aside.epoch AND aside.seq BETWEEN gone.first AND gone.last)"
)
_COUNTED = (
    "UPDATE epoch SET held = ?, lost = ?, aside = ?, late = ?, stale = ? WHERE site = ? AND device = ? AND epoch = ?"
)


def _twins(province: Province, site: str, device: str) -> None:
    """How often two epochs of the device ran at one time, by clocks that can be trusted."""
    table = province.tables.epoch
    rows = table.select().where(
        (table.site == site) & (table.device == device) & (table.quality >= Quality.PHONES) & ~table.doubted
    )
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
