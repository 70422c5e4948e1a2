"""The table of skills, docs/skills.md: `python -m tests.support.skills docs/skills.md`."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.authoring import source
from kiosk.authoring.source import PathRow, TopicRow
from kiosk.practice.graph import start
from kiosk.practice.route import route
from kiosk.practice.scenario import Scenario
from tests.support.desk import Desk
from tests.support.met import met
from tests.support.scenarios import ROOT

CONTENT = ROOT / "content"
HEADERS = 300  # bytes of an answer's headers, at most
HEAD = """\
# The table of skills

What can be practised. Steps are those of the shortest way, from the shortest variant to the longest; the largest page
is in bytes, packed, with its headers (at most {most:,}). `make contact-sheet` writes this anew and shows every screen.
"""
MOST = 14_600  # bytes of a step on the wire


def page() -> str:
    """The whole page."""
    packs = [source.read(file.parent) for file in sorted(CONTENT.glob("*/pack.toml"))]
    tables = [_topic(one.folder, topic, one.pack.path) for one in packs for topic in one.pack.topic]
    rows = [path for one in packs for path in one.pack.path]
    scenarios = [Desk.of(file).scenario for file in sorted(CONTENT.glob("*/practice/*.yaml"))]
    twins = [variant.twin for scenario in scenarios for variant in scenario.variants]
    total = (
        f"{len(rows)} paths, {len(scenarios)} scenarios, {len(twins)} variants: {twins.count('trap')} traps, "
        f"{twins.count('honest')} honest twins, {twins.count('none')} without a trap.\n"
    )
    return "\n".join([HEAD.format(most=MOST), *tables, total])


def _topic(folder: Path, topic: TopicRow, paths: tuple[PathRow, ...]) -> str:
    rows = [_row(folder, path) for path in paths if path.topic == topic.id]
    head = "| skill | scenario | steps | variants | traps + twins | largest page |\n|---|---|---|---|---|---|\n"
    return f"## {topic.title['vi']}\n\n{head}{''.join(rows)}"


def _row(folder: Path, path: PathRow) -> str:
    if not path.scenario:
        return f"| {path.title['vi']} | a lesson only | | | | |\n"
    desk = Desk.of(folder / "practice" / f"{path.scenario}.yaml")
    twins = [variant.twin for variant in desk.scenario.variants]
    pairs = f"{twins.count('trap')} + {twins.count('honest')}" if "trap" in twins else "–"
    cells = (path.title["vi"], f"`{path.scenario}`", _steps(desk.scenario), len(twins), pairs, f"{largest(desk):,}")
    return f"| {' | '.join(map(str, cells))} |\n"


def _steps(scenario: Scenario) -> str:
    ways = [len(route(scenario, start(scenario, variant.id)) or ()) for variant in scenario.variants]
    return f"{min(ways)}–{max(ways)}" if min(ways) < max(ways) else str(min(ways))


def largest(desk: Desk) -> int:
    """Bytes of the largest page that is met, in hundreds: a few more or less change nothing here."""
    return -(-max(_sizes(desk)) // 100) * 100


def _sizes(desk: Desk) -> Iterator[int]:
    for one in met(desk.scenario):
        yield len(gzip.compress(desk.page(one.state).encode(), mtime=0)) + HEADERS


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
