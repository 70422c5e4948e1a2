"""Findings and counts for a reader: a table in a terminal, or JSON for a page and for machines."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import msgspec

from kiosk.findings import Finding, Level, worst
from kiosk.status.report import Report
from kiosk.usage.report import Days

MARKS: Final[Mapping[Level, str]] = {Level.OK: "✓", Level.NOTE: "·", Level.WARN: "!", Level.FAIL: "✗"}
SHOWN: Final[Mapping[str, str]] = {"view": "xem", "play": "nghe", "attempt": "tập", "visit": "lượt", "help": "trợ giúp"}
DAYS: Final = 7
_DAY = 86_400


def table(report: Report) -> str:
    """The report as lines of text: what was seen, what to do, and the last days' counts."""
    wide = max((len(finding.area) for finding in report.findings), default=0)
    rows = []
    for finding in report.findings:
        rows.append(f"{MARKS[finding.level]} {finding.area:<{wide}}  {finding.what}")
        if finding.remedy:
            rows.append(f"  {'':<{wide}}  → {finding.remedy}")
    return "\n".join([*rows, *_counts(report.days)])


def document(report: Report) -> str:
    """The same as JSON.

    Returns:
        {site, name, version, worst, figures: {…}, findings: [{area, level, what, remedy}], days: {date: {kind: n}}}.
    """
    value = {
        "site": report.site,
        "name": report.name,
        "version": report.version,
        "worst": worst(report.findings),
        "figures": report.figures,
        "findings": report.findings,
        "days": {date(day): dict(counts) for day, counts in report.days.items()},
    }
    return msgspec.json.encode(value).decode("utf-8")


def gravest_first(report: Report) -> list[Finding]:
    """The findings, those that matter most in front; among equals in the order of the report."""
    order = list(Level)
    return sorted(report.findings, key=lambda finding: -order.index(finding.level))


def date(day: int | None) -> str:
    """A day counted from 1970 as YYYY-MM-DD; "?" when nobody knows it."""
    return "?" if day is None else datetime.fromtimestamp(day * _DAY, UTC).date().isoformat()


def _counts(days: Days) -> list[str]:
    if not days:
        return []
    heads = list(SHOWN.values())
    rows = ["", f"{'ngày':<10}" + "".join(f"{head:>10}" for head in heads)]
    for day, counts in list(days.items())[-DAYS:]:
        rows.append(f"{date(day):<10}" + "".join(f"{counts.get(kind, 0):>10}" for kind in SHOWN))
    return rows
