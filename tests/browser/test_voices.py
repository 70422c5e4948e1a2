"""A voice from the microphone of the staff page to a villager's phone, and through an update and a merge."""

import hashlib
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from kiosk.settings import Settings
from provisioning.new_site import pin_hash
from tests.support.browser import chromium
from tests.support.house import PACKS, house
from tests.support.staff import PIN
from tests.support.voices import said, speak

pytestmark = [pytest.mark.browser, pytest.mark.needs("ffmpeg", "ffprobe", "espeak-ng")]

SENTENCE = "home.first"
_HEARD = """sound => new Promise(done => { const a = new Audio(sound);
  a.oncanplaythrough = () => done(a.duration); a.onerror = () => done(0); })"""


@pytest.fixture(scope="module")
def village():
    """A house of two languages: in the second all but the first sentence of home is recorded."""
    with tempfile.NamedTemporaryFile("w", suffix=".pin") as pin:
        pin.write(f"{pin_hash(PIN)}\n")
        pin.flush()
        with house(f'[site]\nlanguages = ["vi", "blt"]\n[staff]\npin = "{pin.name}"\n') as built:
            settings = Settings(data=built.data, run=built.run)
            speak(settings, "blt", [row for row in said(settings, "blt").first() if row.name != SENTENCE])
            built.kiosk("publish")
            yield built


@pytest.fixture(scope="module")
def microphone(tmp_path_factory):
    """What the browser's false microphone hears."""
    file = tmp_path_factory.mktemp("voice") / "said.wav"
    subprocess.run(["espeak-ng", "-v", "vi", "-a", "60", "-w", file, "Đây là chỗ tập. Bấm sai không sao."], check=True)
    return file


def enter(page: Page, url: str) -> None:
    page.goto(f"{url}staff")
    for digit in PIN:
        page.click(f".digit[value='{digit}']")
    page.click(".pad [type=submit]")


def languages(page: Page, url: str) -> list[str]:
    page.goto(url)
    return [button.get_attribute("lang") for button in page.query_selector_all(".lang")]


def digest_of_first(page: Page, url: str) -> str:
    """What the phone gets when it taps the first sentence in the second language."""
    page.goto(f"{url}home.blt.html")
    sound = page.get_attribute(".lang[aria-current]", "data-s")
    assert page.evaluate(_HEARD, f"{url}{sound}") > 1
    return hashlib.sha256(page.request.get(f"{url}{sound}").body()).hexdigest()


def test_a_voice_goes_from_the_microphone_to_a_phone_and_outlives_an_update_and_a_merge(village, microphone, tmp_path):
    with sync_playwright() as play:
        opened = chromium(
            play,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone}",
        )
        desk, phone = opened.new_page(), opened.new_page(viewport={"width": 360, "height": 640})
        assert languages(phone, village.url) == ["vi"], "hidden while one sentence is missing"

        enter(desk, village.url)
        desk.click("text=Giọng của bản")
        desk.click("a:has-text('Tiếng Thái Đen')")
        desk.click("a.key:has-text('Thu câu')")
        desk.click("#mic")
        desk.wait_for_timeout(3000)
        desk.click("#mic")
        desk.wait_for_selector("text=Đã giữ", timeout=30_000)
        desk.goto(f"{village.url}staff/giong/blt/nghe")
        assert "lần mở cửa này" in desk.inner_text("main")
        assert languages(phone, village.url) == ["vi"]

        desk.click(".shut")
        enter(desk, village.url)
        desk.goto(f"{village.url}staff/giong/blt/nghe")
        desk.wait_for_function("document.querySelector('audio').readyState > 2")
        desk.click("button[value=dung]")
        assert "Không còn câu nào" in desk.inner_text("main")
        end = time.monotonic() + 60
        while languages(phone, village.url) != ["vi", "blt"] and time.monotonic() < end:
            phone.wait_for_timeout(500)
        assert languages(phone, village.url) == ["vi", "blt"]
        heard = digest_of_first(phone, village.url)

        for pack in sorted(PACKS.glob("*.pack")):
            village.kiosk("pack", "install", str(pack))
        stick = Path(village.kiosk("voice", "export", "blt", "-o", str(tmp_path)).strip())
        village.kiosk("voice", "merge", str(stick))
        assert digest_of_first(phone, village.url) == heard, "after an update and a merge"
        opened.close()
