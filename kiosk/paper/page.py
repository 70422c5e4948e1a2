"""Blocks read at arm's length: headings, points, pairs to fill in, words to be read aloud, things to check."""

import math

from kiosk.paper.block import Block, Row
from kiosk.paper.pen import GOLD, INDIGO, INK, MM, RICE, TONES, WHITE, Box, Pen, Style, measure

_GAP = 3 * MM
_RADIUS = 3 * MM
_WHOLE = 9  # lines: as many as it takes, but no word is cut


class Heading(Block, frozen=True):
    """The title of a part."""

    text: str
    size: float = 18

    def height(self, width: float) -> float:
        """The words and a thin line."""
        return measure(self.text, width, self._style) + 2 * MM

    def draw(self, pen: Pen, box: Box) -> None:
        """The words stand on the line."""
        top = box.y + box.height - self.height(box.width)
        high = pen.words(self.text, Box(box.x, top, box.width, 0), self._style)
        pen.rule(box.x, top + high + 1 * MM, box.width, colour=GOLD)

    @property
    def _style(self) -> Style:
        return Style(self.size, bold=True, colour=INDIGO)


class Point(Row, frozen=True):
    """A drawing and what it says."""

    picture: str
    text: str


class Points(Block, frozen=True):
    """Drawings with their sentences, in columns."""

    rows: list[Point]
    columns: int = 2
    size: float = 15
    side: float = 20 * MM
    tone: str = "rice"

    def height(self, width: float) -> float:
        """The rows, all as high as the highest."""
        lines = math.ceil(len(self.rows) / self.columns)
        return lines * (self._needs(width) + _GAP) - _GAP

    def draw(self, pen: Pen, box: Box) -> None:
        """From left to right, then down."""
        lines = math.ceil(len(self.rows) / self.columns)
        high = (box.height + _GAP) / lines - _GAP
        wide = self._column(box.width)
        for number, row in enumerate(self.rows):
            down, across = divmod(number, self.columns)
            cell = Box(box.x + across * (wide + _GAP), box.y + down * (high + _GAP), wide, high)
            pen.box(cell, fill=TONES[self.tone], line=INK, weight=1.6, radius=_RADIUS)
            pen.picture(row.picture, Box(cell.x + 3 * MM, cell.y, self.side, cell.height).inside(0, 2 * MM))
            words = Box(cell.x + self.side + 6 * MM, cell.y, self._words(box.width), cell.height)
            pen.words(row.text, words, self._style(row, words.width), middle=True)

    def _column(self, width: float) -> float:
        return (width - _GAP * (self.columns - 1)) / self.columns

    def _words(self, width: float) -> float:
        return self._column(width) - self.side - 9 * MM

    def _needs(self, width: float) -> float:
        wide = self._words(width)
        texts = [measure(row.text, wide, self._style(row, wide)) for row in self.rows]
        return max([*texts, self.side]) + 4 * MM

    def _style(self, row: Point, wide: float) -> Style:
        return Style(self.size).fitted(row.text, wide, lines=_WHOLE)


class Pair(Row, frozen=True):
    """A name and its value; without a value, a dotted line to write on."""

    name: str
    value: str = ""


class Pairs(Block, frozen=True):
    """Names at the left, values at the right, in columns."""

    rows: list[Pair]
    columns: int = 1
    size: float = 14
    names: float = 0.32  # their share of a column

    def height(self, width: float) -> float:
        """The rows of the longest column."""
        return max(sum(self._needs(row, width) for row in column) for column in self._split())

    def draw(self, pen: Pen, box: Box) -> None:
        """Column after column."""
        wide = self._column(box.width)
        for number, column in enumerate(self._split()):
            left, top = box.x + number * (wide + 2 * _GAP), box.y
            for row in column:
                high = self._needs(row, box.width)
                value = Box(left + wide * self.names, top, wide * (1 - self.names), high)
                pen.words(row.name, Box(left, top, wide * self.names - 2 * MM, high), Style(self.size))
                pen.words(row.value, value, self._value(row, value.width))
                if not row.value:
                    pen.rule(value.x, top + self.size * 1.15, value.width, dotted=True)
                top += high

    def _split(self) -> list[list[Pair]]:
        size = math.ceil(len(self.rows) / self.columns)
        return [self.rows[start : start + size] for start in range(0, len(self.rows), size)]

    def _column(self, width: float) -> float:
        return (width - 2 * _GAP * (self.columns - 1)) / self.columns

    def _needs(self, row: Pair, width: float) -> float:
        wide = self._column(width)
        name = measure(row.name, wide * self.names - 2 * MM, Style(self.size))
        value = measure(row.value, wide * (1 - self.names), self._value(row, wide * (1 - self.names)))
        return max(name, value, self.size * (1.26 if row.value else 1.9)) + 1 * MM

    def _value(self, row: Pair, wide: float) -> Style:
        return Style(self.size, bold=True).fitted(row.value, wide, lines=_WHOLE)


