"""From what somebody does on a page to the card: each thing that the web counts reaches usage.db."""

import msgspec
import pytest

from kiosk import clock
from kiosk.live import released
from kiosk.settings import Counting
from kiosk.usage.recorder import record_once
from kiosk.web.app import create_app
from tests.usage.house import recorded

AGENT = {"User-Agent": "Mozilla/5.0 (Linux; Android 9; Redmi 8 Build/PKQ1) Chrome/120 Mobile Safari/537.36"}
TOUCH = {"X-Kiosk-Address": "127.0.0.1", "X-Kiosk-Where": "touchscreen"}


@pytest.fixture
def house(proxied):
    return msgspec.structs.replace(proxied, counting=Counting(most_kib=1024))


@pytest.fixture
def whole(house):
    made = create_app(house)
    yield made
    made.extensions["live"].close()


def counted(house, *kinds):
    record_once(house)
    return [(event.kind, *event.values) for event in recorded(house, *kinds)]


def test_portal_help_card_and_sound(house, whole):
    client = whole.test_client()
    phone = {"X-Kiosk-Address": "10.87.0.20", **AGENT}
    for path in ("/", "/help", "/bai/chao/gioi-thieu/mot.vi.html", "/m/0123456789abcdef.mp3"):
        for says in (phone, phone, TOUCH):
            assert client.get(path, headers=says).status_code == 200
    card, sound = "chao/gioi-thieu/mot", "0123456789abcdef"
    assert counted(house, "portal", "help", "view", "play") == [
        ("portal", "android", "shown"),
        *[("help", "help")] * 3,
        ("view", card, "vi", "phone", 1),
        ("view", card, "vi", "phone", None),
        ("view", card, "vi", "touchscreen", 1),
        ("play", sound, None, "phone"),
        ("play", sound, None, "touchscreen"),
    ]


def test_a_phone_let_out_and_captured_again(house, whole):
    whole.test_client().post("/connect", headers={"X-Kiosk-Address": "10.87.0.20", **AGENT})
    released.end_lapsed(whole.extensions["live"], int(clock.uptime()) + house.portal.lease)
    assert counted(house, "portal") == [("portal", "android", "released"), ("portal", "android", "captured")]


def test_an_error_of_ours_without_what_was_sent(house, whole, monkeypatch):
    def broken(*_):
        raise ValueError("0912345678 Lò Thị Hoa")

    monkeypatch.setattr(whole.extensions["stations"], "of", broken)
    for _ in range(3):
        assert whole.test_client().post("/connect", headers=AGENT).status_code == 500
    ((_, area, code),) = counted(house, "error")
    assert area == "web"
    assert code.startswith("ValueError/portal.py/")
