"""Drawing on A4: boxes, words, our pictures and codes, measured in points from the top left of the page."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from svglib.svglib import svg2rlg

from kiosk.codes import draw
from kiosk.errors import KioskError
from kiosk.pages import pictures
from kiosk.paper import fonts

MM: Final = mm
INK, INDIGO, RICE, GOLD, WHITE, GREY = "#1d2440", "#1d2b5a", "#fff7e6", "#f4b728", "#ffffff", "#8b90a0"
TONES: Final = {"gold": "#ffd873", "sky": "#a9d8f5", "clay": "#ffb59e", "rice": RICE, "white": WHITE, "indigo": INDIGO}
LEAST: Final = 6.0  # points: below this nobody reads
_LEADING = 1.26  # room for a mark above a mark


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    def inside(self, across: float, down: float | None = None) -> "Box":
        """The box without a margin on every side."""
        high = across if down is None else down
        return Box(self.x + across, self.y + high, self.width - 2 * across, self.height - 2 * high)


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points, weight, colour, centred or not."""

    size: float
    bold: bool = False
    colour: str = INK
    centred: bool = False

    def fitted(self, text: str, width: float, *, lines: int = 1) -> "Style":
        """The largest style up to this one in which the text takes at most that many lines and no word is cut."""
        style = self
        while style.size > LEAST:
            if _widest(text, style) <= width and measure(text, width, style) <= (lines + 0.1) * _LEADING * style.size:
                break
            style = replace(style, size=style.size * 0.97)
        return style


def balanced(text: str, width: float, style: Style) -> float:
    """The least width in which the text still takes as few lines as in this one: no last line of one word."""
    high = measure(text, width, style)
    least = max(width / 2, _widest(text, style))
    narrow = width
    while narrow - 2 > least and measure(text, narrow - 2, style) <= high:
        narrow -= 2
    return narrow


def measure(text: str, width: float, style: Style) -> float:
    """Points that the text takes downwards in that width."""
    return _paragraph(text, style).wrap(width, 10_000)[1] if text else 0.0


