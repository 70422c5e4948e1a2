"""Pictures of content/SCENARIOS.md from its own examples: `python -m tests.browser.scenario_pictures FOLDER`."""

import io
import sys
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page, sync_playwright

from kiosk.pages.pictures import picture
from kiosk.practice.graph import start
from kiosk.practice.scenario import from_builtins
from tests.support import guide
from tests.support.browser import chromium
from tests.support.desk import Desk

PHONE = {"width": 360, "height": 640}
COLOURS = 32
KEY = "example"  # the PNG's note of what it was made from
# The whole phone, or the parts that the example is about.
SHOWN = {"surface": ".phone", "layer": ".banner, .dialog, .toast", "block": ".skin > *"}
AROUND = 6
SHEET = """<!DOCTYPE html><meta charset=utf-8><style>
body { display: flex; flex-wrap: wrap; margin: 8px; background: #fff7e6; font: 13px sans-serif; color: #1d2440; }
figure { width: 104px; margin: 0 0 8px; text-align: center; } svg { width: 60px; height: 60px; }
</style>"""
ALONE = """.title, .mock, .ask, .bar { display: none !important }
.phone { border: 0 !important; border-radius: 0 !important }"""


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play, chromium(play) as browser:
        page = browser.new_page(viewport=PHONE)
        for kind, name in guide.examples():
            desk = Desk(from_builtins(guide.scenario(kind, name), name))
            page.set_content(desk.page(start(desk.scenario, desk.scenario.teach)))
            if kind != "surface":
                page.add_style_tag(content=ALONE)
            note = PngInfo()
            note.add_text(KEY, guide.print_of(kind, name))
            taken = Image.open(io.BytesIO(_taken(page, kind, name))).convert("RGB")
            few = taken.quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(folder / f"{kind}-{name}.png", optimize=True, pnginfo=note)
        _drawings(page, folder)
    told = {guide.SHEET.name} | {f"{kind}-{name}.png" for kind, name in guide.examples()}
    for old in folder.glob("*.png"):
        if old.name not in told:
            old.unlink()


def _drawings(page: Page, folder: Path) -> None:
    """The house's drawings with their names, for who looks for an icon."""
    cells = "".join(f"<figure>{picture(name)}<figcaption>{name}</figcaption></figure>" for name in guide.drawings())
    page.set_viewport_size({"width": 860, "height": 600})
    page.set_content(SHEET + cells)
    note = PngInfo()
    note.add_text(KEY, " ".join(guide.drawings()))
    sheet = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    few = sheet.quantize(2 * COLOURS, dither=Image.Dither.NONE)
    few.save(folder / guide.SHEET.name, optimize=True, pnginfo=note)


def _taken(page: Page, kind: str, name: str) -> bytes:
    shown = page.locator(SHOWN[kind])
    boxes = [box for one in shown.all() if (box := one.bounding_box())]
    if kind == "block" and not guide.leads(name):
        boxes = boxes[:-1]  # the button that only ends it
    around = 0 if kind == "surface" else AROUND
    left, top = min(box["x"] for box in boxes) - around, min(box["y"] for box in boxes) - around
    right = max(box["x"] + box["width"] for box in boxes) + around
    below = max(box["y"] + box["height"] for box in boxes) + around
    if kind == "surface":
        below = min(below, PHONE["height"] - page.locator(".bar").bounding_box()["height"])
    clip = {"x": max(0, left), "y": max(0, top), "width": right - max(0, left), "height": below - max(0, top)}
    return page.screenshot(clip=clip)


if __name__ == "__main__":
    main()
