"""Practice in a real browser: with script nothing typed leaves the page, without it every step still works."""

import io
import re
import urllib.parse
from contextlib import closing

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from kiosk import clock
from kiosk.codes import vietqr
from kiosk.live.store import LiveStore
from kiosk.practice.state import Choose, Whole, print_action
from kiosk.practice.walks import walk
from kiosk.usage import note
from kiosk.web.app import create_app
from tests.support import practice_house
from tests.support.scenarios import REAL, TINY, read

pytestmark = pytest.mark.browser

SIZES = [(360, 640), (320, 568)]
TINY_NAMES = [path.stem for path in TINY]
STEP = re.compile(r"/tap/[\w-]{22}/\d+/(\d+)$")
SENT = re.compile(r"do=(\w+)&t=(?:[0-9a-f]{12})?\d{13}")  # the action, and what the phone's clock says
WITH_EARS = """
    window.heard = [];
    var Native = window.Audio;
    window.Audio = function () {
        var made = new Native();
        made.addEventListener('playing', function () { window.heard.push(made.src); });
        return made;
    };
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return practice_house.settings(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def house(settings):
    with practice_house.served(create_app(settings)) as url:
        yield url


@pytest.fixture
def open_page(browser):
    """Makes a page of a phone; all are closed at the end."""
    contexts = []

    def make(size=SIZES[0], *, script=True, ears=False):
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        contexts.append(context)
        if ears:
            context.add_init_script(WITH_EARS)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def begin(page, house, scenario, stage="together"):
    """Open an attempt as the path's page does: a form that is sent."""
    page.goto(house)
    form = urllib.parse.urlencode(
        {"pack": practice_house.PACK, "scenario": scenario, "stage": stage, "lang": "vi", "anew": "1"}
    )
    answer = page.request.post(
        f"{house}tap", data=form, headers={"Content-Type": "application/x-www-form-urlencoded"}, max_redirects=0
    )
    page.goto(f"{house}{answer.headers['location']}")


def tap(page, action):
    """One action of the solver's; a whole number is pressed key by key."""
    before = page.url
    if isinstance(action, Whole):
        for digit in page.locator(".slots").get_attribute("data-n"):
            page.locator(f".key[value=d{digit}]").click()
    else:
        page.locator(f"[name=do][value={print_action(action)}]").click()
    return before


def last_digit(page):
    """Whether the next key makes the number whole, and sends it."""
    slots = page.locator(".slots")
    return int(slots.get_attribute("data-i") or 0) + 1 == len(slots.get_attribute("data-n"))


def told(name):
    return read(next(path for path in (*TINY, *REAL) if path.stem == name))


def leave(page):
    page.locator("[name=visit]").click()
    page.wait_for_url(re.compile(r"/done\.vi\.html$"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", TINY_NAMES)
def test_every_surface_is_walked_to_its_end(open_page, house, name, script):
    page = open_page(script=script)
    begin(page, house, name)
    scenario = told(name)
    for action in walk(scenario, scenario.teach):
        if script and type(action).__name__ == "Digit" and not last_digit(page):
            page.locator(f".key[value={print_action(action)}]").click()
            continue
        before = tap(page, action)
        page.wait_for_url(lambda url, before=before: url != before)
    page.wait_for_selector(".end")
    leave(page)


@pytest.mark.parametrize("size", SIZES, ids=["360x640", "320x568"])
@pytest.mark.parametrize("name", TINY_NAMES)
def test_axe_finds_nothing_on_any_surface(open_page, house, name, size):
    page = open_page(size)
    begin(page, house, name)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
    leave(page)


@pytest.mark.parametrize("name", [path.stem for path in REAL])
@pytest.mark.parametrize("size", SIZES, ids=["360x640", "320x568"])
def test_nothing_is_clipped_or_wider_than_the_screen_with_text_at_200_percent(open_page, house, name, size):
    page = open_page(size)
    begin(page, house, name)
    scenario = told(name)
    for action in walk(scenario, scenario.teach):
        page.add_style_tag(content="html{font-size:225%!important}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert page.evaluate(CLIPPED) == []
        if type(action).__name__ == "Digit":
            page.locator(f".key[value={print_action(action)}]").click()
            continue
        before = tap(page, action)
        page.wait_for_url(lambda url, before=before: url != before)
    leave(page)


# What holds words and is smaller than they are.
CLIPPED = """[].filter.call(document.querySelectorAll('.phone *, .ask *, .bar *'), function (e) {
    return e.children.length === 0 && e.textContent.trim() && !e.closest('.under') && !e.closest('noscript')
        && (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0);
}).map(function (e) { return e.outerHTML; })"""


@pytest.mark.parametrize("name", TINY_NAMES)
def test_what_is_tapped_is_large_enough(open_page, house, name):
    page = open_page()
    begin(page, house, name)
    boxes = [one.bounding_box() for one in page.locator(".phone button:enabled").all()]
    assert boxes
    assert [box for box in boxes if box["height"] < 48 or box["width"] < 48] == []
    wide = [box for box in boxes if box["width"] > 200]
    assert [box for box in wide if box["height"] < 56] == []
    leave(page)


def test_with_script_only_the_whole_number_is_told_never_a_digit(open_page, house):
    page = open_page()
    begin(page, house, "app")
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.post_data)))
    for digit in "0000000001":
        page.locator(f".key[value=d{digit}]").click()
    page.wait_for_url(re.compile(r"/1$"))
    (post,) = [post for method, post in sent if method == "POST"]
    assert SENT.fullmatch(post)[1] == "w0"
    leave(page)


