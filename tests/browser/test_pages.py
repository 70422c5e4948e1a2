"""Our pages in a real browser, from a plain file server: what is seen, what is heard, what one tap does."""

import functools
import io
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler

import pytest
from axe_playwright_python.sync_playwright import Axe

from kiosk.pages import addresses
from kiosk.pages.render import css, js, script_address
from tests.support import house_pages as house
from tests.support.local import answering

pytestmark = pytest.mark.browser

PHONES = {"360x640": (360, 640), "320x568": (320, 568), "1024x600": (1024, 600)}
# Every sound that begins, by its address; kept in the top window, which a swap of the body leaves alone.
LISTEN = """
  window.played = [];
  var real = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    var audio = this;
    return real.call(this).then(function () { window.played.push(audio.src.slice(-20)); });
  };
"""
SIZES = """() => {
  var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = [], node;
  while ((node = walker.nextNode())) {
    var of = node.parentElement;
    if (!node.textContent.trim() || of.closest('noscript, script, style')) continue;
    if (parseFloat(getComputedStyle(of).fontSize) < 18) small.push(node.textContent);
  }
  return small;
}"""
TARGETS = """() => [].filter.call(
  document.querySelectorAll('.tile, .next, .back, .key, .bar a, .line .disc, .scene, a.lang, button.lang'),
  function (it) {
    var box = it.getBoundingClientRect();
    return box.width && !it.closest('.still') && (box.height < 64 || box.width < 48);
  }
).map(function (it) { return it.outerHTML.slice(0, 80) + it.getBoundingClientRect().height; })"""
# What reaches over the page's edge, or is cut by its own box.
CUT = """() => [].filter.call(document.body.querySelectorAll('*'), function (it) {
  if (it.closest('svg, noscript') || !it.getClientRects().length) return false;
  var box = it.getBoundingClientRect(), style = getComputedStyle(it);
  if (box.left < -1 || box.right > innerWidth + 1) return true;
  return style.overflow != 'visible' && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1);
}).map(function (it) { return it.outerHTML.slice(0, 120); })"""
# Words that stand over each other: a text's box must not reach into a later tile or out of its own.
SPILT = """() => [].filter.call(document.querySelectorAll('.tile, .key, .next, .bar li'), function (it) {
  var box = it.getBoundingClientRect();
  return [].some.call(it.querySelectorAll('b, small'), function (text) {
    var own = text.getBoundingClientRect();
    return own.height && (own.bottom > box.bottom + 1 || own.right > box.right + 1);
  });
}).map(function (it) { return it.outerHTML.slice(0, 120); })"""


