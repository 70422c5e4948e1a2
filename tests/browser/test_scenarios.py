"""Every scenario that people practise, walked to its end without script on the smallest common screen."""

import contextlib

import pytest
import yaml

from kiosk.errors import KioskError
from kiosk.live.store import LiveStore
from kiosk.practice.attempts import Attempts
from kiosk.practice.engine import apply, draw
from kiosk.practice.scenario import encode, from_builtins
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Choose, print_action
from kiosk.practice.view import view
from kiosk.practice.walks import walk, walk_with_mistakes
from kiosk.web.app import create_app
from tests.support import guide, practice_house, skills
from tests.support.desk import Desk
from tests.support.met import met, two_variants
from tests.support.scenarios import REAL

pytestmark = pytest.mark.browser

# The guide's own example is one of them: whoever copies it gets something that works.
every = pytest.mark.parametrize("file", [*REAL, guide.GUIDE], ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def desks():
    """Each scenario with its drawings, and a sound of its own for each sentence."""
    found = {guide.GUIDE: Desk(from_builtins(yaml.safe_load(guide.whole()), guide.GUIDE.name))}
    for file in REAL:
        with contextlib.suppress(KioskError):  # its own test says why
            found[file] = Desk.of(file)
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory, desks):
    """The real app with all of them installed."""
    members = {}
    for desk in desks.values():
        members |= {f"practice/{desk.scenario.id}.json": encode(desk.scenario), **desk.drawings}
    settings = practice_house.settings(tmp_path_factory.mktemp("house"), members)
    with practice_house.served(create_app(settings)) as url:
        yield url, settings


@pytest.fixture
def walker(browser, house):
    """Walks a way of a scenario, holding each page to what the engine says; gives the bytes of every page."""
    url, settings = house
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    store = LiveStore.open(settings)
    page = context.new_page()

    def follow(scenario, variant, actions):
        sizes = []
        standing = _begun(Attempts(store, Shelf(settings.packs)), scenario, variant)
        state = standing.state
        answer = page.goto(f"{url}tap/{standing.visit}/{standing.number}/0")
        sizes.append(_wire(answer))
        for action in actions:
            state, _ = apply(scenario, state, action)
            sizes.append(_tap(page, action, f"/{state.serial}"))
            _hold(page, scenario, state)
        assert state.place == "done"
        page.locator("[name=visit]").click()
        return sizes

    yield follow
    store.close()
    context.close()


def _begun(attempts, scenario, variant):
    """An attempt alone in that variant, without the help of chance."""
    seed = next(seed for seed in range(10_000) if draw(scenario, (), seed).id == variant.id)
    return attempts.start(
        practice_house.PACK, scenario.id, "alone", station="ab" * 8, where="phone", setting="test", lang="vi", seed=seed
    )  # fmt: skip


def _tap(page, action, address):
    """What the action is done with; the bytes of the page it leads to."""
    value = "back" if action == Choose(0) else print_action(action)
    with page.expect_response(lambda got: got.url.endswith(address) and got.request.method == "GET") as got:
        page.locator(f"[name=do][value={value}]").first.click()
    return _wire(got.value)


def _wire(answer):
    assert answer.status == 200
    answer.finished()
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def _hold(page, scenario, state):
    """The page is the one of that state."""
    if state.place == "done":
        assert page.locator(".end").count()
    elif state.place == "at":
        assert page.locator("h1").inner_text() == view(scenario, state).say
    else:
        assert page.locator(".calm").count()


@every
def test_every_scenario_is_walked_to_its_end_in_two_variants(walker, desks, file):
    scenario = (desks.get(file) or Desk.of(file)).scenario
    for variant in two_variants(scenario):
        assert max(walker(scenario, variant, walk(scenario, variant.id))) <= skills.MOST


@every
def test_every_scenario_is_walked_to_its_end_with_every_mistake(walker, desks, file):
    scenario = (desks.get(file) or Desk.of(file)).scenario
    variant = two_variants(scenario)[-1]
    assert max(walker(scenario, variant, walk_with_mistakes(scenario, variant.id))) <= skills.MOST


IN_SIGHT = """document.querySelector('.phone .pointed').getBoundingClientRect().bottom
    <= document.querySelector('.bar').getBoundingClientRect().top"""


@every
def test_what_the_hand_points_at_is_in_sight_on_small_phones(browser, desks, file):
    desk = desks.get(file) or Desk.of(file)
    pages = {desk.page(one.state): one.state.screen for one in met(desk.scenario) if one.kind == "pointed"}
    assert pages
    page = browser.new_page()
    for width, height in ((360, 640), (320, 568)):
        page.set_viewport_size({"width": width, "height": height})
        hidden = []
        for text, screen in pages.items():
            page.set_content(text)
            if not page.evaluate(IN_SIGHT):
                hidden.append(screen)
        assert hidden == []
    page.close()
