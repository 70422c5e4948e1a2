"""The dashboard as an office sees it: on a wide screen, on a phone, on paper, by keyboard and by ear."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from kiosk.collector.titles import titles
from tests.browser.dashboard_pictures import PACKS, fill, shown
from tests.support.fleet import invent

pytestmark = pytest.mark.browser

PAGES = ("", "villages", "villages/ban-3", "practice", "league", "boxes", "export", "audit", "villages/nowhere")
WIDER = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    folder = tmp_path_factory.mktemp("dashboard")
    url = f"sqlite:///{folder}/p.db"
    fill(url, invent(24), titles(PACKS), int(time.time()), days=60)
    with shown(url, Path(folder)) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing_and_nothing_reaches_over_the_edge(dashboard: tuple[Page, str], lang: str) -> None:
    page, address = dashboard
    page.goto(f"{address}tongue/{lang}")
    for wide in (1440, 390):
        page.set_viewport_size({"width": wide, "height": 900})
        for path in PAGES if wide == 1440 else PAGES[:4]:
            page.goto(address + path)
            found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
            assert found == [], path
            assert not page.evaluate(WIDER), path
    page.set_viewport_size({"width": 1440, "height": 900})


def test_charts_are_drawn_by_the_library_that_came_with_the_package(dashboard: tuple[Page, str]) -> None:
    page, address = dashboard
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}practice")
    assert page.locator(".chart canvas").count() == 2
    assert page.locator(".chart .u-legend").first.inner_text().strip()
    assert all(url.startswith(address) for url in asked)
    assert wrong == []


def test_a_light_of_the_map_leads_to_its_village_and_the_keyboard_passes_by(dashboard: tuple[Page, str]) -> None:
    page, address = dashboard
    page.goto(address)
    assert page.locator(".land a").count() == 24
    assert page.locator(".land a:not([tabindex='-1'])").count() == 0
    page.locator(".land a .spot").first.click()
    assert re.search(r"/villages/ban-\d+$", page.url)


def test_the_first_page_prints_on_few_sheets(dashboard: tuple[Page, str]) -> None:
    page, address = dashboard
    page.goto(address)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 6
