"""Many villages at once: a list becomes site files and rendered trees, each judged."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level, worst
from provisioning import spreadsheet, tree
from provisioning.check.judge import judge
from provisioning.new_site import build
from provisioning.render import render
from provisioning.site_config import SiteConfig, parse
from provisioning.site_file import write

# The real programs mostly wait (hostapd for its beacon), so that more of them run than there are cores.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Village:
    """One village of the list.

    Attributes:
        row: as the spreadsheet counts.
        id: of the site; empty when it has no name.
        name: as the list has it.
        config: the site; None when its row is not whole.
        findings: what is to be said of it.
    """

    row: int
    id: str
    name: str
    config: SiteConfig | None
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The gravest of its findings."""
        return worst(self.findings)


def plan(data: bytes, common: Mapping[str, Any]) -> tuple[list[Village], tuple[str, ...]]:
    """The villages of a spreadsheet's bytes, and the headings that are not used.

    Args:
        data: the file.
        common: key of a site file -> value, for every village whose row does not say otherwise.

    Raises:
        KioskError: it is no such list.
    """
    listed = spreadsheet.read(data)
    return [_village(row, common) for row in spreadsheet.apart(listed.rows)], listed.unknown


def make(villages: list[Village], out: Path, *, force: bool = False) -> list[Village]:
    """Write `out/<id>.toml` and `out/<id>/` for each whole village; the villages with all that was found.

    Args:
        villages: as `plan` made them.
        out: the folder of the sites.
        force: whether a site file that somebody has changed is written anew; else it stays and is what is rendered.
    """
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda village: _make(village, out, force=force), villages))


def _village(row: spreadsheet.Row, common: Mapping[str, Any]) -> Village:
    config, wrong = build({**common, **row.given})
    faults = [*row.faults, *(fault for fault in wrong if fault.key not in {told.key for told in row.faults})]
    given = row.given
    findings = tuple(Finding(fault.key, Level.FAIL, fault.what, fault.remedy) for fault in faults)
    return Village(
        row=row.number,
        id=str(given.get("site.id", "")),
        name=str(given.get("site.village", "")),
        config=None if faults else config,
        findings=findings,
    )


def _make(village: Village, out: Path, *, force: bool) -> Village:
    if village.config is None:
        return village
    try:
        found = _written(village.config, out / f"{village.id}.toml", force=force)
    except KioskError as wrong:
        found = [Finding(village.id, Level.FAIL, f"{wrong.message}.", wrong.hint)]
    return replace(village, findings=tuple(found))


def _written(config: SiteConfig, path: Path, *, force: bool) -> list[Finding]:
    text, kept = write(config), []
    if path.exists() and not force and (own := path.read_text(encoding="utf-8")) != text:
        what = f"{path.name} đã được sửa bằng tay, giữ nguyên."
        kept = [Finding("tệp", Level.WARN, what, "Muốn làm lại theo danh sách: thêm --force.")]
        text = own
    else:
        tree.save(path, text)
    files = {name: (file.text, file.mode) for name, file in render(parse(text, path.name)).items()}
    tree.lay(path.with_suffix(""), text, files)
    return [*kept, *judge(path.with_suffix(""))]
