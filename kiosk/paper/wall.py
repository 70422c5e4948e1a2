"""Blocks that are read from two metres: the banner, the steps, the code to join, what nobody here asks for."""

from kiosk.paper.block import Block, Row
from kiosk.paper.pen import GOLD, INDIGO, INK, MM, TONES, WHITE, Box, Pen, Style, measure

_BAND = 5 * MM
_GAP = 3 * MM
_RADIUS = 4 * MM
_RATIO = 160 / 112  # width to height of a step's drawing


class Banner(Block, frozen=True):
    """The head of a page on indigo cloth: a drawing, the house, a title, a line under it, the woven band."""

    picture: str
    title: str
    over: str = ""
    under: str = ""
    size: float = 34

    def height(self, width: float) -> float:
        """The words and some air."""
        wide = width - self._left - 8 * MM
        return sum(measure(text, wide, style) for text, style in self._lines(wide)) + 7 * MM + _BAND

    def draw(self, pen: Pen, box: Box) -> None:
        """The drawing at the left, the words beside it."""
        cloth = Box(box.x, box.y, box.width, box.height - _BAND)
        pen.box(cloth, fill=INDIGO)
        pen.strip("poster-band", Box(box.x, box.y + cloth.height, box.width, _BAND))
        pen.picture(self.picture, Box(box.x + 4 * MM, box.y + 2 * MM, self._left - 6 * MM, cloth.height - 4 * MM))
        wide = box.width - self._left - 8 * MM
        lines = self._lines(wide)
        top = box.y + (cloth.height - sum(measure(text, wide, style) for text, style in lines)) / 2 - 1 * MM
        for text, style in lines:
            top += pen.words(text, Box(box.x + self._left, top, wide, 0), style)

    @property
    def _left(self) -> float:
        return self.size * 3.2

    def _lines(self, wide: float) -> list[tuple[str, Style]]:
        over = Style(self.size * 0.42, colour=WHITE).fitted(self.over, wide)
        title = Style(self.size, bold=True, colour=WHITE).fitted(self.title, wide, lines=2)
        under = Style(self.size * 0.56, bold=True, colour=GOLD).fitted(self.under, wide)
        return [(self.over, over), (self.title, title), (self.under, under)]


class Step(Row, frozen=True):
    """One thing to do: a drawing, a sentence, below it what to choose and, where there is one, the password."""

    picture: str
    text: str
    plate: str = ""
    key: str = ""
    tone: str = "sky"


class Steps(Block, frozen=True):
    """Numbered steps below each other, each with a large drawing."""

    rows: list[Step]
    size: float = 28
    across: float = 0.31  # the drawings' share of the width, before they grow

    def height(self, width: float) -> float:
        """Each step as high as its drawing or its words."""
        return sum(self._needs(row, width) for row in self.rows) + _GAP * (len(self.rows) - 1)

    def draw(self, pen: Pen, box: Box) -> None:
        """What is left over goes to all alike; the drawings grow with it, as far as the words leave room."""
        more = (box.height - self.height(box.width)) / len(self.rows)
        least = min(self._needs(row, box.width) for row in self.rows) + more
        picture = min(least * _RATIO, box.width * 0.38)
        top = box.y
        for number, row in enumerate(self.rows, 1):
            high = self._needs(row, box.width) + more
            tile = Box(box.x + 4 * MM, top + (high - picture / _RATIO) / 2, picture, picture / _RATIO)
            pen.picture(row.picture, tile, tile=TONES[row.tone], radius=_RADIUS)
            pen.disc(tile.x + 2 * MM, tile.y + 7 * MM, 13 * MM, str(number))
            left = tile.x + picture + 6 * MM
            self._say(pen, row, Box(left, top, box.x + box.width - left, high))
            top += high + _GAP

    def _needs(self, row: Step, width: float) -> float:
        return max(width * self.across / _RATIO, self._words(row, width * (0.95 - self.across) - 10 * MM))

    def _words(self, row: Step, wide: float) -> float:
        said = measure(row.text, wide, self._style(row, wide))
        plates = sum(_plate_height(text, wide, self.size) + 1.5 * MM for text in (row.plate, row.key) if text)
        return said + plates

    def _style(self, row: Step, wide: float) -> Style:
        """Where the form breaks the sentence, no other line breaks: the last would be one word."""
        style, lines = Style(self.size, bold=True), row.text.count("\n") + 1
        return style.fitted(row.text, wide, lines=lines) if lines > 1 else style

    def _say(self, pen: Pen, row: Step, box: Box) -> None:
        top = box.y + (box.height - self._words(row, box.width)) / 2
        top += pen.words(row.text, Box(box.x, top, box.width, 0), self._style(row, box.width))
        for text, picture in ((row.plate, "poster-wifi"), (row.key, "app-passkey")):
            if text:
                high = _plate_height(text, box.width, self.size)
                _plate(pen, text, Box(box.x, top + 1.5 * MM, box.width, high), self.size, picture)
                top += high + 1.5 * MM


