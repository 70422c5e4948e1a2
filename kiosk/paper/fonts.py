"""The letters of what is printed: Debian's Noto Sans, which has Vietnamese's stacked marks, and Tai Viet beside it."""

from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.errors import KioskError

NORMAL, BOLD, TAI_VIET = "Sheet", "Sheet-Bold", "Sheet-TaiViet"
MARK = "\x02"  # where bold begins and where it ends
_FOLDER = Path("/usr/share/fonts/truetype/noto")
_FILES = {NORMAL: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf", TAI_VIET: "NotoSansTaiViet-Regular.ttf"}


@cache
def load() -> Mapping[str, TTFont]:
    """Make the fonts known to reportlab, once a process.

    Returns:
        each font by its name.

    Raises:
        KioskError: they are not on this machine.
    """
    try:
        loaded = {name: TTFont(name, _FOLDER / file) for name, file in _FILES.items()}
    except TTFError as missing:
        hint = "sudo apt-get install fonts-noto-core"
        raise KioskError(f"{_FOLDER} has no fonts to print with", hint=hint) from missing
    for font in loaded.values():
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(NORMAL, normal=NORMAL, bold=BOLD, italic=NORMAL, boldItalic=BOLD)
    return loaded


def width(text: str, size: float, *, bold: bool) -> float:
    """Points that the text takes on one line."""
    main = BOLD if bold else NORMAL
    return sum(pdfmetrics.stringWidth(run, font, size) for font, run in _runs(text.replace(MARK, ""), main))


def markup(text: str, *, bold: bool) -> str:
    """The text as reportlab's paragraphs want it: bold between MARKs, other scripts in their own font."""
    parts = []
    for number, part in enumerate(text.split(MARK)):
        strong = bold or number % 2 == 1
        main = BOLD if strong else NORMAL
        inside = "".join(_set(run, font, main) for font, run in _runs(part, main)).replace("\n", "<br/>")
        parts.append(f"<b>{inside}</b>" if strong and inside else inside)
    return "".join(parts)


def _set(run: str, font: str, main: str) -> str:
    return escape(run) if font == main else f'<font name="{font}">{escape(run)}</font>'


def _runs(text: str, main: str) -> list[tuple[str, str]]:
    """(font, run) for each stretch of letters that one font has; letters that none has stay with the main one."""
    known, other = (load()[name].face.charToGlyph for name in (main, TAI_VIET))
    fonts = ((TAI_VIET if ord(letter) not in known and ord(letter) in other else main, letter) for letter in text)
    return [(font, "".join(letter for _, letter in run)) for font, run in groupby(fonts, key=lambda pair: pair[0])]
