"""What a printed page is built of, from top to bottom."""

import msgspec

from kiosk.paper.pen import Box, Pen


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row of a block."""


class Block(Row, frozen=True, tag_field="kind", tag=str.lower, kw_only=True):
    """A part of a page, as wide as the page; `grow` is its share of the height that the page leaves."""

    grow: float = 0.0

    def height(self, width: float) -> float:
        """Points that it needs downwards."""
        raise NotImplementedError

    def draw(self, pen: Pen, box: Box) -> None:
        """Draw it into a box at least that high."""
        raise NotImplementedError