class Join(Block, frozen=True):
    """The code that joins the network, and the address for who must type it.

    Attributes:
        code: what a scanner reads; empty: no code, and `scan` is not said.
        scan: what the code does.
        open: when to type the address.
        address: of the portal.
        helper: who helps; empty: `ask` is not said.
        ask: what the helper is asked for.
        picture: how a code is scanned; drawn where there is one.
    """

    code: str
    scan: str
    open: str
    address: str
    helper: str = ""
    ask: str = ""
    picture: str = ""
    side: float = 42 * MM

    def height(self, width: float) -> float:
        """The code and its frame; without a code, the words."""
        wide = width - 10 * MM
        words = sum(measure(text, wide, style) for text, style in self._lines(wide))
        return max(self.side if self.code else 0, words) + 4 * MM

    def draw(self, pen: Pen, box: Box) -> None:
        """The code at the left, the words at its right."""
        pen.box(box, fill=WHITE, line=INK, weight=2.4, radius=_RADIUS)
        left = box.x + 5 * MM
        if self.code:
            side = box.height - 4 * MM
            pen.code(self.code, Box(box.x + 2 * MM, box.y + 2 * MM, side, side))
            left = box.x + side + 2 * MM
            if self.picture:
                pen.picture(self.picture, Box(left, box.y + 5 * MM, side * 0.6, box.height - 10 * MM))
                left += side * 0.6 + 4 * MM
        wide = box.x + box.width - left - 5 * MM
        lines = self._lines(wide)
        top = box.y + (box.height - sum(measure(text, wide, style) for text, style in lines)) / 2
        for text, style in lines:
            top += pen.words(text, Box(left, top, wide, 0), style)

    def _lines(self, wide: float) -> list[tuple[str, Style]]:
        scan = self.scan if self.code else ""
        helper = f"{self.ask} {self.helper}" if self.helper else ""
        return [
            (scan, Style(22, bold=True).fitted(scan, wide, lines=2)),
            (self.open, Style(16)),
            (self.address, Style(27, bold=True).fitted(self.address, wide)),
            (helper, Style(16).fitted(helper, wide, lines=2)),
        ]


class Note(Block, frozen=True):
    """A sentence on a coloured ground."""

    text: str
    tone: str = "rice"
    size: float = 17
    picture: str = ""

    def height(self, width: float) -> float:
        """The sentence and its margins."""
        return max(measure(self.text, self._wide(width), self._style), self._side) + 4 * MM

    def draw(self, pen: Pen, box: Box) -> None:
        """The drawing at the left, the sentence in the middle of its height."""
        pen.box(box, fill=TONES[self.tone], line=INK, weight=1.6, radius=_RADIUS)
        if self.picture:
            pen.picture(self.picture, Box(box.x + 4 * MM, box.y, self._side, box.height))
        left = box.width - 5 * MM - self._wide(box.width)
        inside = Box(box.x + left, box.y, self._wide(box.width), box.height)
        pen.words(self.text, inside, self._style, middle=True)

    @property
    def _side(self) -> float:
        return 1.7 * self.size if self.picture else 0

    @property
    def _style(self) -> Style:
        return Style(self.size, colour=WHITE if self.tone == "indigo" else INK)

    def _wide(self, width: float) -> float:
        return width - 10 * MM - (self._side + 4 * MM if self.picture else 0)


def _plate_height(text: str, wide: float, size: float) -> float:
    inner = wide - 16 * MM
    return measure(text, inner, _plate_style(text, inner, size)) + 3 * MM


def _plate_style(text: str, inner: float, size: float) -> Style:
    return Style(size * 0.96, bold=True).fitted(text, inner, lines=2)


def _plate(pen: Pen, text: str, box: Box, size: float, picture: str) -> None:
    pen.box(box, fill=GOLD, line=INK, weight=2.4, radius=3 * MM)
    pen.picture(picture, Box(box.x + 2.5 * MM, box.y, 9 * MM, box.height))
    inner = Box(box.x + 13 * MM, box.y, box.width - 16 * MM, box.height)
    pen.words(text, inner, _plate_style(text, inner.width, size), middle=True)
