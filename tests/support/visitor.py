"""A visitor who goes through a path as she is led: home, tile, cards, together, alone, Xong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page

from kiosk.live.store import LiveStore
from kiosk.practice.attempts import Attempts, Standing
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import Action, Digit, print_action
from kiosk.practice.walks import walk
from kiosk.settings import read
from tests.support.house import House

STEP = re.compile(r"/tap/([\w-]{22})/(\d+)/(\d+)$")


def nothing(_: Page) -> None:
    """Look at no page."""


@dataclass
class Visitor:
    """Drives one page of a browser.

    Attributes:
        house: where she is.
        page: the page she sees.
        look: called with every page she comes to.
        script: whether the phone runs scripts.
        asked: every address that the page asked for.
    """

    house: House
    page: Page
    look: Callable[[Page], None] = nothing
    script: bool = True
    asked: list[str] = field(default_factory=list)

    @classmethod
    def enters(
        cls, house: House, context: BrowserContext, *, script: bool, look: Callable[[Page], None] = nothing
    ) -> "Visitor":
        """She joins and sees the home page."""
        page = context.new_page()
        visitor = cls(house, page, look, script)
        page.on("request", lambda request: visitor.asked.append(request.url))
        page.goto(house.url)
        look(page)
        return visitor

    def chooses_language(self) -> None:
        """Her loudspeaker: it speaks and, where there are several, stays chosen."""
        self.page.locator("header .lang").first.click()
        self.page.locator("header .lang[aria-current]").first.wait_for()

    def opens(self, place: int) -> None:
        """The topic at that place of the home page, and its first path where it has several."""
        before = self.page.url
        self._taps(place)
        self.page.wait_for_url(lambda url: url != before)
        self.look(self.page)
        if "/chu-de/" in self.page.url:
            self._taps(0)
        self.page.wait_for_selector("input[name=stage]", state="attached")
        self.look(self.page)

    def _taps(self, place: int) -> None:
        """A tile: with script the first tap speaks, the second goes."""
        tile = self.page.locator("main .tile").nth(place)
        tile.click()
        if self.script and self.page.locator(".tile.lit").count():
            tile.click()

    def watches(self) -> int:
        """Every card and question to the last; how many."""
        tile = self.page.locator("main a.tile").first
        tile.click()
        if self.script and self.page.locator(".tile.lit").count():
            tile.click()
        self.page.wait_for_selector(".card .scene")
        cards = 1
        self.look(self.page)
        while self._goes_on():
            cards += 1
        return cards

    def _goes_on(self) -> bool:
        """The next card or question; each picture of a question until one lights the firefly."""
        picks = self.page.locator(".picks a").count()
        for place in range(picks):
            self._follows(self.page.locator(".picks a").nth(place))
            if self.page.locator(".scene .fly").count():
                break
            self._follows(self.page.locator("a.next"))
        on = self.page.locator("a.next:not([href^='..'])")  # what leads out of the lesson is no card
        if not on.count():
            return False
        self._follows(on)
        return True

    def _follows(self, link: Locator) -> None:
        before = self.page.url
        link.click()
        self.page.wait_for_url(lambda url: url != before)
        self.look(self.page)

    def starts_from_the_last_card(self) -> None:
        """The lesson leads on to doing it together."""
        self.page.locator("form button.next").click()
        self.page.wait_for_url(STEP)
        self.look(self.page)

    def starts(self, stage: str) -> None:
        """A stage of the path's page, or the end page's button for it."""
        self.taps_stage(stage)
        self.page.wait_for_url(STEP)
        self.look(self.page)

    def taps_stage(self, stage: str) -> None:
        """The button alone: where it leads depends on what she was doing."""
        button = self.page.locator(f"form:has(input[name=stage][value={stage}]) button").first
        button.click()
        if self.script and self.page.locator("button.lit").count():
            button.click()

    def practises(self, ways: Callable[[Standing], list[Action]] | None = None) -> Standing:
        """Walk the attempt on the page to its end; where it stood at the start."""
        began = self.standing()
        for action in (ways or (lambda standing: walk(standing.scenario, standing.state.variant)))(began):
            self._act(action)
        self.page.wait_for_selector(".end")
        return began

    def leaves(self) -> None:
        """Xong."""
        self.page.locator("nav button", has_text="Xong").first.click()
        self.page.wait_for_url(re.compile(r"/done\.\w+\.html$"))
        self.look(self.page)

    def standing(self) -> Standing:
        """The attempt on the page, read from state.db as the server sees it."""
        visit, number, _ = STEP.search(self.page.url).groups()
        settings = read(self.house.environ)
        store = LiveStore.open(settings)
        try:
            return Attempts(store, Shelf(settings.packs)).look(visit, int(number))
        finally:
            store.close()

    def _act(self, action: Action) -> None:
        before = self.page.url
        # With script the digits stay on the page until the number is whole.
        stays = self.script and isinstance(action, Digit) and self._missing() > 1
        self.page.locator(f"button[name=do][value={print_action(action)}]").first.click()
        if stays:
            return
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_selector("header.ask")
        self.look(self.page)

    def _missing(self) -> int:
        """Digits that the number on the page still lacks."""
        slots = self.page.locator(".slots")
        return len(slots.get_attribute("data-n") or "") - int(slots.get_attribute("data-i") or 0)