def test_with_script_the_phone_tells_the_time_once(open_page, house, settings):
    note.write(settings, note.Note(boot=clock.boot_id(), epoch="e" * 16))
    page = open_page()
    begin(page, house, "app")
    assert page.locator("nav").get_attribute("id")
    for digit in "0000000001":
        page.locator(f".key[value=d{digit}]").click()
    page.wait_for_url(re.compile(r"/1$"))
    assert page.locator("nav").get_attribute("id") is None
    with closing(LiveStore.open(settings)) as store:
        (vote,) = store.tables.vote.select()
    assert abs(vote.wall - vote.uptime - (clock.wall() - clock.uptime())) < 5
    leave(page)


def test_with_script_a_wrong_key_is_refused_at_once_on_the_page(open_page, house):
    page = open_page()
    begin(page, house, "app")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.locator(".key[value=d7]").click()
    expect(page.locator(".memo [role=status]")).to_have_text("Chưa đúng. Nhìn thẻ vàng.")
    assert page.locator(".slots i").first.inner_text() == ""
    page.locator(".key[value=d7]").click()
    expect(page.locator(".key.pointed")).to_have_text("0")
    page.locator(".key[value=d0]").click()
    expect(page.locator(".memo [role=status]")).to_have_text("Số để tập")
    assert page.locator(".slots i").first.inner_text() == "0"
    for digit in "000000001":
        page.locator(f".key[value=d{digit}]").click()
    page.wait_for_url(lambda url: STEP.search(url) and STEP.search(url)[1] != "0")
    (post,) = sent
    assert SENT.fullmatch(post)[1] == "w2"
    leave(page)


def test_without_script_a_digit_is_a_post_and_a_wrong_one_is_told_gently(open_page, house):
    page = open_page(script=False)
    begin(page, house, "app")
    page.locator(".key[value=d0]").click()
    assert page.locator(".slots i").first.inner_text() == "0"
    page.locator(".key[value=d9]").click()
    assert "Nhìn thẻ vàng" in page.locator(".note").inner_text()
    assert page.locator(".slots i").nth(1).inner_text() == ""
    leave(page)


def test_the_next_step_is_heard_after_one_tap(open_page, house):
    page = open_page(ears=True)
    begin(page, house, "tra-tien-qr")
    page.locator(".phone [name=do]").first.click()
    for _ in range(50):
        if page.evaluate("window.heard.length"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("window.heard[0]").endswith("/m/0123456789abcdef.mp3")
    leave(page)


def test_with_script_a_step_is_one_page_and_its_sound(open_page, house):
    page = open_page()
    begin(page, house, "home")
    asked = []

    def note(request):  # playwright cannot take a built-in method
        asked.append(request)

    page.on("request", note)
    before = page.url
    page.locator("[name=do]").first.click()
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state("networkidle")
    pages = [one for one in asked if "/tap/" in one.url]
    assert [one.method for one in pages] == ["POST", "GET"]
    assert all("/m/" in one.url for one in asked if one not in pages)
    leave(page)


def test_back_from_elsewhere_leads_to_the_present_step(open_page, house):
    page = open_page(script=False)
    begin(page, house, "app")
    before = page.url
    page.locator(".key[value=d0]").click()
    page.wait_for_url(lambda url: url != before)
    present = page.url
    page.go_back()
    assert page.url == present
    leave(page)


def test_a_double_tap_is_one_tap(open_page, house):
    page = open_page()
    begin(page, house, "app")
    page.locator("[name=do][value=hint]").dblclick()
    page.wait_for_url(re.compile(r"/1$"))
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/1")
    leave(page)


def test_the_code_on_a_page_reads_as_a_practice_code(open_page, house):
    page = open_page()
    begin(page, house, "paper")
    picture = Image.open(io.BytesIO(page.locator(".qr").first.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture.resize((picture.width * 3, picture.height * 3)))
    parsed = vietqr.parse(found.text)
    assert parsed.transfer.bin == "000000"
    assert not parsed.problems
    leave(page)


def test_the_code_in_the_camera_reads_as_a_practice_code(open_page, house):
    page = open_page()
    begin(page, house, "tra-tien-qr")
    scenario = told("tra-tien-qr")
    for action in walk(scenario, scenario.teach):
        if page.locator(".finder").count():
            break
        assert isinstance(action, Choose)
        before = tap(page, action)
        page.wait_for_url(lambda url, before=before: url != before)
    picture = Image.open(io.BytesIO(page.locator(".finder .qr").first.screenshot()))
    (found,) = zxingcpp.read_barcodes(picture.resize((picture.width * 3, picture.height * 3)))
    assert vietqr.parse(found.text).transfer.bin == "000000"
    leave(page)
