"""The report as one code that a technician photographs where there is no link, and sends to the province later.

It holds what the page holds that matters: figures under the names they have in the JSON, findings that want something
done, the last days' counts. No secret, no address, nobody's name.
"""

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

import msgspec

from kiosk.codes import draw
from kiosk.findings import Level, worst
from kiosk.status.report import Report
from kiosk.status.show import DAYS, MARKS, SHOWN, date, gravest_first

# Version 22 of 40 at the lowest level: 105 modules a side, which a cheap phone still reads from a screen.
MOST: Final = 1000  # bytes
_FORM: Final = 1
_CUT: Final = "…"
# A half block shows two modules; black on white whatever the terminal's own colours are.
_BLOCKS: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_BLACK_ON_WHITE, _PLAIN = "\x1b[30;107m", "\x1b[0m"


def text(report: Report, most: int = MOST) -> str:
    """What the code says, line by line, what matters most in front; cut at a line's end where it is too long.

    Args:
        report: how the house is.
        most: bytes.
    """
    lines = list(_lines(report))
    whole = "\n".join(lines)
    while len(whole.encode()) > most and len(lines) > 1:
        lines.pop()
        whole = "\n".join([*lines, _CUT])
    return whole


def terminal(report: Report) -> str:
    """The code in half blocks; 113 columns and 57 rows at the most."""
    rows = _framed(draw.modules(text(report), level="L"))
    pairs = zip_longest(islice(rows, 0, None, 2), islice(rows, 1, None, 2), fillvalue=(False,) * len(rows[0]))
    return "\n".join(f"{_BLACK_ON_WHITE}{_line(upper, lower)}{_PLAIN}" for upper, lower in pairs)


def svg(report: Report) -> str:
    """The code as a drawing."""
    return draw.svg(text(report), label=f"Tình trạng máy {report.site}", level="L")


def _lines(report: Report) -> Iterator[str]:
    yield f"DOMDOM{_FORM} {report.site} {report.version} {worst(report.findings)}"
    figures = msgspec.to_builtins(report.figures)
    packs = figures.pop("packs")
    yield " ".join(_pair(name, value) for name, value in figures.items() if value not in (None, ""))
    if packs:
        yield " ".join(f"{name}={version}" for name, version in packs.items())
    for finding in gravest_first(report):
        if finding.level in (Level.WARN, Level.FAIL):
            yield f"{MARKS[finding.level]} {finding.area}: {finding.what}"
    yield f"ngày {'/'.join(SHOWN.values())}"
    for day, counts in list(report.days.items())[: -DAYS - 1 : -1]:
        yield f"{date(day)} {'/'.join(str(counts.get(kind, 0)) for kind in SHOWN)}"


def _pair(name: str, value: object) -> str:
    return f"{name}={str(value).replace(' ', '_')}"


def _framed(rows: tuple[tuple[bool, ...], ...]) -> list[tuple[bool, ...]]:
    """With white around, as scanners want it."""
    side = (False,) * draw.QUIET
    empty = [(False,) * (len(rows) + 2 * draw.QUIET)] * draw.QUIET
    return [*empty, *((*side, *row, *side) for row in rows), *empty]


def _line(upper: tuple[bool, ...], lower: tuple[bool, ...]) -> str:
    return "".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