class Pen:
    """One document, drawn page after page."""

    def __init__(self, title: str) -> None:
        fonts.load()
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, invariant=1, lang="vi", initialFontName=fonts.NORMAL)  # type: ignore[arg-type]  # the stub says float
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Đom Đóm")
        self._height = A4[1]

    @contextmanager
    def page(self, scale: float) -> Iterator[None]:
        """A new page; at 0.5 everything on it is drawn half as large, and it holds twice as much."""
        self._canvas.saveState()
        self._canvas.scale(scale, scale)
        self._height = A4[1] / scale
        yield
        self._canvas.restoreState()
        self._canvas.showPage()

    def document(self) -> bytes:
        """The PDF; the same drawing gives the same bytes."""
        self._canvas.save()
        return self._file.getvalue()

    def box(self, box: Box, *, fill: str = "", line: str = "", weight: float = 1.6, radius: float = 0) -> None:
        """A rectangle, filled, outlined or both; weight is the line's."""
        self._canvas.setLineWidth(weight)
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        if line:
            self._canvas.setStrokeColor(HexColor(line))
        self._canvas.roundRect(*self._place(box), radius, stroke=int(bool(line)), fill=int(bool(fill)))

    def rule(self, x: float, y: float, width: float, *, colour: str = GREY, dotted: bool = False) -> None:
        """A thin line across, dotted where something is written by hand."""
        self._canvas.saveState()
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(0.9)
        if dotted:
            self._canvas.setDash(1, 3)
        self._canvas.line(x, self._height - y, x + width, self._height - y)
        self._canvas.restoreState()

    def cut(self, box: Box) -> None:
        """Where scissors go round."""
        self._canvas.saveState()
        self._canvas.setDash(4, 4)
        self.box(box, line=GREY, weight=0.7)
        self._canvas.restoreState()

    def disc(self, x: float, y: float, size: float, text: str) -> None:
        """A number in a disc, around a middle."""
        box = Box(x - size / 2, y - size / 2, size, size)
        self.box(box, fill=INDIGO, line=WHITE, weight=2, radius=size / 2)
        self.words(text, box, Style(size * 0.62, bold=True, colour=WHITE, centred=True), middle=True)

    def words(self, text: str, box: Box, style: Style, *, middle: bool = False) -> float:
        """Write from the top of the box, or in its middle; returns the height taken."""
        if not text:
            return 0.0
        paragraph = _paragraph(text, style)
        height: float = paragraph.wrap(box.width, 10_000)[1]
        # Between capitals and marks below, the eye's middle lies a little under the line's.
        top = box.y + (box.height - height) / 2 - style.size * 0.03 if middle else box.y
        paragraph.drawOn(self._canvas, box.x, self._height - top - height)
        return height

    def picture(self, name: str, box: Box, *, colour: str = INK, tile: str = "", radius: float = 0) -> None:
        """One of our drawings, as large as the box allows; a tile fills the box, keeps to it, and has an outline."""
        drawing = _drawing(name, colour)
        if tile:
            self.box(box, fill=tile, radius=radius)
        with self._kept(box, radius):
            self._fit(drawing, box)
        if tile:
            self.box(box, line=INK, weight=2.4, radius=radius)

    def strip(self, name: str, box: Box) -> None:
        """A drawing repeated from the middle to both sides, as high as the box."""
        drawing = _drawing(name, INK)
        step = drawing.width * box.height / drawing.height * 0.996  # a hair over each other, so that no line is seen
        count = int(box.width // step) + 2
        start = box.x + (box.width - count * step) / 2
        with self._kept(box):
            for number in range(count):
                self._fit(drawing, Box(start + number * step, box.y, step * 1.01, box.height))

    def code(self, text: str, box: Box) -> None:
        """A QR code of the text on white, with its quiet zone, as large as the box allows."""
        rows = draw.modules(text)
        side = min(box.width, box.height)
        one = side / (len(rows) + 2 * draw.QUIET)
        left, top = box.x + (box.width - side) / 2, box.y + (box.height - side) / 2
        self.box(Box(left, top, side, side), fill=WHITE)
        path = self._canvas.beginPath()
        for y, row in enumerate(rows, draw.QUIET):
            for x, long in _runs(row):
                # A hair too high, so that no printer leaves a white line between two rows.
                place = Box(left + (x + draw.QUIET) * one, top + y * one, long * one, one * 1.02)
                path.rect(*self._place(place))
        self._canvas.setFillColor(HexColor("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _place(self, box: Box) -> tuple[float, float, float, float]:
        return box.x, self._height - box.y - box.height, box.width, box.height

    @contextmanager
    def _kept(self, box: Box, radius: float = 0) -> Iterator[None]:
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.roundRect(*self._place(box), radius)
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()

    def _fit(self, drawing: Drawing, box: Box) -> None:
        scale = min(box.width / drawing.width, box.height / drawing.height)
        left = box.x + (box.width - drawing.width * scale) / 2
        top = box.y + (box.height - drawing.height * scale) / 2
        self._canvas.saveState()
        self._canvas.translate(left, self._height - top - drawing.height * scale)
        self._canvas.scale(scale, scale)
        renderPDF.draw(drawing, self._canvas, 0, 0)
        self._canvas.restoreState()


def _widest(text: str, style: Style) -> float:
    """Points of the longest word."""
    bold = style.bold or fonts.MARK in text
    return max((fonts.width(word, style.size, bold=bold) for word in text.split()), default=0.0)


def _paragraph(text: str, style: Style) -> Paragraph:
    look = ParagraphStyle(
        "sheet",
        fontName=fonts.BOLD if style.bold else fonts.NORMAL,
        fontSize=style.size,
        leading=style.size * _LEADING,
        textColor=HexColor(style.colour),
        alignment=TA_CENTER if style.centred else TA_LEFT,
        splitLongWords=True,
    )
    return Paragraph(fonts.markup(text, bold=style.bold), look)


@cache
def _drawing(name: str, colour: str) -> Drawing:
    text = pictures.source(name).replace("currentColor", colour)
    drawing = svg2rlg(io.StringIO(text))
    if drawing is None:
        raise KioskError(f"the picture {name} cannot be printed", hint="draw it with plain shapes")
    return drawing


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """(start, length) of each stretch of dark modules."""
    start = -1
    for x, dark in enumerate((*row, False)):
        if dark and start < 0:
            start = x
        elif not dark and start >= 0:
            yield start, x - start
            start = -1
