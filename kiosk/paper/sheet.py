"""A form and values -> the PDF of A4 sheets.

A form is TOML: a title, and pages of blocks with `{value}` places and `**bold**` words. A page, block or row is left
out where its `when` comes out empty or its `unless` does not, and repeated for all values that its `each` names. What
does not fit a page makes all of it smaller; what is left over goes to the blocks that grow. The same form and values
give the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

import msgspec
from reportlab.lib.pagesizes import A4

from kiosk.codes.wifi import join
from kiosk.errors import KioskError
from kiosk.paper import fonts
from kiosk.paper.cards import Cards
from kiosk.paper.page import Aloud, Checks, Heading, Pairs, Points
from kiosk.paper.pen import MM, Box, Pen
from kiosk.paper.wall import Banner, Join, Note, Steps

__all__ = ["Form", "Page", "draw", "fill", "form", "join"]

Block = Banner | Steps | Join | Note | Heading | Points | Pairs | Aloud | Checks | Cards

Values = Mapping[str, str]

_TERMS = ("when", "unless", "each")
_MARGIN = 9 * MM  # what printers leave white
_GAP = 4 * MM
_SCALES = tuple(step / 100 for step in range(100, 49, -2))


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One side of A4."""

    block: list[Block]


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document: its title, its pages."""

    title: str
    page: list[Page]


def form(name: str) -> str:
    """The text of one of the forms that come with this software."""
    return resources.files("kiosk.paper").joinpath("forms", f"{name}.toml").read_text(encoding="utf-8")


def fill(text: str, values: Values, each: Mapping[str, Sequence[Values]] | None = None) -> Form:
    """The form with its places filled.

    Args:
        text: TOML.
        values: what stands for `{name}`; control characters in it are dropped.
        each: name of an `each` -> the values of every repetition, beside the others.

    Raises:
        KioskError: a place has no value, or the form is wrong.
    """
    try:
        return msgspec.convert(_Filler(each or {}).fill(msgspec.toml.decode(text), _clean(values)), Form)
    except KeyError as missing:
        raise KioskError(f"the form asks for {missing}", hint="say it, or take its place out") from missing
    except msgspec.MsgspecError as wrong:
        raise KioskError(f"the form is wrong: {wrong}", hint="correct the form") from wrong


def draw(forms: Iterable[Form], title: str = "") -> bytes:
    """The PDF of the forms' pages one after the other; the title is the first form's unless one is given.

    Raises:
        KioskError: the fonts are missing, or a page holds more than a sheet can.
    """
    every = list(forms)
    pen = Pen(title or every[0].title)
    for page in (page for each in every for page in each.page):
        _draw(pen, page)
    return pen.document()


def _draw(pen: Pen, page: Page) -> None:
    for scale in _SCALES:
        width, height = (side / scale - 2 * _MARGIN / scale for side in A4)
        needs = [block.height(width) for block in page.block]
        left = height - sum(needs) - _GAP * (len(needs) - 1)
        if left >= 0:
            break
    else:
        raise KioskError("a page holds more than a sheet", hint="shorten its words")
    share = left / (sum(block.grow for block in page.block) or 1)
    with pen.page(scale):
        top = _MARGIN / scale
        for block, high in zip(page.block, needs, strict=True):
            whole = high + block.grow * share
            block.draw(pen, Box(_MARGIN / scale, top, width, whole))
            top += whole + _GAP


class _Filler:
    """Goes through a decoded form."""

    def __init__(self, each: Mapping[str, Sequence[Values]]) -> None:
        self._each = each

    def fill(self, node: Any, values: Values) -> Any:
        if isinstance(node, str):
            return fonts.MARK.join(part.format_map(values) for part in node.split("**"))
        if isinstance(node, list):
            return [made for item in node for made in self._items(item, values)]
        if isinstance(node, dict):
            return {name: self.fill(item, values) for name, item in node.items() if name not in _TERMS}
        return node

    def _items(self, node: Any, values: Values) -> Iterator[Any]:
        """A list's item: as often as it is wanted."""
        if not isinstance(node, dict):
            yield self.fill(node, values)
            return
        for more in self._each[node["each"]] if "each" in node else ({},):
            known = {**values, **_clean(more)}
            if node.get("when", "+").format_map(known) and not node.get("unless", "").format_map(known):
                yield self.fill(node, known)


def _clean(values: Values) -> Values:
    return {name: "".join(letter for letter in value if letter.isprintable()) for name, value in values.items()}
