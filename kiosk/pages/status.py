"""What the status page is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.findings import Finding, Level
from kiosk.pages.views import View


@dataclass(frozen=True, kw_only=True)
class StatusView(View):
    """How the box is, for whoever looks after it; in Vietnamese only.

    Attributes:
        name: the house's, as people read it.
        site: its id.
        version: of the software.
        worst: the gravest level of all findings.
        findings: in the order of the report.
        figures: what was measured, as (what, value) in Vietnamese, in the order shown.
        kinds: heads of the table of days.
        days: day -> a count for each head, oldest first.
        code: the report as one code, SVG markup.
        up: how long the box has been on.
    """

    name: str
    site: str
    version: str
    worst: Level
    findings: tuple[Finding, ...]
    figures: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    days: Mapping[str, tuple[int, ...]]
    code: str
    up: str

    @property
    def wanting(self) -> tuple[Finding, ...]:
        """The findings that want something done now, the gravest first."""
        return tuple(row for level in (Level.FAIL, Level.WARN) for row in self.findings if row.level is level)

    @property
    def others(self) -> tuple[Finding, ...]:
        """The findings that only tell."""
        return tuple(row for row in self.findings if row.level in (Level.OK, Level.NOTE))