class Said(Row, frozen=True):
    """A sentence or some."""

    text: str


class Aloud(Block, frozen=True):
    """Words to be read over the loudspeaker."""

    title: str
    rows: list[Said]
    picture: str = "poster-loudspeaker"
    size: float = 16

    def height(self, width: float) -> float:
        """Title and words."""
        wide = self._wide(width)
        return measure(self.title, wide, self._head) + measure(self._text, wide, Style(self.size)) + 11 * MM

    def draw(self, pen: Pen, box: Box) -> None:
        """The loudspeaker at the left, the words beside it."""
        pen.box(box, fill=WHITE, line=GOLD, weight=4, radius=_RADIUS)
        pen.picture(self.picture, Box(box.x + 4 * MM, box.y + 4 * MM, 24 * MM, 24 * MM))
        left, wide = box.x + 33 * MM, self._wide(box.width)
        top = box.y + 4 * MM
        top += pen.words(self.title, Box(left, top, wide, 0), self._head) + 2 * MM
        pen.words(self._text, Box(left, top, wide, 0), Style(self.size))

    @property
    def _text(self) -> str:
        return "\n".join(row.text for row in self.rows)  # a breath after each

    @property
    def _head(self) -> Style:
        return Style(self.size * 0.9, bold=True, colour=INDIGO)

    def _wide(self, width: float) -> float:
        return width - 38 * MM


class Check(Row, frozen=True):
    """What to do and see, and what to do when it is not seen."""

    text: str
    otherwise: str = ""


class Minute(Row, frozen=True):
    """A minute of the check."""

    title: str
    rows: list[Check]


class Checks(Block, frozen=True):
    """Boxes to tick, minute after minute."""

    minutes: list[Minute]
    size: float = 13

    def height(self, width: float) -> float:
        """All minutes."""
        return sum(self._needs(minute, width) for minute in self.minutes) + _GAP * (len(self.minutes) - 1)

    def draw(self, pen: Pen, box: Box) -> None:
        """A number at the left, its boxes and sentences at the right."""
        more = (box.height - self.height(box.width)) / len(self.minutes)
        top = box.y
        for number, minute in enumerate(self.minutes, 1):
            high = self._needs(minute, box.width) + more
            pen.box(Box(box.x, top, box.width, high), fill=RICE, line=INK, weight=1.4, radius=_RADIUS)
            pen.disc(box.x + 9 * MM, top + 9 * MM, 12 * MM, str(number))
            inside = Box(box.x + 19 * MM, top + 3 * MM + more / 2, box.width - 23 * MM, high)
            self._minute(pen, minute, inside)
            top += high + _GAP

    def _minute(self, pen: Pen, minute: Minute, box: Box) -> None:
        top = box.y + pen.words(minute.title, box, self._head)
        for row in minute.rows:
            tick = self.size * 1.1
            pen.box(Box(box.x, top + 1.2 * MM, tick, tick), fill=WHITE, line=INK, weight=1.4, radius=2)
            for text, style in self._lines(row):
                wide = box.width - tick - 3 * MM
                top += pen.words(text, Box(box.x + tick + 3 * MM, top + 0.8 * MM, wide, 0), style)
            top += 1.2 * MM

    def _needs(self, minute: Minute, width: float) -> float:
        wide = width - 26 * MM - self.size * 1.1
        rows = sum(measure(text, wide, style) for row in minute.rows for text, style in self._lines(row))
        return measure(minute.title, width - 23 * MM, self._head) + rows + 1.2 * MM * len(minute.rows) + 6 * MM

    def _lines(self, row: Check) -> list[tuple[str, Style]]:
        remedy = Style(self.size * 0.9, colour="#4a5068")
        return [(row.text, Style(self.size)), (row.otherwise, remedy)]

    @property
    def _head(self) -> Style:
        return Style(self.size * 1.15, bold=True, colour=INDIGO)
