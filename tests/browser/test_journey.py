"""The three paths from home to Xong, as a phone goes them: with script and without, on two sizes of screen."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.house import House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.browser

SIZES = {"360x640": (360, 640), "320x568": (320, 568)}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture(params=SIZES.values(), ids=SIZES.keys())
def phone(request: pytest.FixtureRequest, browser: Browser, script: bool) -> Iterator[BrowserContext]:
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, has_touch=True, is_mobile=True
    )
    yield context
    context.close()


@pytest.mark.parametrize("path", [0, 1, 2], ids=["pay by QR", "show papers", "the false call"])
def test_a_path_is_gone_from_home_to_xong(whole_house: House, phone: BrowserContext, script: bool, path: int) -> None:
    seen: list[str] = []
    visitor = Visitor.enters(whole_house, phone, script=script, look=lambda page: seen.append(_fits(page)))
    visitor.chooses_language()
    visitor.opens(path)
    assert visitor.watches() >= 5
    visitor.starts_from_the_last_card()
    together = visitor.practises()
    assert together.state.stage == "together"
    visitor.starts("alone")
    alone = visitor.practises()
    assert alone.state.stage == "alone"
    assert alone.state.variant != together.state.variant
    assert visitor.page.locator(".end svg").count() > 0
    visitor.leaves()
    assert all(url.startswith((whole_house.url, "data:")) for url in visitor.asked)
    assert [wide for wide in seen if wide] == []


def test_a_closed_sheet_loses_nothing_and_xong_ends_it(whole_house: House, phone: BrowserContext, script: bool) -> None:
    visitor = Visitor.enters(whole_house, phone, script=script)
    visitor.opens(0)
    visitor.starts("together")
    visitor.page.locator("button[name=do][value=hint]").click()
    visitor.page.wait_for_url("**/1")
    left = visitor.page.url
    visitor.page.close()

    again = Visitor.enters(whole_house, phone, script=script)
    again.opens(1)
    again.taps_stage("together")
    again.page.wait_for_url("**/again?*")
    assert "đang làm dở" in again.page.inner_text("main")
    assert _fits(again.page) == ""
    again.page.locator("a.tile").click()
    again.page.wait_for_url(left)
    again.leaves()

    next_one = Visitor.enters(whole_house, phone, script=script)
    next_one.opens(0)
    next_one.starts("together")
    assert next_one.page.url.endswith("/1/0")
    assert next_one.page.url.split("/")[4] != left.split("/")[4]
    next_one.leaves()


def _fits(page: Page) -> str:
    """The page's address when something of it is wider than the screen."""
    width = page.viewport_size["width"]
    boxes = page.locator("body").bounding_box()
    return page.url if boxes and boxes["width"] > width else ""


@pytest.mark.parametrize("path", [0, 1, 2], ids=["pay by QR", "show papers", "the false call"])
def test_axe_finds_nothing_on_the_way(whole_house: House, browser: Browser, path: int) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    axe = Axe()
    found: list[str] = []

    def look(page: Page) -> None:
        found.extend(
            f"{page.url}: {violation['id']}: {violation['nodes'][0]['html'][:120]}"
            for violation in axe.run(page).response["violations"]
        )

    visitor = Visitor.enters(whole_house, context, script=True, look=look)
    visitor.opens(path)
    visitor.watches()
    visitor.starts_from_the_last_card()
    visitor.practises()
    look(visitor.page)
    visitor.leaves()
    context.close()
    assert found == []


@pytest.mark.parametrize("address", ["help", "connect", "connected.vi.html", "topics.vi.html", "no/such/page"])
def test_axe_finds_nothing_beside_the_way(whole_house: House, browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(whole_house.url + address)
    found = Axe().run(page).response["violations"]
    page.close()
    assert [violation["id"] for violation in found] == []


def test_connect_says_first_what_the_phone_loses_and_then_lets_it_out(whole_house: House, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(whole_house.url + "connect")
    text = page.inner_text("main")
    assert "Tin nhắn sẽ không đến" in text
    page.locator("form[action=connect] button").click()
    page.wait_for_url("**/connected.vi.html")
    assert "10.87.0.1" in page.inner_text("main")
    page.close()


def test_eight_cards_eight_taps_eight_sounds(whole_house: House, browser: Browser) -> None:
    """With sound only inside a tap, as old phones have it."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, bypass_csp=True)
    context.add_init_script("""
        var NativeAudio = window.Audio; window.heard = [];
        window.Audio = function () {
            var made = new NativeAudio();
            made.addEventListener('playing', function () { window.heard.push(made.src); });
            return made;
        };
    """)
    visitor = Visitor.enters(whole_house, context, script=True)
    page = visitor.page
    page.goto(whole_house.url + "bai/doi-song-so/cong-an-goi/so-la.vi.html")
    page.locator("button.disc").click()
    _heard(page, 1)
    for count in range(2, 9):
        page.locator("a.next").click()
        _heard(page, count)
        page.wait_for_function("document.querySelectorAll('.dots .past').length == " + str(count - 1))
    heard = page.evaluate("window.heard")
    assert len(set(heard)) == 8
    context.close()


def _heard(page: Page, count: int) -> None:
    page.wait_for_function(f"window.heard.length == {count}", timeout=5000)
