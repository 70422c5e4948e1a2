"""Every card, question and answer of the lessons as sheets: `python -m tests.browser.lesson_sheet OUT [ID ...]`.

OUT/<lesson>.png is a sheet of its pages at 360 x 640, as published from the packs of this checkout; what each weighs on
the wire without sound stands above it.
"""

import html
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kiosk.packs.lesson import Lesson
from kiosk.packs.library import Library
from kiosk.packs.store import Store
from kiosk.pages import addresses
from kiosk.pages.words import read_words
from kiosk.publish.publish import publish
from kiosk.settings import Settings
from tests.support.browser import chromium
from tests.support.house import PACKS

WIDTH, HEIGHT, LABEL = 360, 640, 34
STYLE = f"""<!DOCTYPE html><meta charset=utf-8><style>
body {{ display: flex; flex-wrap: wrap; margin: 0; background: #e8e4da; font: 15px/1.25 sans-serif; }}
figure {{ width: {WIDTH}px; margin: 8px; }}
figcaption {{ height: {LABEL}px; overflow: hidden; }}
img {{ display: block; box-shadow: 0 0 0 1px #1d2440; }}
</style>"""
HEADERS = 500  # bytes of an answer's head, at most


def main() -> int:
    """Publish, photograph, say."""
    out, wanted = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play, chromium(play) as browser:
        settings = Settings(data=Path(data) / "data", run=Path(data) / "run")
        for pack in sorted(PACKS.glob("*.pack")):
            Store(settings.packs).install(pack)
        made = publish(settings, read_words())
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for pack, lesson in Library.open(settings.packs).lessons("vi"):
            if not wanted or lesson.id in wanted:
                _sheet(page, made, pack, lesson, out)
    return 0


def _sheet(page: Page, made: Path, pack: str, lesson: Lesson, out: Path) -> None:
    figures, weight = [], 0
    for number, (name, _) in enumerate(met(lesson), 1):
        file = made / addresses.card(pack, lesson.id, name, lesson.lang)
        page.goto(file.as_uri())
        picture = out / f"{lesson.id}-{number:02}.png"
        page.screenshot(path=picture)
        tall = page.evaluate("document.documentElement.scrollHeight")
        size = file.with_name(f"{file.name}.gz").stat().st_size + HEADERS
        weight += size
        long = f" · {tall} px long" if tall > HEIGHT else ""
        caption = f"<figcaption>{html.escape(name)} · {size}{long}</figcaption>"
        figures.append(f"<figure>{caption}<img src={picture.name}></figure>")
    sheet = out / f"{lesson.id}.html"
    sheet.write_text(STYLE + "".join(figures), encoding="utf-8")
    columns = min(6, len(figures))
    page.set_viewport_size({"width": columns * (WIDTH + 16), "height": 100})
    page.goto(sheet.resolve().as_uri())
    page.screenshot(path=out / f"{lesson.id}.png", full_page=True)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    print(f"{out / lesson.id}.png: {len(figures)} pages, {weight} bytes")


def met(lesson: Lesson) -> list[tuple[str, bool]]:
    """(id, whether the straight way through the lesson meets it) of every page, in order."""
    cards = [(card.id, True) for card in lesson.cards]
    for question in lesson.questions:
        cards += [(question.id, True), *((answer.id, answer.right) for answer in question.answers)]
    return cards


if __name__ == "__main__":
    sys.exit(main())
