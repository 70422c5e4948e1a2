"""Every screen of the scenarios on one sheet each: `python -m tests.browser.contact_sheet OUT [FILE.yaml or ID ...]`.

OUT/<id>.png is the sheet, OUT/<id>-1.png and on are its rows two by two, OUT/<id>/ its single screens, OUT/index.html
is all of them. Without names: every scenario of content/, and docs/skills.md, the table of them.
"""

import html
import io
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kiosk.errors import KioskError
from tests.support import skills
from tests.support.browser import chromium
from tests.support.desk import Desk
from tests.support.met import Met, met
from tests.support.scenarios import REAL, ROOT, TINY

SKILLS = ROOT / "docs" / "skills.md"
PHONE = {"width": 360, "height": 640}
COLUMNS, GAP, LABEL = 6, 16, 58
TITLE = 40
ROW = PHONE["height"] + LABEL + GAP
STYLE = f"""<!DOCTYPE html><meta charset=utf-8><style>
body {{ margin: 0 0 0 {GAP}px; background: #e8e4da; font: 15px/1.25 sans-serif; color: #1d2440; }}
section {{ display: flex; flex-wrap: wrap; }}
h2 {{ height: {TITLE}px; margin: 0; line-height: {TITLE}px; }}
figure {{ width: 360px; margin: 0 {GAP}px {GAP}px 0; }}
figcaption {{ height: {LABEL}px; overflow: hidden; }}
img {{ display: block; box-shadow: 0 0 0 1px #1d2440; }}
.wrong figcaption {{ color: #8a2b10; }}
</style>"""
# What the ear hears, and how far along she is, is nothing to look at twice.
UNSEEN = re.compile(r'<noscript>.*?</noscript>|data-s="[^"]*"|data-s=\S+|\d+/\d+(?=</span>)')
KINDS = {
    "way": "right way", "pointed": "hint, pointing", "wrong": "after", "end": "end", "aside": "a look aside",
}  # fmt: skip


def main() -> int:
    out, wanted = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    sheets, wrong = [], 0
    with sync_playwright() as play, chromium(play) as browser:
        page = browser.new_page(viewport=PHONE)
        for file in _files(wanted):
            try:
                sheets.append(_sheet(Desk.of(file), out, page))
            except KioskError as refused:
                wrong += 1
                print(refused)
    (out / "index.html").write_text(STYLE + "".join(sheets), encoding="utf-8")
    if not wanted:
        SKILLS.write_text(skills.page(), encoding="utf-8")
    print(out / "index.html")
    return 1 if wrong else 0


def _files(wanted: list[str]) -> Iterator[Path]:
    known = {path.stem: path for path in (*TINY, *REAL)}
    for name in wanted:
        file = Path(name)
        if not file.is_file() and name not in known:
            raise SystemExit(f"there is neither a file nor a scenario {name}")
        yield file if file.is_file() else known[name]
    if not wanted:
        yield from REAL


def _sheet(desk: Desk, out: Path, page: Page) -> str:
    """The sheet's section, once its pictures are taken."""
    name = desk.scenario.id
    folder = out / name
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    figures = [_figure(number, one, text, folder, page) for number, (one, text) in enumerate(_pages(desk), 1)]
    section = f"<h2>{name}: {html.escape(str(desk.scenario.title))}</h2><section>{''.join(figures)}</section>"
    sheet = out / f"{name}.html"
    sheet.write_text(STYLE + section, encoding="utf-8")
    page.goto(sheet.resolve().as_uri())
    _photograph(page, out / name, len(figures))
    sheet.unlink()
    print(f"{out / name}.png: {len(figures)} screens")
    return section


def _photograph(page: Page, stem: Path, figures: int) -> None:
    """The whole sheet, and its rows two by two, at a size that can still be read."""
    rows = math.ceil(figures / COLUMNS)
    size = {"width": min(COLUMNS, figures) * (PHONE["width"] + GAP) + GAP, "height": TITLE + rows * ROW}
    page.set_viewport_size(size)
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    whole.save(f"{stem}.png")
    for old in stem.parent.glob(f"{stem.name}-[0-9].png"):
        old.unlink()
    for part, top in enumerate(range(TITLE, size["height"], 2 * ROW), 1):
        whole.crop((0, top, size["width"], min(top + 2 * ROW, size["height"]))).save(f"{stem}-{part}.png")
    page.set_viewport_size(PHONE)


def _pages(desk: Desk) -> Iterator[tuple[Met, str]]:
    """Each page once; what two variants show alike is shown in the first."""
    seen = set()
    for one in met(desk.scenario):
        text = desk.page(one.state)
        if (shown := UNSEEN.sub("", text)) not in seen:
            seen.add(shown)
            yield one, text


def _figure(number: int, one: Met, text: str, folder: Path, page: Page) -> str:
    page.set_content(text)
    picture = folder / f"{number:02}-{one.state.screen}-{one.kind}.png"
    page.screenshot(path=picture)
    tall = page.evaluate("document.documentElement.scrollHeight")
    how = f"{KINDS[one.kind]} “{one.after}”" if one.after else KINDS[one.kind]
    long = f" · {tall} px long" if tall > PHONE["height"] else ""
    caught = " · caught" if one.state.place == "caught" else ""
    label = f"{number}. <b>{one.state.screen}</b> · {one.state.variant}<br>{html.escape(how)}{caught}{long}"
    return (
        f'<figure class="{one.kind}"><figcaption>{label}</figcaption>'
        f'<img src="{folder.name}/{picture.name}" width=360 height=640></figure>'
    )


if __name__ == "__main__":
    sys.exit(main())
