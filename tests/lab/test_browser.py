"""A real browser in a phone's namespace: from the probe by the sheet to the lesson, practice and Xong."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kiosk.practice.attempts import Standing
from tests.lab.box import PORTAL, Box
from tests.lab.phone import Phone
from tests.support.browser import PROGRAM, QUIET
from tests.support.house import House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.browser


class _Visitor(Visitor):
    """Looks at a copy of the box's state.db."""

    box: Box

    def standing(self) -> Standing:
        for name in ("state.db", "state.db-wal"):
            shutil.copy(self.box.file(f"/run/kiosk/{name}"), self.house.run)
        return super().standing()


@pytest.fixture
def sheet(a_phone: Callable[[], Phone], tmp_path: Path) -> Iterator[Browser]:
    """Chromium inside a phone, with the resolver that DHCP gave it."""
    phone = a_phone()
    resolver = Path("/etc/netns") / phone.space.name / "resolv.conf"
    resolver.parent.mkdir(parents=True)
    resolver.write_text(f"nameserver {phone.lease['dns']}\n", encoding="ascii")
    start = tmp_path / "chromium"
    start.write_text(f'#!/bin/sh\nexec ip netns exec {phone.space.name} {shutil.which(PROGRAM)} "$@"\n')
    start.chmod(0o755)
    try:
        with sync_playwright() as play, play.chromium.launch(executable_path=start, args=QUIET) as browser:
            yield browser
    finally:
        shutil.rmtree(resolver.parent)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_from_the_probe_to_xong(house: Box, sheet: Browser, tmp_path: Path, script: bool) -> None:
    context = sheet.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script, is_mobile=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("http://connectivitycheck.gstatic.com/generate_204")
    assert page.url == f"http://{PORTAL}/"
    visitor = _Visitor(House(f"http://{PORTAL}:80/", house.data, tmp_path, None), page, script=script)
    visitor.box = house
    visitor.opens(0)
    assert visitor.watches() >= 5
    visitor.starts_from_the_last_card()
    assert visitor.practises().state.stage == "together"
    visitor.starts("alone")
    visitor.practises()
    visitor.leaves()
    assert [url for url in asked[1:] if not url.startswith((f"http://{PORTAL}/", "data:"))] == []


def test_the_sheets_browser_is_led_home_from_any_address(sheet: Browser) -> None:
    page = sheet.new_page()
    for url in ("http://vnexpress.net/", "http://captive.apple.com/hotspot-detect.html", "http://8.8.8.8/x?y=1"):
        page.goto(url)
        assert page.url == f"http://{PORTAL}/"
    answer = page.goto(f"http://{PORTAL}/bai/khong/co.vi.html")
    assert answer.status == 404
    page.locator("a").first.click()
    page.wait_for_url(f"http://{PORTAL}/**")
    assert page.locator("main .tile").count() > 0
