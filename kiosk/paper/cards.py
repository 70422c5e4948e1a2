"""Cards of the same size, to be cut out: practice codes, the labels on a box."""

import math

from kiosk.paper.block import Block, Row
from kiosk.paper.pen import GOLD, INDIGO, INK, MM, TONES, Box, Pen, Style, balanced, measure

_STRIP = 12 * MM
_FOOT = 7 * MM
_SCALES = tuple(step / 20 for step in range(20, 7, -1))


class Line(Row, frozen=True):
    """A line of a card."""

    text: str


class Card(Row, frozen=True):
    """A card: a strip with its head and, where it is numbered, its number; a code; words; a foot.

    Attributes:
        head: large, on the strip.
        title: bold, beside the code.
        number: in a disc on the strip; empty for none.
        code: what a scanner reads; empty for none.
        under: right below the code, on gold.
        picture: above the title.
        lines: below the title.
        foot: along the lower edge.
    """

    head: str
    title: str
    number: str = ""
    code: str = ""
    under: str = ""
    picture: str = ""
    lines: tuple[Line, ...] = ()
    foot: str = ""


class Cards(Block, frozen=True):
    """Cards in columns, with lines for scissors."""

    cards: list[Card]
    columns: int = 2
    tall: float = 78 * MM
    tone: str = "white"

    def height(self, width: float) -> float:  # noqa: ARG002  every card is as tall as the form says
        """All rows; a card touches the next, one cut parts both."""
        return math.ceil(len(self.cards) / self.columns) * self.tall

    def draw(self, pen: Pen, box: Box) -> None:
        """From left to right, then down."""
        wide, high = box.width / self.columns, box.height / math.ceil(len(self.cards) / self.columns)
        for number, card in enumerate(self.cards):
            down, across = divmod(number, self.columns)
            place = Box(box.x + across * wide, box.y + down * high, wide, high)
            pen.cut(place)
            self._card(pen, card, place.inside(2.5 * MM))

    def _card(self, pen: Pen, card: Card, box: Box) -> None:
        pen.box(box, fill=TONES[self.tone], radius=3 * MM)
        pen.box(Box(box.x, box.y, box.width, _STRIP), fill=INDIGO, radius=3 * MM)
        pen.box(Box(box.x, box.y + 6 * MM, box.width, _STRIP - 6 * MM), fill=INDIGO)
        left = box.x + 4 * MM
        if card.number:
            pen.disc(left + 5 * MM, box.y + _STRIP / 2, 10.5 * MM, card.number)
            left += 12.5 * MM
        strip = Box(left, box.y, box.x + box.width - left - 3 * MM, _STRIP)
        head = Style(22, bold=True, colour=GOLD).fitted(card.head, strip.width)
        pen.words(card.head, strip, head, middle=True)
        high = box.height - _STRIP - (_FOOT if card.foot else 0)
        self._body(pen, card, Box(box.x, box.y + _STRIP, box.width, high).inside(3 * MM, 1 * MM))
        if card.foot:
            foot = Box(box.x + 3 * MM, box.y + box.height - _FOOT, box.width - 6 * MM, _FOOT - 1 * MM)
            pen.words(card.foot, foot, Style(10.5).fitted(card.foot, foot.width), middle=True)
        pen.box(box, line=INK, weight=1.8, radius=3 * MM)

    def _body(self, pen: Pen, card: Card, box: Box) -> None:
        """The code at the right, large, but so that the words keep their share."""
        below = 7 * MM if card.under else 0
        side = min(box.height - below, box.width * 0.56) if card.code else 0
        if card.code:
            place = Box(box.x + box.width - side, box.y + (box.height - below - side) / 2, side, side)
            pen.code(card.code, place)
            if card.under:
                band = Box(place.x, place.y + side, side, below)
                pen.box(band, fill=GOLD)
                pen.words(card.under, band, Style(14, bold=True, centred=True).fitted(card.under, side), middle=True)
        self._words(pen, card, Box(box.x, box.y, box.width - side - (2 * MM if side else 0), box.height))

    def _words(self, pen: Pen, card: Card, box: Box) -> None:
        """Drawing, title and lines in the middle of the height; smaller all together when they need more."""
        for scale in _SCALES:
            picture = min(22 * MM, box.width) * scale if card.picture else 0
            lines = _lines(card, box.width, scale)
            high = picture + sum(measure(text, box.width, style) for text, style in lines)
            if high <= box.height:
                break
        top = box.y + (box.height - high) / 2
        if card.picture:
            pen.picture(card.picture, Box(box.x, top, picture, picture - 2 * MM))
            top += picture
        for text, style in lines:
            top += pen.words(text, Box(box.x, top, balanced(text, box.width, style), 0), style)


def _lines(card: Card, wide: float, scale: float) -> list[tuple[str, Style]]:
    title = Style(17 * scale, bold=True).fitted(card.title, wide, lines=2)
    rest = Style(12.5 * scale)
    return [(card.title, title), *((line.text, rest.fitted(line.text, wide, lines=3)) for line in card.lines)]
