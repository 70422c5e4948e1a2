"""Findings and counts for a reader: a table in a terminal, or JSON for a page and for machines."""

from datetime import UTC, datetime

import msgspec

from kiosk.findings import Level, worst
from kiosk.status.report import Report
from kiosk.usage.report import Days

_MARKS = {Level.OK: "✓", Level.NOTE: "·", Level.WARN: "!", Level.FAIL: "✗"}
_SHOWN = {"view": "xem", "play": "nghe", "attempt": "tập", "visit": "lượt", "help": "trợ giúp"}
_DAYS = 7
_DAY = 86_400


def table(report: Report) -> str:
    """The report as lines of text: what was seen, what to do, and the last days' counts."""
    wide = max((len(finding.area) for finding in report.findings), default=0)
    rows = []
    for finding in report.findings:
        rows.append(f"{_MARKS[finding.level]} {finding.area:<{wide}}  {finding.what}")
        if finding.remedy:
            rows.append(f"  {'':<{wide}}  → {finding.remedy}")
    return "\n".join([*rows, *_counts(report.days)])


def document(report: Report) -> str:
    """The same as JSON: {site, version, worst, findings: [{area, level, what, remedy}], days: {date: {kind: n}}}."""
    value = {
        "site": report.site,
        "version": report.version,
        "worst": worst(report.findings),
        "findings": report.findings,
        "days": {date(day): dict(counts) for day, counts in report.days.items()},
    }
    return msgspec.json.encode(value).decode("utf-8")


def date(day: int | None) -> str:
    """A day counted from 1970 as YYYY-MM-DD; "?" when nobody knows it."""
    return "?" if day is None else datetime.fromtimestamp(day * _DAY, UTC).date().isoformat()


def _counts(days: Days) -> list[str]:
    if not days:
        return []
    heads = list(_SHOWN.values())
    rows = ["", f"{'ngày':<10}" + "".join(f"{head:>10}" for head in heads)]
    for day, counts in list(days.items())[-_DAYS:]:
        rows.append(f"{date(day):<10}" + "".join(f"{counts.get(kind, 0):>10}" for kind in _SHOWN))
    return rows
