"""The report as the value of the status page."""

from collections.abc import Iterator

from kiosk.findings import worst
from kiosk.pages.status import StatusView
from kiosk.publish.offered import published
from kiosk.settings import Settings
from kiosk.status import qr
from kiosk.status.report import Figures, Report
from kiosk.status.show import DAYS, SHOWN, date
from kiosk.status.times import span

_HOUR = 3600


def view(settings: Settings, report: Report) -> StatusView:
    """What the page shows of a report."""
    first = published(settings)[0]
    return StatusView(
        lang="vi",
        first=first,
        name=report.name,
        site=report.site,
        version=report.version,
        worst=worst(report.findings),
        findings=report.findings,
        figures=tuple(_figures(report.figures)),
        kinds=tuple(SHOWN.values()),
        days={
            date(day): tuple(counts.get(kind, 0) for kind in SHOWN) for day, counts in list(report.days.items())[-DAYS:]
        },
        code=qr.svg(report),
        up=span(report.figures.uptime_hours * _HOUR),
    )


def _figures(seen: Figures) -> Iterator[tuple[str, str]]:
    """What a technician reads out over the telephone."""
    if seen.stations is not None:
        yield "Điện thoại", f"{seen.stations} / {seen.stations_most or '?'}"
    if seen.channel:
        yield "Wi-Fi", f"kênh {seen.channel}, {seen.country or 'luật của chip'}, {seen.firmware or '?'}"
    if seen.celsius is not None:
        yield "Nhiệt độ", f"{seen.celsius} °C"
    if seen.disk_free_mib is not None:
        yield "Thẻ nhớ trống", f"{seen.disk_free_mib} / {seen.disk_total_mib} MiB"
    yield "Chờ gửi", f"{seen.waiting} dòng"
    yield from seen.packs.items()
