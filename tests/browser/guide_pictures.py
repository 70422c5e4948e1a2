"""The guide's pictures, taken from the real commands: `python -m tests.browser.guide_pictures FOLDER`."""

import html
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from kiosk.pages.render import Renderer
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.status import page, qr
from provisioning.labels import labels
from provisioning.site_config import parse
from tests.status.made import village
from tests.support.browser import chromium
from tests.support.house import ROOT

SITES = ROOT / "tests" / "data" / "sites"
COLOURS = 64
WIDE, GAP = 1180, 14
# Like a terminal: our indigo, letters of one width, the code's black on white as the terminal would show it.
TERMINAL = """<style>body {{ margin: 0; background: #1d2440 }} pre {{ margin: 0; padding: 14px 18px; color: #fff7e6;
font: {size}px/1.32 'DejaVu Sans Mono', monospace; white-space: pre-wrap }} b {{ color: #f4b728 }}
i {{ background: #fff; color: #000; font-style: normal; display: block; line-height: 1.2 }}</style>
<pre>{text}</pre>"""


def main() -> None:
    folder = Path(sys.argv[1])
    with sync_playwright() as play, chromium(play) as browser:
        for name, png in _pictures(browser):
            Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
                folder / f"guide-{name}.png", optimize=True
            )


def _pictures(browser: Browser) -> Iterator[tuple[str, bytes]]:
    yield "faults", _terminal(browser, "provision site check nhieu-loi.toml", SITES / "wrong")
    with tempfile.TemporaryDirectory() as folder:
        _said(f"provision render lop-qua-dong.toml -o {folder}/lop-qua-dong", SITES / "wrong")
        yield "check", _terminal(browser, "provision check lop-qua-dong", Path(folder))
        (Path(folder) / "current").mkdir()
        report = village(Path(folder))
    yield (
        "status",
        _page(browser, Renderer(read_words()).draw("status.html", page.view(Settings(), report)), 1180, 1150),
    )
    code = re.sub(r"\x1b\[[0-9;]*m", "", qr.terminal(report))
    yield "code", _page(browser, TERMINAL.format(size=10, text=f"<b>$ kiosk status --qr</b>\n<i>{code}</i>"), 740, 200)
    yield "paper", _paper((SITES / "pi-3b-modem" / "site.toml").read_text(encoding="utf-8"))


def _said(command: str, where: Path) -> str:
    """What a command prints, whether it found something or not."""
    program, *words = command.split()
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / program, *words], cwd=where, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def _terminal(browser: Browser, command: str, where: Path, *, wide: int = WIDE) -> bytes:
    text = html.escape(_said(command, where).rstrip())
    return _page(browser, TERMINAL.format(size=15, text=f"<b>$ {command}</b>\n{text}"), wide, 100)


def _page(browser: Browser, text: str, wide: int, high: int) -> bytes:
    opened = browser.new_page(viewport={"width": wide, "height": high})
    opened.set_content(text)
    png = opened.screenshot(full_page=True)
    opened.close()
    return png


def _paper(site: str) -> bytes:
    """Every sheet that is printed for a site, side by side."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "labels.pdf"
        document.write_bytes(labels(parse(site)))
        subprocess.run(["pdftoppm", "-r", "46", "-png", document, Path(folder) / "sheet"], check=True)
        sheets = [Image.open(path) for path in sorted(Path(folder).glob("sheet*.png"))]
        gap = 14
        whole = Image.new(
            "RGB", (sum(each.width + gap for each in sheets) + gap, sheets[0].height + 2 * gap), "#9aa3b8"
        )
        left = gap
        for each in sheets:
            whole.paste(each, (left, gap))
            left += each.width + gap
    png = io.BytesIO()
    whole.save(png, "PNG")
    return png.getvalue()


if __name__ == "__main__":
    main()
