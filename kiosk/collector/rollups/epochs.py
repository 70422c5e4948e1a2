"""What is held of each epoch, what is late and what is lost; and whether two boxes bear one identity."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kiosk.collector.province import Province
from kiosk.events.epochs import Quality
from kiosk.events.ranges import Ranges

# Two clocks set by phones may differ by the cluster of their votes at each end; longer side by side is two boxes.
_TWINS_SECONDS = 600
_MOST = 10**9  # what a box says of its own seqs may be nonsense, and sums of it must stay numbers


def count(province: Province, site: str) -> None:
    """Count a site's stale epochs anew; call it inside a transaction of the site."""
    stale = [(bytes(device), bytes(epoch)) for device, epoch in province.rows(_STALE, (site,))]
    if not stale:
        return
    held, apart, arrived = (_by_epoch(province, query, site) for query in (_HELD, _ASIDE, _ARRIVED))
    gone: dict[_Which, list[tuple[int, int]]] = defaultdict(list)
    for device, epoch, first, last in province.rows(_GONE, (site,)):
        gone[bytes(device), bytes(epoch)].append((first, last))
    for which in stale:
        numbers = _numbers(held[which], apart[which], Ranges.join(gone[which]), arrived[which][0])
        province.run(_COUNTED, (*numbers, False, site, *which))
    for device in sorted({device for device, _ in stale}):
        _twins(province, site, device)
    province.run("DELETE FROM holding WHERE site = ?", (site,))
    province.run(_HOLDING, (site, site))


_Which = tuple[bytes, bytes]  # device and epoch

# Events without a day are those of an epoch whose time is unknown (quality 0) or not believed.
_HOLDING = (
    "INSERT INTO holding (site, undated, late, lost, aside, doubted) "
    "SELECT ?, sum(CASE WHEN quality = 0 OR doubted THEN held ELSE 0 END), sum(late), sum(lost), sum(aside), "
    "sum(CASE WHEN doubted THEN 1 ELSE 0 END) FROM epoch WHERE site = ?"
)


def _by_epoch(province: Province, query: str, site: str) -> Mapping[_Which, tuple[int, int]]:
    """Of each stale epoch how many, and the highest seq."""
    rows = province.rows(query, (site,))
    return defaultdict(lambda: (0, 0), {(bytes(of), bytes(epoch)): (many, top) for of, epoch, many, top in rows})


def _numbers(events: tuple[int, int], apart: tuple[int, int], gone: Ranges, arrived: int) -> tuple[int, int, int, int]:
    """Held, lost, aside and late: a seq below the highest that was ever named is late until one of the others."""
    (held, highest), (aside, highest_aside) = events, apart
    lost = gone.total - arrived
    late = max(highest, highest_aside, gone.spans[-1][1] if gone else 0) - held - lost - aside
    return held, min(lost, _MOST), aside, min(late, _MOST)


_STALE = "SELECT device, epoch FROM epoch WHERE site = ? AND stale"
_HELD = (
    "SELECT device, epoch, count(*), max(seq) FROM epoch JOIN event USING (site, device, epoch) "
    "WHERE site = ? AND stale GROUP BY device, epoch"
)
_GONE = "SELECT device, epoch, first, last FROM epoch JOIN gone USING (site, device, epoch) WHERE site = ? AND stale"
# An event may come after all, though it was said to be gone: then it is held.
_ARRIVED = (
    "SELECT device, epoch, count(DISTINCT seq), max(seq) FROM epoch JOIN gone USING (site, device, epoch) "
    "JOIN event USING (site, device, epoch) WHERE site = ? AND stale AND seq BETWEEN first AND last "
    "GROUP BY device, epoch"
)
_ASIDE = (
    "SELECT device, epoch, count(*), max(seq) FROM epoch JOIN aside USING (site, device, epoch) "
    "WHERE site = ? AND stale AND NOT EXISTS ("
    "SELECT 1 FROM event WHERE event.site = aside.site AND event.device = aside.device "
    "AND event.epoch = aside.epoch AND event.seq = aside.seq) AND NOT EXISTS ("
    "SELECT 1 FROM gone WHERE gone.site = aside.site AND gone.device = aside.device "
    "AND gone.epoch = aside.epoch AND aside.seq BETWEEN gone.first AND gone.last) GROUP BY device, epoch"
)
_COUNTED = (
    "UPDATE epoch SET held = ?, lost = ?, aside = ?, late = ?, stale = ? WHERE site = ? AND device = ? AND epoch = ?"
)
_SPANS = (
    "SELECT seconds + first_at, seconds + last_at FROM epoch "
    "WHERE site = ? AND device = ? AND quality >= ? AND NOT doubted AND first_at IS NOT NULL"
)


def _twins(province: Province, site: str, device: bytes) -> None:
    """How often two epochs of the device ran at one time, by clocks that can be trusted."""
    found = _overlaps(province.rows(_SPANS, (site, device, int(Quality.PHONES))))
    province.run("UPDATE device SET twins = ? WHERE site = ? AND device = ?", (found, site, device))


def _overlaps(spans: Iterable[tuple[int, int]]) -> int:
    found, latest = 0, None
    for first, last in sorted(spans):
        if latest is not None and min(latest, last) - first > _TWINS_SECONDS:
            found += 1
        latest = last if latest is None else max(latest, last)
    return found
