"""Pages through nginx: the same resolution, headers and ranges as `kiosk serve`, and nothing that is nobody's."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest

from kiosk.web import guard
from tests.lab.box import PORTAL, Box
from tests.lab.phone import Answer, Phone

PHONES = Callable[[], Phone]
SOUND = "m/[0-9a-f]{16}\\.mp3"


def _page(phone: Phone, path: str, **more: str) -> Answer:
    return phone.ask(f"{PORTAL}/{path}", **more)


def _sound(phone: Phone) -> str:
    return re.search(SOUND, _page(phone, "").body.decode())[0]


@pytest.mark.parametrize("path", ["", "index.html", "help", "help.html", "connect", "topics.vi.html"])
def test_a_page_is_sent_small_and_asked_for_again(house: Box, a_phone: PHONES, path: str) -> None:
    phone = a_phone()
    packed, plain = _page(phone, path, Accept_Encoding="gzip, deflate"), _page(phone, path)
    assert (packed.status, plain.status) == (200, 200)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.body == plain.body
    for answer in (packed, plain):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["vary"] == "Accept-Encoding"
        for name, value in guard.SECURITY:
            assert answer.headers[name.lower()] == value


def test_the_first_page_fits_with_its_headers(house: Box, a_phone: PHONES) -> None:
    assert _page(a_phone(), "", Accept_Encoding="gzip").bytes <= 6000


def test_a_page_that_did_not_change_is_not_sent_again(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    etag = _page(phone, "help", Accept_Encoding="gzip").headers["etag"]
    again = _page(phone, "help", Accept_Encoding="gzip", If_None_Match=etag)
    assert (again.status, again.body) == (304, b"")


def test_a_sound_is_kept_for_ever_and_sent_in_parts(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    sound = _sound(phone)
    whole = _page(phone, sound, Accept_Encoding="gzip")
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert whole.headers["accept-ranges"] == "bytes"
    part = _page(phone, sound, Range="bytes=0-1")
    assert (part.status, part.body) == (206, whole.body[:2])
    assert part.headers["content-range"] == f"bytes 0-1/{len(whole.body)}"
    assert _page(phone, sound, Range="bytes=-100").body == whole.body[-100:]
    assert _page(phone, sound, Range="bytes=999999999-").status == 416
    assert _page(phone, sound, Range="bytes=0-1,5-6").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "nothing", "bai/", "bai", "m/", "index.html.gz", ".hidden", "bai/.hidden", "m/%00", "..%2f..%2fetc/passwd",
        "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "help/", "help.html.html", "nginx-salt.conf", "usage.db",
    ],
)  # fmt: skip
def test_what_is_no_page_is_told_so_with_a_way_home(house: Box, a_phone: PHONES, path: str) -> None:
    answer = _page(a_phone(), path)
    assert answer.status in (400, 404)
    assert b"root:" not in answer.body
    if answer.status == 404:
        assert b'<base href="/">' in answer.body
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"] == guard.SECURITY[0][1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(house: Box, a_phone: PHONES, method: str) -> None:
    answer = a_phone().ask(f"{PORTAL}/help", method=method)
    assert answer.status == 405
    assert b'href="/"' in answer.body


def test_a_body_that_is_too_long_is_refused_before_the_program_sees_it(house: Box, a_phone: PHONES) -> None:
    assert a_phone().ask(f"{PORTAL}/tap", method="POST", body=b"x" * 20_000).status == 413


def test_practice_begins_and_its_pages_bear_the_programs_own_headers_once(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    where = f"http://{PORTAL}/"
    while 'name="stage"' not in (path := phone.ask(where.removeprefix("http://")).body.decode()):
        where = urljoin(where, re.search(r'<a class="tile[^"]*" href="([^"]+)"', path)[1])
    form = dict(re.findall(r'name="(pack|scenario|stage|lang)" value="([^"]+)"', path))
    begun = phone.ask(f"{PORTAL}/tap", method="POST", body="&".join(f"{k}={v}" for k, v in form.items()).encode())
    assert begun.status == 303
    step = _page(phone, begun.headers["location"], Accept_Encoding="gzip")
    assert step.status == 200
    assert "THỰC HÀNH".encode() in step.body
    assert step.headers["cache-control"] == "no-store"
    assert step.headers["content-encoding"] == "gzip"
    for name, value in guard.SECURITY:
        assert step.headers[name.lower()] == value


def test_a_forged_header_says_nothing(house: Box, a_phone: PHONES) -> None:
    """Who asks is said by nginx alone: with these a page would be a redirect, or a phone the touchscreen."""
    phone = a_phone()
    forged = {"X_Kiosk_Captured": "1", "X_Kiosk_Where": "touchscreen", "X_Kiosk_Address": "10.87.0.99"}
    assert phone.ask(f"{PORTAL}/status.json", **forged, X_Forwarded_For="127.0.0.1").status == 200
    phone.ask(f"{PORTAL}/connect", method="POST", X_Kiosk_Address="10.87.0.99")
    assert phone.ask("captive.apple.com/hotspot-detect.html", "CaptiveNetworkSupport").status == 200


def test_there_is_no_api_of_rfc_8908_without_a_certificate(house: Box, a_phone: PHONES) -> None:
    assert _page(a_phone(), "captive-api").status == 404
