"""Every system's way through the portal, on the rendered configuration with the real daemons."""

import socket
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.box import CAPTURE, PORTAL, Box
from tests.lab.phone import AAAA, HTTPS, SVCB, A, Phone

TABLE = tomllib.loads((Path(__file__).parents[1] / "data" / "probes-replay.toml").read_text(encoding="utf-8"))
ASKS = TABLE["asks"]
PHONES = Callable[[], Phone]


def test_a_phone_gets_address_route_and_resolver_at_once(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    assert phone.lease["ip"].startswith("10.87.")
    assert (phone.lease["router"], phone.lease["dns"], phone.lease["mask"]) == (PORTAL, PORTAL, "20")
    assert phone.lease["lease"] == "3600"
    assert "opt114" not in phone.lease  # no certificate here


@pytest.mark.parametrize("name", ["connectivitycheck.gstatic.com", "vnexpress.net", "a.b.c.example", "wpad"])
def test_every_name_leads_to_the_capture_address_and_nothing_else(house: Box, a_phone: PHONES, name: str) -> None:
    phone = a_phone()
    assert phone.lookup(name) == (0, [socket.inet_aton(CAPTURE)])
    for kind in (AAAA, HTTPS, SVCB):
        assert phone.lookup(name, kind) == (0, []), "NODATA, never REFUSED"


def test_the_portals_own_name_is_the_portal(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    assert phone.lookup("domdom.home.arpa") == (0, [socket.inet_aton(PORTAL)])
    assert phone.lookup("domdom.home.arpa", AAAA) == (0, [])
    assert phone.lookup("dns.msftncsi.com", A) == (0, [socket.inet_aton("131.107.255.255")])


@pytest.mark.parametrize("asks", ASKS, ids=[row["who"] for row in ASKS])
def test_each_system_is_captured_sees_pages_is_let_out_and_hears_its_own_word(
    house: Box, a_phone: PHONES, asks: dict[str, object]
) -> None:
    phone = a_phone()
    agent, urls = str(asks["agent"]), list(asks["urls"])
    for url in urls:
        _is(phone.ask(url, agent), TABLE["redirect"], body=False)
    page = phone.ask(PORTAL + "/", Accept_Encoding="gzip")
    assert page.status == 200
    assert "Đây là chỗ tập".encode() in page.body
    assert phone.ask(f"{PORTAL}/connect", method="POST", body=b"lang=vi").status == 303
    for url in urls:
        wanted = TABLE["answers"].get(asks["gets"])
        _is(phone.ask(url, agent), wanted or TABLE["redirect"], body=bool(wanted))


def _is(answer: object, wanted: dict[str, object], *, body: bool) -> None:
    assert answer.status == wanted["status"]
    for name, value in wanted["headers"]:
        assert answer.headers.get(name.lower(), "").partition(";")[0] == value
    assert not body or answer.body.decode() == wanted["body"]


def test_nobody_else_is_let_out_with_her(house: Box, a_phone: PHONES) -> None:
    one, other = a_phone(), a_phone()
    probe = ("connectivitycheck.gstatic.com/generate_204", "Dalvik/2.1.0 (Linux; U; Android 9)")
    one.ask(f"{PORTAL}/connect", method="POST")
    assert one.ask(*probe).status == 204
    assert other.ask(*probe).status == 302


def test_who_takes_over_an_address_is_captured_and_who_comes_back_in_time_is_not(house: Box, a_phone: PHONES) -> None:
    probe = ("captive.apple.com/hotspot-detect.html", "CaptiveNetworkSupport-390.60.1 wispr")
    one, other = a_phone(), a_phone()
    address = one.lease["ip"]
    one.ask(f"{PORTAL}/connect", method="POST")
    assert one.ask(*probe).status == 200
    one.join()
    assert one.ask(*probe).status == 200
    one.leave()
    other.leave()
    other.join(address)
    assert other.lease["ip"] == address
    assert other.ask(*probe).status == 302


def test_a_phone_that_remembers_names_of_another_network_is_captured_too(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    answer = phone.ask("connectivitycheck.gstatic.com/generate_204", to="142.250.199.67")
    assert (answer.status, answer.headers["location"]) == (302, f"http://{PORTAL}/")
    assert phone.lookup("vnexpress.net", server="8.8.8.8") == (0, [socket.inet_aton(CAPTURE)])


def test_any_name_for_the_portals_address_gets_pages(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    for host in ("10.87.0.1", "domdom.home.arpa", "anything.example", "captive.apple.com"):
        assert phone.ask(f"{host}/", to=PORTAL).status == 200
    assert phone.ask("10.87.0.1/", to=CAPTURE).status == 302


def test_with_the_programs_down_the_sheet_still_opens_and_lessons_go_on(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    house.run("systemctl", "stop", "kiosk-web")
    try:
        answer = phone.ask("connectivitycheck.gstatic.com/generate_204", "Dalvik/2.1.0")
        assert (answer.status, answer.headers["location"]) == (302, f"http://{PORTAL}/")
        assert phone.ask(f"{PORTAL}/").status == 200
        resting = phone.ask(f"{PORTAL}/tap", method="POST")
        assert resting.status in (502, 503)
        assert b'href="/"' in resting.body
    finally:
        house.run("systemctl", "start", "kiosk-web")


def test_who_comes_back_after_her_lease_has_ended_is_captured_again(house: Box, a_phone: PHONES) -> None:
    probe = ("connectivitycheck.gstatic.com/generate_204", "Dalvik/2.1.0 (Linux; U; Android 9)")
    phone = a_phone()
    phone.ask(f"{PORTAL}/connect", method="POST")
    assert phone.ask(*probe).status == 204
    house.later(61 * 60)
    phone.join()
    assert phone.ask(*probe).status == 302
    assert phone.ask(f"{PORTAL}/").status == 200


def test_who_stays_and_renews_her_lease_stays_let_out_though_she_asks_nothing(house: Box, a_phone: PHONES) -> None:
    probe = ("connectivitycheck.gstatic.com/generate_204", "Dalvik/2.1.0 (Linux; U; Android 9)")
    phone = a_phone()
    phone.ask(f"{PORTAL}/connect", method="POST")
    house.later(40 * 60)
    phone.join()
    left = "SELECT max(until) FROM released"
    until, before = time.monotonic() + 60, house.state(left)
    while house.state(left) == before and time.monotonic() < until:
        time.sleep(0.5)
    house.later(40 * 60)
    assert phone.ask(*probe).status == 204
