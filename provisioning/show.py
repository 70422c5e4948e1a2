"""Findings for a terminal: a mark, where, what; below it what to do."""

from collections import Counter
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


def shared(tables: Sequence[tuple[int, Sequence[Finding]]], *, most: int = 5) -> str:
    """The findings that more than `most` of the tables hold, each once, with the numbers of their tables."""
    found: dict[tuple[Level, str, str], list[int]] = {}
    for number, findings in tables:
        for each in dict.fromkeys((row.level, row.what, row.remedy) for row in findings):
            found.setdefault(each, []).append(number)
    common = {each: numbers for each, numbers in found.items() if len(numbers) > most}
    return table(
        [
            Finding(f"{len(numbers)} bản", level, f"{what} Hàng {', '.join(map(str, numbers))}.", remedy)
            for (level, what, remedy), numbers in common.items()
        ]
    )


def apart(tables: Sequence[tuple[int, Sequence[Finding]]], *, most: int = 5) -> list[list[Finding]]:
    """The findings of each table that `shared` does not tell."""
    told = Counter(what for _, findings in tables for what in {row.what for row in findings})
    return [[row for row in findings if told[row.what] <= most] for _, findings in tables]
