"""The pictures of the staff door in the guide: `python -m tests.browser.staff_pictures FOLDER`."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kiosk.web.app import create_app
from tests.support import practice_house, staff
from tests.support.browser import chromium

SCREEN = {"width": 800, "height": 480}
COLOURS = 64


def main() -> None:
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as held, sync_playwright() as play, chromium(play) as browser:
        app = create_app(staff.desk(Path(held)))
        with practice_house.served(app) as url:
            page = browser.new_page(viewport=SCREEN, device_scale_factor=1.5)
            page.goto(f"{url}staff")
            _save(page, folder / "staff-pin.png")
            staff.key_in(page, url)
            page.goto(f"{url}staff/lop")
            page.click("button[value=mo]")
            page.goto(f"{url}staff")
            _save(page, folder / "staff-rooms.png")
            page.goto(f"{url}staff/tham")
            _save(page, folder / "staff-household.png")


def _save(page: Page, path: Path) -> None:
    """Few colours are enough for flat drawings."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
