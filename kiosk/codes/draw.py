"""A text as a QR code in SVG, small enough to stand inside a page."""

from html import escape
from itertools import groupby
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError

from kiosk.errors import KioskError

QUIET: Final = 4  # modules of white around the code, as the standard wants
_LEVELS: Final = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}


def modules(text: str, *, level: str = "M") -> tuple[tuple[bool, ...], ...]:
    """The code's rows of modules, dark ones True, without the quiet zone.

    Args:
        text: what a scanner shall read.
        level: how much may be lost: L 7%, M 15%, Q 25%.

    Raises:
        KioskError: the text is too long for any code.
    """
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as long:  # qrcode says "Invalid version" for what no version holds
        raise KioskError(f"{len(text)} characters are too many for a QR code", hint="shorten the text") from long
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def svg(text: str, *, label: str, level: str = "M") -> str:
    """The code as an <svg> of one <path>: a stroke for each run of dark modules, one unit a module, white around.

    Args:
        text: what a scanner shall read.
        label: what it is, for whom cannot see it.
        level: see `modules`.

    Raises:
        KioskError: the text is too long for any code.
    """
    rows = modules(text, level=level)
    side = len(rows) + 2 * QUIET
    # Strokes lie on the middle of a row, so the box begins half a unit above the first: every number stays whole.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {side} {side}" role="img" aria-label="{escape(label)}"'
        f' shape-rendering="crispEdges" style="background:#fff"><path stroke="#000" d="{_path(rows)}"/></svg>'
    )


def _path(rows: tuple[tuple[bool, ...], ...]) -> str:
    """Relative strokes: shorter than absolute ones, and they compress well."""
    steps: list[str] = []
    pen_x, pen_y = 0, 0
    for y, row in enumerate(rows, QUIET):
        x = QUIET
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                move = f"m{x - pen_x} {y - pen_y}" if steps else f"M{x} {y}"
                steps.append(f"{move}h{width}")
                pen_x, pen_y = x + width, y
            x += width
    return "".join(steps)