def _beep() -> bytes:
    """A tenth of a second of silence; browsers look at the bytes, not at the name."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * 800)
    return file.getvalue()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_POST(self):
        """Xong, as the program answers it."""
        self.send_response(303)
        self.send_header("Location", "/done.vi.html")
        self.end_headers()

    def translate_path(self, path):
        real = super().translate_path(path)
        return real if "." in path.rpartition("/")[2] or path.endswith("/") else f"{real}.html"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    pages = house.site(house.renderer(), languages=2)
    for name, text in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "m").mkdir()
    (folder / script_address("voice.js")).write_text(js("voice.js"), encoding="utf-8")
    names = [house.sound(number) for number in range(0x50)] + list(house.voices().values())
    names += [greeting.sound for greeting in house.GREETINGS] + [tile.sound for tile in house.topic().tiles]
    for name in names:
        (folder / name).write_bytes(_beep())
    with answering(functools.partial(Quiet, directory=folder)) as url:
        yield url


def _in_a_lesson(name: str) -> bool:
    return name.count("/") == house.QUESTION.address.count("/")


@contextmanager
def opened(browser, size, *, script=True):
    width, height = PHONES[size]
    with browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script) as context:
        context.add_init_script(LISTEN)
        yield context.new_page()


@pytest.fixture
def phone(browser):
    with opened(browser, "360x640") as page:
        yield page


STYLES = {
    "lesson": ("base.css", "steps.css", "card.css", "question.css", "phone.css", "still.css"),
    "bai": ("base.css", "tile.css", "inner.css"),
    "chu-de": ("base.css", "tile.css", "topic.css"),
    "help.html": ("base.css", "tile.css", "inner.css", "help.css"),
}
ADDRESSES = sorted(
    name
    for name in house.site(house.renderer())
    if not name.endswith(".htm") and ("/c" not in name or name.endswith(("c1.vi.html", "c8.vi.html")))
)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("size", PHONES)
def test_text_is_large_targets_are_wide_and_nothing_is_cut(browser, address, name, size):
    with opened(browser, size) as page:
        page.goto(address + name)
        assert page.evaluate(SIZES) == []
        assert page.evaluate(TARGETS) == []
        assert page.evaluate(CUT) == []
        assert page.evaluate(SPILT) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_text_at_twice_its_size_on_the_narrowest_phone_stays_whole(browser, address, name):
    with opened(browser, "320x568") as page:
        page.goto(address + name)
        page.add_style_tag(content="html{font-size:225% !important}")
        page.evaluate("[].forEach.call(document.querySelectorAll('details'), function (it) { it.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(CUT) == []
        assert page.evaluate(SPILT) == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing(phone, address, name):
    phone.goto(address + name)
    phone.evaluate("[].forEach.call(document.querySelectorAll('details'), function (it) { it.open = true; })")
    found = Axe().run(phone)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_asks_for_nothing_but_itself(phone, address, name):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address + name)
    phone.wait_for_load_state("networkidle")
    voice = [address + script_address("voice.js")] if _in_a_lesson(name) else []  # kept for ever by who asked once
    assert [url for url in asked if not url.startswith("data:")] == [address + name, *voice]


@pytest.mark.parametrize("name", ADDRESSES)
def test_without_script_a_page_is_one_request(browser, address, name):
    asked = []
    with opened(browser, "360x640", script=False) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [address + name]


def test_three_tiles_are_seen_at_once_on_the_smallest_phone(browser, address):
    with opened(browser, "320x568") as page:
        page.goto(address)
        bar = page.locator(".bar").bounding_box()
        last = page.locator(".tile").last.bounding_box()
        assert last["y"] + last["height"] <= bar["y"]


def test_the_first_tap_says_and_lights_the_second_goes_and_warns(phone, address):
    phone.goto(address)
    tile = phone.locator(".tile").first
    tile.click()
    phone.wait_for_function("played.length == 1")
    assert "lit" in tile.get_attribute("class")
    assert phone.locator(".go:visible").count() == 1
    phone.locator(".tile").nth(1).click()
    assert phone.locator(".lit").count() == 1
    phone.locator(".tile").nth(1).click()
    phone.wait_for_url("**/bai/**")
    phone.wait_for_function("played.length == 3")
    assert phone.evaluate("played")[2] == house.voices()["trust"][-20:]
    phone.go_back()
    phone.wait_for_selector(".lang")
    assert phone.url == address


def test_a_topic_of_nine_is_seen_at_once_on_the_touchscreen(browser, address):
    with opened(browser, "1024x600") as page:
        page.goto(address + addresses.topic("tien", "vi"))
        bar = page.locator(".bar").bounding_box()
        last = page.locator(".tile").last.bounding_box()
        assert page.locator(".tile").count() == 9
        assert last["y"] + last["height"] <= bar["y"] + 1


def test_in_a_topic_the_first_tap_says_the_path_and_the_second_goes_and_warns(phone, address):
    phone.goto(address + addresses.topic("tien", "vi"))
    tile = phone.locator(".tile").first
    tile.click()
    phone.wait_for_function("played.length == 1")
    assert "lit" in tile.get_attribute("class")
    tile.click()
    phone.wait_for_url("**/bai/**")
    phone.wait_for_function("played.length == 2")
    assert phone.evaluate("played")[1] == house.voices()["trust"][-20:]


def test_without_script_a_path_of_a_topic_is_one_tap_away(browser, address):
    with opened(browser, "320x568", script=False) as page:
        page.goto(address + addresses.topic("tien", "vi"))
        page.locator(".tile").first.click()
        page.wait_for_url("**/bai/**")


def test_the_chosen_language_speaks_and_another_is_chosen_by_its_loudspeaker(phone, address):
    phone.goto(address)
    phone.locator(".lang[aria-current]").click()
    phone.wait_for_function("played.length == 1")
    assert phone.evaluate("played") == [house.voices()["home.first"][-20:]]


def test_eight_cards_eight_taps_eight_sounds(phone, address):
    phone.goto(address + "bai/doi-song-so/tra-tien.vi.html")
    watch = phone.locator("a.tile")
    watch.click()
    phone.wait_for_function("played.length == 1")
    watch.click()
    for number in range(1, house.CARDS + 1):
        phone.wait_for_url(f"**/{house.step(number).address}")
        phone.wait_for_function(f"played.length == {number + 1}")
        if number < house.CARDS:
            phone.locator(".next, .scene").nth(number % 2).click()
    assert phone.evaluate("played.slice(1)") == [house.step(number).sound[-20:] for number in range(1, house.CARDS + 1)]
    assert phone.locator("button.next").is_visible()


def test_one_tap_on_a_picture_brings_its_answer_and_its_voice(phone, address):
    phone.goto(address + house.QUESTION.address)
    ways = [house.WRONG, house.QUESTION, house.RIGHT]
    for taps, (way, tapped) in enumerate(zip(ways, (".picks a:last-child", "a.next", ".picks a"), strict=True), 1):
        phone.locator(tapped).first.click()
        phone.wait_for_url(f"**/{way.address}")
        phone.wait_for_function(f"played.length == {taps}")
        assert phone.locator(".fly").count() == (way == house.RIGHT)
    assert phone.evaluate("played") == [way.sound[-20:] for way in ways]


def test_a_lesson_leaves_one_step_behind_for_the_phones_own_back_key(phone, address):
    phone.goto(address + "bai/doi-song-so/tra-tien.vi.html")
    phone.locator("a.tile").click()
    phone.locator("a.tile").click()
    phone.wait_for_url("**/c1.vi.html")
    phone.locator(".next").click()
    phone.wait_for_url("**/c2.vi.html")
    phone.go_back()
    phone.wait_for_selector("a.tile")
    assert phone.url.endswith("tra-tien.vi.html")


def test_back_on_a_card_says_the_card_before(phone, address):
    phone.goto(address + house.step(3).address)
    phone.locator(".back").click()
    phone.wait_for_url("**/c2.vi.html")
    phone.wait_for_function("played.length == 1")
    assert phone.evaluate("played") == [house.step(2).sound[-20:]]


def test_the_waves_move_while_the_loudspeaker_speaks(phone, address):
    phone.goto(address + house.step(1).address)
    phone.evaluate("""() => {
      window.marks = [];
      new MutationObserver(function () {
        marks.push(document.querySelector('.line .disc').className);
      }).observe(document.body, {subtree: true, attributes: true, attributeFilter: ['class']});
    }""")
    phone.locator(".line .disc").click()
    phone.wait_for_function("marks.length >= 2")
    assert phone.evaluate("marks")[0] == "disc say p"
    assert phone.evaluate("marks").pop() == "disc say"


def test_help_leads_back_to_the_card_one_came_from(phone, address):
    phone.goto(address + house.step(4).address)
    phone.locator(".bar a", has_text="Cần người giúp").click()
    phone.wait_for_url("**/help")
    phone.locator(".bar a", has_text="Quay lại").click()
    phone.wait_for_url(f"**/{house.step(4).address}")


def test_when_a_card_cannot_be_fetched_the_phone_goes_there_itself(phone, address):
    phone.goto(address + house.step(1).address)
    phone.route(
        "**/c2.vi.htm*", lambda route: route.abort() if route.request.resource_type == "xhr" else route.continue_()
    )
    phone.locator(".next").click()
    phone.wait_for_url("**/c2.vi.html")
    assert phone.evaluate("performance.getEntriesByType('navigation')[0].name").endswith("c2.vi.html")


LOOKS = """() => [].map.call(document.body.querySelectorAll('*'), function (it) {
  var look = getComputedStyle(it);
  return it.closest('noscript') ? '' : [].map.call(look, function (key) { return look[key]; }).join();
})"""


@pytest.mark.parametrize("name", [name for name in ADDRESSES if "/" in name or name == "help.html"])
@pytest.mark.parametrize("size", ["320x568", "1024x600"])
def test_a_page_looks_as_with_the_whole_style(browser, address, name, size):
    """The rules that pruning took would have changed nothing, with tiles lit and what folds opened."""
    with opened(browser, size) as page:
        page.goto(address + name)
        page.add_style_tag(content="*{animation-play-state:paused !important}")
        page.evaluate("""() => {
          [].forEach.call(document.querySelectorAll('details'), function (it) { it.open = true; });
          [].forEach.call(document.querySelectorAll('.tile'), function (it) { it.classList.add('lit'); });
          [].forEach.call(document.querySelectorAll('.say'), function (it) { it.classList.add('p'); });
          document.documentElement.className = 'js';
        }""")
        pruned = page.evaluate(LOOKS)
        whole = css(*STYLES["lesson" if _in_a_lesson(name) else name.partition("/")[0]])
        page.evaluate("text => { document.querySelector('style').textContent = text; }", str(whole))
        assert page.evaluate(LOOKS) == pruned


def test_a_swapped_page_is_the_page_itself(phone, address):
    seen = """[document.title,
      document.body.innerHTML.replace(/ in"/g, '"').replace(/ class=""|<noscript>.*?<.noscript>/g, '')]"""
    phone.goto(address + house.step(1).address)
    phone.locator(".next").click()
    phone.wait_for_url("**/c2.vi.html")
    phone.wait_for_function("document.activeElement.tagName == 'H1' && played.length && !document.querySelector('.p')")
    phone.evaluate("document.activeElement.blur()")
    swapped, looks = phone.evaluate(seen), phone.evaluate(LOOKS)
    phone.goto(address + house.step(2).address)
    assert swapped == phone.evaluate(seen)
    assert looks == phone.evaluate(LOOKS)


@pytest.mark.parametrize("size", ["360x640", "320x568"])
def test_without_script_every_page_leads_on_and_every_sound_has_a_player(browser, address, size):
    with opened(browser, size, script=False) as page:
        page.goto(address)
        assert page.locator("audio").first.is_visible()
        assert page.locator(".say:visible").count() == 0
        page.locator(".tile").first.click()
        page.locator("a.tile").click()
        for number in range(1, house.CARDS):
            assert page.url.endswith(house.step(number).address)
            assert page.locator("audio").get_attribute("src").endswith(house.step(number).sound)
            assert page.locator("audio").is_visible()
            page.locator(".next").click()
        assert page.locator("button.next").is_visible()
        page.locator(".bar button", has_text="Xong").click()
        page.locator(".key").click()
        assert page.url == address


def test_an_answer_of_help_opens_without_script(browser, address):
    with opened(browser, "360x640", script=False) as page:
        page.goto(address + "help")
        answer = page.locator("#money .answer")
        assert not answer.is_visible()
        page.locator("#money summary").click()
        assert answer.is_visible()
        assert page.locator('a[href="tel:156"]').is_visible()


def test_a_stage_is_started_by_a_form_on_the_second_tap(phone, address):
    sent = []
    phone.route("**/tap", lambda route: (sent.append(route.request.post_data), route.fulfill(body="ok")))
    phone.goto(address + "bai/doi-song-so/tra-tien.vi.html")
    alone = phone.locator("button.tile").last
    alone.click()
    assert sent == []
    alone.click()
    phone.wait_for_url("**/tap")
    assert sent == ["pack=doi-song-so&scenario=tra-tien&stage=alone&lang=vi"]
