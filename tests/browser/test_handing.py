"""The page of a volunteer's phone, small and large, at each stage."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kiosk.pages.handing import HandingView
from kiosk.pages.render import Renderer
from kiosk.pages.words import read_words

pytestmark = pytest.mark.browser

STAGES = {
    "none": {},
    "working": {},
    "ready": {"file": "domdom-abababab.carry", "events": 1_204_000, "kib": 9_000, "returned": 1_204_000, "refused": 3},
    "failed": {"said": "the stick does not hold what was written to it", "returned": 5},
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("size", [(320, 568), (800, 480)])
def test_axe_finds_nothing_and_nothing_reaches_over_the_edge(browser, stage, size):
    view = HandingView(lang="vi", name="Nhà văn hóa bản Nà Hường", stage=stage, **STAGES[stage])
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]})
    opened.set_content(Renderer(read_words()).draw("handing.html", view))
    assert [found["id"] for found in Axe().run(opened).response["violations"]] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= size[0]
    opened.close()
