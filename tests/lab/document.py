"""Writes the tables of docs/lab.md anew, from a box that it boots: `python -m tests.lab.document [SECTION…]`.

As root, and best on a machine that does nothing else: the load of the moment stands above each table.
"""

import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from provisioning.site_config import parse
from tests.bench import card_bytes, device, fleet
from tests.lab import floods, matrix, ports
from tests.lab.box import Box, box
from tests.lab.phone import phone
from tests.lab.traces import search
from tests.provisioning import exposure
from tests.provisioning.golden import SITES
from tests.support.house import ROOT

PAGE = ROOT / "docs" / "lab.md"
_SECONDS = 8  # of each look that a good phone takes

Table = list[Sequence[str]]


def ways(house: Box) -> Table:
    """Phone systems against the parts of the way."""
    rows: Table = [("system", "joins", "sheet opens", "lesson", "practice", "Xong", "connect", "AAAA, HTTPS, SVCB")]
    for way in matrix.ways(house):
        cells = [_stage(way.stages[name]) for name in matrix.STAGES]
        rows.append((way.client, f"{way.joined * 1000:.0f} ms", *cells, "no data" if way.no_data else "FAILED"))
    return rows


def _stage(stage: matrix.Stage) -> str:
    if not stage.ok:
        return "FAILED"
    return f"{stage.requests} · {stage.bytes:,} B · {stage.seconds * 1000:.0f} ms"


def doors(house: Box) -> Table:
    """What nmap finds from a phone's place."""
    rows: Table = [("address", "open", "everything else")]
    with phone(house, "scanner") as scanner:
        scanner.join()
        for address, found in ports.scans(scanner).items():
            rows.append((address, ", ".join(f"{port} ({state})" for port, state in found.open.items()), found.others))
    return rows


def bad(house: Box) -> Table:
    """Floods, and what a good phone notices."""
    rows: Table = [("a phone that …", "what came of it", "page p99", "probe p99", "not served")]
    for flood, told, before, seen in floods.every(house, _SECONDS):
        pages, probes = (
            f"{was:.0f} → {now:.0f} ms" for was, now in ((before.page, seen.page), (before.probe, seen.probe))
        )
        bound = "" if flood.bounded(told) else " NOT BOUNDED"
        rows.append((flood.name, flood.shown.format(**told) + bound, pages, probes, f"{seen.failed} of {seen.asked}"))
    return rows


def traces(house: Box) -> Table:
    """After all that, the card."""
    house.run("systemctl", "stop", "kiosk-recorder")
    done = search(house.data, house.met)
    house.run("systemctl", "start", "kiosk-recorder")
    return [
        ("phones that joined", "addresses and names searched for, in every form", "files", "bytes", "found"),
        (f"{len(house.met) // 2}", f"{done.words}", f"{done.files}", f"{done.bytes:,}", f"{len(done.found)}"),
    ]


def budgets() -> Table:
    """The device's configuration under load, beside bare nginx; a province's list of villages; the card's bytes."""
    return [("what", "measured", "beside", "budget"), *device.rows(), *fleet.rows(), *card_bytes.rows()]


def units() -> Table:
    """How far systemd finds each unit exposed."""
    with tempfile.TemporaryDirectory() as folder:
        exposure.together(Path(folder))
        told = [
            (f"`{name}`", f"{exposure.exposure(Path(folder), name):.1f}", whose)
            for names, whose in ((exposure.OURS, "ours"), (exposure.DEBIANS, "Debian's program, our walls"))
            for name in names
        ]
    return [("unit", "exposure", "whose"), *told]


ON_A_BOX: dict[str, Callable[[Box], Table]] = {"ways": ways, "doors": doors, "bad": bad, "traces": traces}
APART: dict[str, Callable[[], Table]] = {"budgets": budgets, "units": units}


def put(text: str, section: str, table: Table, when: str) -> str:
    """The page with one section's table anew."""
    rule = ["---"] * len(table[0])
    shown = "\n".join(f"| {' | '.join(row)} |" for row in [table[0], rule, *table[1:]])
    frame = re.compile(rf"(<!-- begin {section} -->\n).*?(<!-- end {section} -->)", re.DOTALL)
    return frame.sub(lambda found: f"{found[1]}{when}\n\n{shown}\n{found[2]}", text)


def _when() -> str:
    now = datetime.now(UTC)
    load = os.getloadavg()[0]
    return f"*{now:%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load before it {load:.1f}*"


@contextmanager
def _house() -> Iterator[Box]:
    with box(parse((SITES / "pi-3b-modem" / "site.toml").read_text(encoding="utf-8"))) as house:
        yield house


def main(wanted: list[str]) -> None:
    """Make each section that is wanted; all of them when none is named."""
    wanted = wanted or [*ON_A_BOX, *APART]
    if unknown := set(wanted) - {*ON_A_BOX, *APART}:
        sys.exit(f"no such section: {', '.join(sorted(unknown))}; there are: {', '.join([*ON_A_BOX, *APART])}")
    if here := [name for name in ON_A_BOX if name in wanted]:
        with _house() as house:
            for name in here:
                _write(name, lambda name=name: ON_A_BOX[name](house))
    for name, made in APART.items():
        if name in wanted:
            _write(name, made)


def _write(name: str, made: Callable[[], Table]) -> None:
    print(f"{name} ...", file=sys.stderr)
    when = _when()
    table = made()
    PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), name, table, when), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
