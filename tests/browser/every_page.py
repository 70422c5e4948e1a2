"""Every page and every lesson, tried: `python -m tests.browser.every_page [LESSON ...]`.

Every page of the house is judged by axe-core, all that folds opened; every lesson is gone through as somebody would, by
its pictures and arrows, a wrong answer first, with script and without. Says what it found, and how much it looked at.
Named lessons only, if there are any.
"""

import sys
from collections.abc import Iterator
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from kiosk.packs.lesson import Lesson
from kiosk.packs.library import Library
from kiosk.pages import addresses
from tests.support.browser import chromium
from tests.support.house import House, house

PHONE: Final = ViewportSize(width=360, height=640)
OPEN: Final = "[].forEach.call(document.querySelectorAll('details'), function (it) { it.open = true; })"
IN_A_LESSON: Final = 3  # bai/<pack>/<lesson>/<card>
ONLY: Final = {"resultTypes": ["violations"]}
# Called in the page itself: what is played, by the last letters of its address.
LISTEN: Final = """
  window.played = [];
  HTMLMediaElement.prototype.play = function () {
    window.played.push(this.src.slice(-20));
    return Promise.resolve();
  };
"""


def judged(browser: Browser, built: House, pages: list[str]) -> Iterator[str]:
    """What axe finds on those pages."""
    page = browser.new_page(viewport=PHONE)
    axe = Axe()
    for address in pages:
        page.goto(built.url + address)
        page.evaluate(OPEN)
        found = axe.run(page, options=ONLY)
        if found.violations_count:
            yield f"{address}: {', '.join(str(one['id']) for one in found.response['violations'])}"
    page.close()


def walked(browser: Browser, built: House, pack: str, path: str, lesson: Lesson, *, script: bool) -> Iterator[str]:
    """What goes wrong on the way through a lesson, from its path's page to what follows it."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=script)
    context.add_init_script(LISTEN)
    page = context.new_page()
    try:
        for said in _steps(page, built, pack, path, lesson, script=script):
            yield f"{lesson.id}{'' if script else ', without script'}: {said}"
    finally:
        context.close()


def _steps(page: Page, built: House, pack: str, path: str, lesson: Lesson, *, script: bool) -> Iterator[str]:
    """Go on as somebody does, and say what is not as it should be."""
    page.goto(built.url + addresses.path(pack, path, "vi"))
    watch = page.locator("main a.tile").first
    for _ in range(2 if script else 1):
        watch.click()
    for card in lesson.cards:
        yield from _met(page, pack, lesson, card.id, card.sound, script=script)
        page.locator(".next").click()
    for question in lesson.questions:
        yield from _met(page, pack, lesson, question.id, question.sound, script=script)
        for answer in sorted(question.answers, key=lambda one: one.right):
            page.locator(f'.picks a[href*="{answer.id}.vi.htm"]').click()
            yield from _met(page, pack, lesson, answer.id, answer.sound, script=script)
            if bool(page.locator(".fly").count()) != answer.right:
                yield f"{answer.id}: praise in the wrong place"
            page.locator(".next").click()
            if not answer.right:
                page.wait_for_url(f"**/{addresses.card(pack, lesson.id, question.id, 'vi')}")
    page.wait_for_url(lambda url: f"/{lesson.id}/" not in url)


def _met(page: Page, pack: str, lesson: Lesson, name: str, sound: str, *, script: bool) -> Iterator[str]:
    page.wait_for_url(f"**/{addresses.card(pack, lesson.id, name, 'vi')}")
    page.wait_for_selector(".scene > svg, .still")
    if not page.locator(".said").is_visible():
        yield f"{name}: no words"
    if script and page.evaluate("window.played[window.played.length - 1]") != sound[-20:]:
        yield f"{name}: not heard at the tap"
    if not script and not page.locator("audio").first.is_visible():
        yield f"{name}: no player"


def addresses_of(built: House, lesson: str = "") -> list[str]:
    """Every page of a lesson, or every other page of the phones."""
    root = (built.data / "current").resolve()
    every = [str(file.relative_to(root)) for file in sorted(root.rglob("*.html"))]
    own = {address: address.split("/")[2] if address.count("/") == IN_A_LESSON else "" for address in every}
    return [address for address in every if own[address] == lesson and not address.startswith(f"{addresses.TOUCH}/")]


def lessons_of(built: House) -> Iterator[tuple[str, str, Lesson]]:
    """Every path's lesson, as (pack, path, lesson)."""
    library = Library.open(built.data / "packs")
    for pack in library.packs:
        for path in pack.paths:
            yield pack.id, path.id, library.lesson(pack.id, path.lesson, "vi")


def main() -> int:
    """Look at all of it and say what was found."""
    wanted = sys.argv[1:]
    found: list[str] = []
    with house() as built, sync_playwright() as play, chromium(play) as browser:
        for pack, path, lesson in lessons_of(built):
            if not wanted or lesson.id in wanted:
                for script in (True, False):
                    found += walked(browser, built, pack, path, lesson, script=script)
                pages = addresses_of(built, lesson.id)
                found += judged(browser, built, pages)
                print(f"{lesson.id}: gone through with script and without, {len(pages)} pages judged", flush=True)
        if not wanted:
            pages = addresses_of(built)
            found += judged(browser, built, pages)
            print(f"{len(pages)} other pages judged")
    print(*(found or ["nothing to mend"]), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
