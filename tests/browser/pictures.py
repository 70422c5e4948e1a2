"""The pictures of the README, taken from the running house: `python -m tests.browser.pictures FOLDER`."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from kiosk.live.store import LiveStore
from kiosk.practice.attempts import Attempts, Standing
from kiosk.practice.engine import apply
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Digit, print_action
from kiosk.practice.walks import walk
from kiosk.settings import read
from tests.support.browser import chromium
from tests.support.house import House, house

PACK, SCENARIO = "doi-song-so", "tra-tien-qr"
PHONE = {"width": 360, "height": 640}
COLOURS = 128


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with house() as built, sync_playwright() as play, chromium(play) as browser:
        for name, page in _pages(built, browser):
            page.evaluate("document.activeElement && document.activeElement.blur()")
            _save(page.screenshot(), folder / f"{name}.png")


def _pages(built: House, browser: Browser) -> Iterator[tuple[str, Page]]:
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)
    for name, address in (("home", ""), ("card", f"bai/{PACK}/{SCENARIO}/soi-ma.vi.html"), ("help", "help")):
        page.goto(built.url + address)
        yield name, page
    yield "keypad", _walked(built, page, "rau-dung-ten", until="so-tien", digits=3)
    yield "trap", _walked(built, page, "rau-dan-de", until="ten")
    yield "twin", _walked(built, page, "rau-dung-ten", until="ten")
    yield "receipt", _walked(built, page, "rau-dung-ten", until="bien-lai")
    yield "praise", _walked(built, page, "rau-dung-ten")


def _walked(built: House, page: Page, variant: str, *, until: str = "", digits: int = 0) -> Page:
    """An attempt of that variant at the screen `until` after so many digits, or at its end."""
    standing = _started(built, variant)
    page.goto(f"{built.url}tap/{standing.visit}/{standing.number}/0")
    state = standing.state
    for action in walk(standing.scenario, variant):
        if state.screen == until:
            if not digits or not isinstance(action, Digit):
                break
            digits -= 1
        state, _ = apply(standing.scenario, state, action)
        before = page.url
        page.locator(f"button[name=do][value={print_action(action)}]").first.click()
        if page.locator(".slots").count() == 0 or not isinstance(action, Digit):
            page.wait_for_url(lambda url, before=before: url != before)
        page.wait_for_timeout(300)
    return page


def _started(built: House, variant: str) -> Standing:
    settings = read(built.environ)
    store = LiveStore.open(settings)
    attempts = Attempts(store, Shelf(settings.packs))
    for seed in range(1000):
        standing = attempts.start(
            PACK, SCENARIO, "alone", station=f"{seed:016x}", where="phone", setting="test", lang="vi", seed=seed
        )
        if standing.state.variant == variant:
            store.close()
            return standing
    raise LookupError(variant)


def _save(png: bytes, path: Path) -> None:
    """Few colours are enough for flat drawings."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
