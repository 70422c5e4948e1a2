"""Pictures of the kit on a sheet, for authors.

`python -m tests.browser.kit_sheet docs/pictures/kit.png` draws every part, screen, ground, face and arm with its name,
and the examples of content/PICTURES.md. With lessons before it, `... content/doi-song-so/lessons/x.vi.md x.png`, it
draws their cards' pictures instead.
"""

import html
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from msgspec import convert
from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import sync_playwright

from kiosk.authoring import compose, contents, described, markdown, parts, pictures
from kiosk.authoring.scene import Item, Mood, Picture, Placed
from kiosk.authoring.source import read
from kiosk.pages.pictures import source
from tests.support.browser import chromium

GUIDE = Path("content/PICTURES.md")
WIDTH = 1400
TALLEST = 190  # of a hand: its sleeve goes on below every picture
COLOURS = 64
STYLE = """body{margin:12px;font:16px sans-serif;color:#1d2440;background:#fff}h2{margin:16px 0 4px}
figure{display:inline-block;margin:4px;vertical-align:top}
figure svg{display:block;background:#fff7e6;max-height:230px;width:100%}
.small svg{height:96px}
figcaption{font:13px sans-serif}"""

WIDE = {"grounds", "examples", "does, holds, says, thinks"}

Figures = dict[str, bytes]


def main() -> None:
    *lessons, out = (Path(name) for name in sys.argv[1:])
    groups = dict(_lesson(path) for path in lessons) if lessons else dict(_kit())
    shots = "".join(
        f"<h2>{name}</h2>{_figures(figures, 262 if name in WIDE else 360 if lessons else 96)}"
        for name, figures in groups.items()
    )
    with sync_playwright() as play, chromium(play) as browser:
        page = browser.new_page(viewport={"width": WIDTH, "height": 400})
        page.set_content(f"<style>{STYLE}</style>{shots}")
        _save(page.screenshot(full_page=True), out)


def examples() -> Iterator[tuple[str, bytes]]:
    """The examples of the guide, numbered."""
    blocks = re.findall(r"^```picture\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for number, block in enumerate(blocks, 1):
        yield str(number), compose.draw(described.read(block, GUIDE.name))


def _kit() -> Iterator[tuple[str, Figures]]:
    for group in dict.fromkeys(part.group for part in parts.parts().values()):
        yield group, {name: _alone(name) for name, part in parts.parts().items() if part.group == group}
    yield "screens", {name: _alone("phone", Placed(shows=name)) for name in parts.names("screens")}
    yield "icons", {name: source(name).encode() for name in parts.icons()}
    child = (Item("grandchild", Placed()),)
    yield "grounds", {name: compose.draw(Picture(name, child)) for name in parts.names("grounds")}
    yield "mood", {mood: _alone("man-elder", Placed(mood=mood)) for mood in get_args(Mood)}
    yield "does, holds, says, thinks", dict(_lively())
    yield "examples", dict(examples())


def _lively() -> Iterator[tuple[str, bytes]]:
    for key, value in (("does", "calls"), ("does", "waves"), ("does", "points"), ("holds", "greens")):
        yield f"{key}: {value}", _draw("woman", convert({key: value}, Placed))
    yield "says: money", _draw("woman", Placed(at="left", says="money"))
    yield "thinks: house", _draw("woman", Placed(at="right", thinks="house"))


def _alone(name: str, placed: Placed | None = None) -> bytes:
    """A part by itself, as large as its figure, which also tells whether it is known at that size."""
    part, drawn = parts.parts()[name], parts.drawing("parts", name)
    height = min(drawn.box[3], TALLEST) if part.group == "hands" else drawn.box[3]
    x, y = part.point or drawn.middle
    left, top = 160 + (drawn.box[0] - x) * part.size, 100 + (drawn.box[1] - y) * part.size
    box = f"{left:g} {top:g} {drawn.box[2] * part.size:g} {height * part.size:g}"
    return _draw(name, replace(placed or Placed(), x=160, y=100)).replace(b"0 0 320 200", box.encode(), 1)


def _draw(name: str, placed: Placed | None = None) -> bytes:
    return compose.draw(Picture("", (Item(name, placed or Placed()),)))


def _lesson(path: Path) -> tuple[str, Figures]:
    source = read(path.parent.parent)
    figures: Figures = {}
    lesson = markdown.parse(path.read_text(encoding="utf-8"), path.name)
    for card in (card for card in lesson.pictured() if card.screen is None):
        drawn = (
            compose.draw(card.composed) if card.composed else contents.drawn(source.picture(card.picture), path.name)
        )
        figures[f"{card.id}: {' '.join(card.sentences)}"] = drawn
    return path.name, figures


def _figures(figures: Figures, width: int) -> str:
    return "".join(
        f'<figure style="width:{width}px" class="{"small" if width < 200 else ""}">{pictures.clean(svg, name).decode()}'
        f"<figcaption>{html.escape(name)}</figcaption></figure>"
        for name, svg in figures.items()
    )


def _save(png: bytes, path: Path) -> None:
    """Few colours are enough for flat drawings."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
