"""Findings for a terminal: a mark, where, what; below it what to do."""

from collections.abc import Sequence

from kiosk.findings import Finding, Level

MARKS = {Level.OK: "✓", Level.NOTE: "·", Level.WARN: "!", Level.FAIL: "✗"}


def table(findings: Sequence[Finding], *, indent: str = "") -> str:
    """The findings as lines, in their order; empty when there are none."""
    wide = max((len(finding.area) for finding in findings), default=0)
    rows = []
    for finding in findings:
        rows.append(f"{indent}{MARKS[finding.level]} {finding.area:<{wide}}  {finding.what}")
        if finding.remedy:
            rows.append(f"{indent}  {'':<{wide}}  → {finding.remedy}")
    return "\n".join(rows)
