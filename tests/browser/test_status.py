"""The status page as a technician sees it: at the touchscreen, on paper, and by the camera of a phone."""

import io
import re

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from kiosk.pages.render import Renderer
from kiosk.pages.words import read_words
from kiosk.settings import Settings
from kiosk.status import page, qr
from tests.status.made import report

pytestmark = pytest.mark.browser

SCREENS = {"800x480": (800, 480), "1024x600": (1024, 600), "1280x800": (1280, 800)}
WIDER = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def text():
    return Renderer(read_words()).draw("status.html", page.view(Settings(), report()))


@pytest.fixture(params=SCREENS)
def screen(request, browser, text):
    width, height = SCREENS[request.param]
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.set_content(text)
    yield opened
    opened.close()


def test_axe_finds_nothing_and_nothing_reaches_over_the_edge(screen):
    assert [found["id"] for found in Axe().run(screen).response["violations"]] == []
    assert not screen.evaluate(WIDER)


def test_what_wants_doing_stands_above_what_only_tells(screen):
    heights = [box["y"] for box in (row.bounding_box() for row in screen.locator("tbody tr.fail, tbody tr.ok").all())]
    assert heights == sorted(heights)
    assert screen.locator(".verdict.fail").is_visible()


def test_a_camera_reads_the_code_from_the_screen(screen):
    picture = Image.open(io.BytesIO(screen.locator(".code").screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == qr.text(report())


def test_it_is_one_sheet_of_paper(browser, text):
    opened = browser.new_page()
    opened.set_content(text)
    assert len(re.findall(rb"/Type\s*/Page\b", opened.pdf(format="A4"))) == 1
    opened.close()
