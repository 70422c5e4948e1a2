"""Nothing of what anybody types into our pages in a browser leaves the phone, or stays where it was sent by force."""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from kiosk.practice.state import print_action
from kiosk.practice.walks import walk
from tests.support.feeder import Feeder, left_in_processes
from tests.support.harm_house import MEMORY, HarmHouse, harm_house
from tests.support.numbers import Numbers
from tests.support.practice_house import PACK
from tests.support.scenarios import TINY, read

pytestmark = [pytest.mark.browser, pytest.mark.needs("file:/proc/self/mem", "file:/proc/self/task")]

PAGES = ("", "help", "connect", "topics.vi.html", "bai/doi-song-so/tra-tien-qr.vi.html", "khong-co")
# Every field that a page has, and one that it has not, in every form of it.
FILL = """value => [].map.call(document.forms, function (form) {
  [].forEach.call(form.elements, function (it) { if (it.name && it.type != 'submit') it.value = value; });
  var more = document.createElement('input');
  more.name = 'cccd'; more.value = value; form.appendChild(more);
}).length"""


@pytest.fixture(scope="module")
def house() -> Iterator[HarmHouse]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, harm_house(Path(folder)) as built:
        yield built


@pytest.fixture(scope="module")
def fed(house: HarmHouse) -> Feeder:
    return Feeder(int(re.search(r":(\d+)/", house.url)[1]), Numbers())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        yield context.new_page()


def _begun(page: Page, house: HarmHouse, fed: Feeder, scenario: str) -> None:
    page.goto(house.url + fed.post("tap", pack=PACK, scenario=scenario, stage="together", anew="1"))


def _typed(page: Page, number: str) -> None:
    """On the keyboard into whatever has the focus, and pasted."""
    page.keyboard.type(number)
    page.keyboard.insert_text(number)
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.type(number)


@pytest.mark.parametrize("scenario", [path.stem for path in TINY])
def test_what_is_typed_or_keyed_on_any_surface_is_not_sent(
    page: Page, house: HarmHouse, fed: Feeder, scenario: str
) -> None:
    sent: list[str] = []

    def asked(request: Request) -> None:
        sent.append(f"{request.method} {request.url} {request.post_data} {request.headers}")

    page.on("request", asked)
    told = next(read(path) for path in TINY if path.stem == scenario)
    _begun(page, house, fed, scenario)
    for action in walk(told, told.teach)[:6]:
        for number in fed.numbers.three(f"{scenario}, typed"):
            _typed(page, number)
        if page.locator("button.key").count():
            for digit in fed.numbers.three(f"{scenario}, keyed")[0]:
                page.locator(f"button[name=do][value=d{digit}]").click()
            break
        page.goto(house.url + fed.post(page.url.removeprefix(house.url), do=print_action(action)))
    assert [row for row in sent if list(fed.numbers.found_in(row.encode()))] == []
    assert not any(re.search(r"do=d\d", row) for row in sent)


@pytest.mark.parametrize("address", PAGES)
def test_a_field_filled_by_force_is_sent_and_forgotten(page: Page, house: HarmHouse, fed: Feeder, address: str) -> None:
    page.goto(house.url + address)
    forms = page.evaluate(FILL, "x")
    assert forms >= 1
    for place in range(forms):
        page.goto(house.url + address)
        page.evaluate(FILL, fed.numbers.one(f"/{address}, form {place}"))
        with page.expect_navigation():
            page.evaluate("place => { HTMLFormElement.prototype.submit.call(document.forms[place]); }", place)
        assert page.locator("body").inner_text()


def test_afterwards_nothing_of_it_is_left_anywhere(house: HarmHouse, fed: Feeder) -> None:
    assert len(fed.numbers.put) > 50
    time.sleep(1)
    house.upload()
    kept = [*house.files(), ("the wire", house.line.kept)]
    assert {name: found for name, data in kept if (found := sorted(fed.numbers.found_in(data)))} == {}
    fed.idle(100)
    assert left_in_processes(house, fed, fed.numbers.found_in) == {}
