"""The staff door on a screen: opened by our own keypad, usable at every size, shut by itself."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kiosk.web.app import create_app
from tests.support import practice_house, staff

pytestmark = pytest.mark.browser

SCREENS = {
    "800x480": (800, 480),
    "1280x800": (1280, 800),
    "1920x1080": (1920, 1080),
    "portrait": (800, 1280),
    "phone": (360, 640),
}
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
COVERED = """() => {
  var bar = document.querySelector('.bar').getBoundingClientRect().top;
  return [].some.call(document.querySelectorAll('main button, main .field'), function (each) {
    var box = each.getBoundingClientRect();
    return box.width && box.bottom > bar;
  });
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = create_app(staff.desk(tmp_path_factory.mktemp("desk")))
    with practice_house.served(app) as address:
        yield address


@pytest.fixture(scope="module")
def inside(browser: Browser, url: str) -> Iterator[Page]:
    """A page whose door stands open."""
    page = browser.new_page()
    staff.key_in(page, url)
    yield page
    page.close()


@pytest.fixture(scope="module")
def rooms(inside: Page, url: str) -> list[str]:
    """Every page that the first one leads to."""
    inside.goto(f"{url}staff")
    return [room.get_attribute("href") for room in inside.locator(".room").all()]


def test_the_keypad_opens_it_and_shows_no_digit(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 480})
    page.goto(f"{url}staff")
    page.click(".digit[value='1']")
    page.click(".digit[value='last']")
    assert page.locator("#pin").input_value() == ""
    assert page.locator("#pin").get_attribute("type") == "password"
    assert page.locator("#pin").evaluate("it => it.readOnly")
    assert not page.evaluate(COVERED)
    staff.key_in(page, url)
    assert page.locator(".shut").is_visible()
    page.close()


def test_without_script_it_opens_too(browser: Browser, url: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{url}staff")
    page.fill("#pin", staff.PIN)
    page.click(".enter")
    assert page.locator(".shut").is_visible()
    page.context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_every_room_fits_every_screen(inside: Page, url: str, rooms: list[str], name: str) -> None:
    width, height = SCREENS[name]
    inside.set_viewport_size({"width": width, "height": height})
    assert len(rooms) >= 6
    for room in ("staff", *rooms):
        inside.goto(url + room)
        assert not inside.evaluate(WIDER), room


@pytest.mark.parametrize("name", ["800x480", "phone"])
def test_axe_finds_nothing_in_any_room(inside: Page, url: str, rooms: list[str], name: str) -> None:
    width, height = SCREENS[name]
    inside.set_viewport_size({"width": width, "height": height})
    for room in ("staff", *rooms):
        inside.goto(url + room)
        assert [found["id"] for found in Axe().run(inside).response["violations"]] == [], room


def test_the_touchscreen_shows_a_whole_round_of_households_and_its_keypad_at_once(inside: Page, url: str) -> None:
    for width, height in (SCREENS["800x480"], SCREENS["1280x800"]):
        inside.set_viewport_size({"width": width, "height": height})
        inside.goto(f"{url}staff/tham")
        assert not inside.evaluate(COVERED)
    for field, digits in (("households", "4"), ("adults", "11"), ("vneid", "6")):
        inside.click(f"label[for={field}]")
        for digit in digits:
            inside.click(f".digit[value='{digit}']")
    inside.click(".enter")
    assert inside.locator("td").all_text_contents() == ["4", "11", "6", "0", "0"]
    inside.click("button[value=ghi]")
    assert inside.locator("[role=status].said").text_content().startswith("Đã ghi")


def test_nobody_there_shuts_the_door_and_a_touch_keeps_it(browser: Browser, url: str) -> None:
    page = browser.new_page()
    staff.key_in(page, url)
    page.clock.install()
    page.goto(f"{url}staff")
    page.clock.run_for(245_000)
    assert "Cửa tự đóng sau" in page.locator("#soon").text_content()
    page.click("h1")
    page.clock.run_for(30_000)
    assert page.locator("#soon").text_content() == ""
    page.clock.run_for(260_000)
    page.wait_for_url(url)
    page.goto(f"{url}staff")
    assert page.locator("#pin").is_visible()
    page.close()
