"""What a phone can reach and what it can spoil: only what is meant, and nobody else's lesson."""

import contextlib
import socket
import struct
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.lab.box import CAPTURE, PORTAL, Box
from tests.lab.phone import Phone

PHONES = Callable[[], Phone]


def test_a_scan_of_every_port_finds_only_what_is_meant(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    assert phone.open_ports(PORTAL, range(1, 1025)) == {53: "open", 80: "open"}
    assert phone.open_ports(CAPTURE, range(1, 1025)) == {80: "open"}


def test_what_listens_is_what_is_reached_or_is_not_for_phones(house: Box) -> None:
    """Every port of the box that anything listens on, so that no port above those scanned is forgotten."""
    listening = {
        (line.split()[0], line.split()[4].rpartition(":")[2])
        for line in house.text("ss", "-H", "-l", "-n", "-t", "-u").splitlines()
    }
    assert listening == {("tcp", "80"), ("tcp", "53"), ("udp", "53"), ("udp", "67")}


def test_https_and_private_dns_are_refused_at_once(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    for address in (CAPTURE, PORTAL, "8.8.8.8", "142.250.199.67"):
        for port in (443, 853):
            assert phone.open_ports(address, range(port, port + 1)) == {}, "neither open nor silent"


def test_a_udp_service_that_is_not_there_is_told_so(house: Box, a_phone: PHONES) -> None:
    def asks() -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.settimeout(3)
            line.connect(("8.8.4.4", 443))
            line.send(b"quic")
            try:
                line.recv(64)
            except ConnectionRefusedError:
                return "refused"
        return "?"

    assert a_phone().space.call(asks) == "refused"


def test_phones_do_not_reach_each_other_or_the_uplink(house: Box, a_phone: PHONES) -> None:
    one, other = a_phone(), a_phone()
    assert other.space.run("busybox", "ping", "-c1", "-W1", one.lease["ip"], check=False).code != 0
    assert one.space.run("busybox", "ping", "-c1", "-W1", PORTAL, check=False).code == 0
    assert "drop" in house.text("nft", "list", "chain", "inet", "kiosk", "forwarded")
    assert house.text("cat", "/proc/sys/net/ipv4/ip_forward").strip() == "0"


def test_the_air_has_no_ipv6(house: Box, a_phone: PHONES) -> None:
    assert "inet6" not in house.text("ip", "addr", "show", "dev", "wlan0")
    assert a_phone().space.run("busybox", "ping", "-6", "-c1", "-W1", "ff02::1%wlan0", check=False).code != 0


def test_an_address_of_nobodys_network_is_not_answered(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    phone.space.ip("addr", "add", "192.168.7.7/32", "dev", "wlan0")

    def asks() -> bool:
        with socket.socket() as line:
            line.settimeout(1)
            line.bind(("192.168.7.7", 0))
            try:
                line.connect((PORTAL, 80))
            except OSError:
                return False
        return True

    assert not phone.space.call(asks)


def _others_notice_nothing(phone: Phone) -> None:
    for _ in range(20):
        for url in (f"{PORTAL}/help", "connectivitycheck.gstatic.com/generate_204"):
            assert phone.ask(url).status in (200, 302)
    phone.join()


def _open(address: str, first: bytes) -> socket.socket | None:
    line = socket.socket()
    line.settimeout(0.5)
    try:
        line.connect((address, 80))
        line.send(first)
    except OSError:
        line.close()
        return None
    return line


def test_a_thousand_connections_with_slow_headers_are_bounded_and_nobody_notices(house: Box, a_phone: PHONES) -> None:
    bad, good = a_phone(), a_phone()
    with ThreadPoolExecutor(8) as many:
        slow = b"GET /help HTTP/1.1\r\nX: "
        lines = list(many.map(lambda _: bad.space.call(lambda: _open(PORTAL, slow)), range(1000)))
    try:
        held = house.text("ss", "-H", "-t", "-n", "state", "established", "dst", bad.lease["ip"]).splitlines()
        assert len(held) < 150, "96, and those that just end"
        assert len([line for line in lines if line]) < 1000
        _others_notice_nothing(good)
    finally:
        for line in lines:
            if line:
                line.close()


def test_a_flood_of_requests_is_bounded_and_nobody_notices(house: Box, a_phone: PHONES) -> None:
    bad, good = a_phone(), a_phone()
    wrk = ["wrk", "-t1", "-c60", "-d3", f"http://{PORTAL}/help"]
    with ThreadPoolExecutor(2) as both:
        flood = both.submit(bad.space.run, *wrk)
        time.sleep(0.5)
        _others_notice_nothing(good)
        assert b"Non-2xx" in flood.result().out


def test_a_flood_of_names_is_bounded_and_nobody_notices(house: Box, a_phone: PHONES) -> None:
    bad, good = a_phone(), a_phone()

    def flood() -> int:
        question = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + b"\1a\0" + struct.pack(">HH", 1, 1)
        until, got = time.monotonic() + 3, 0
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect((PORTAL, 53))
            line.settimeout(0)
            while time.monotonic() < until:
                for _ in range(200):
                    with contextlib.suppress(OSError):
                        line.send(question)
                with contextlib.suppress(OSError):
                    while line.recv(512):
                        got += 1
        return got

    with ThreadPoolExecutor(1) as aside:
        flooding = aside.submit(bad.space.call, flood)
        time.sleep(0.5)
        for number in range(20):
            assert good.lookup(f"name{number}.example")[1] == [socket.inet_aton(CAPTURE)]
        assert flooding.result() < 1000


def test_a_flood_for_leases_takes_only_a_few(house: Box, a_phone: PHONES) -> None:
    bad, good = a_phone(), a_phone()
    before = len(house.text("cat", "/run/kiosk/dnsmasq.leases").splitlines())

    def flood() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"wlan0")
            line.bind(("0.0.0.0", 68))
            for number in range(2000):
                card = b"\x02\0\0\0" + struct.pack(">H", number)
                head = struct.pack(">BBBBIHH16s16s", 1, 1, 6, 0, number, 0, 0x8000, b"", card)
                wish = b"\x63\x82\x53\x63\x35\x01\x03\x32\x04" + socket.inet_aton(f"10.87.{number >> 8}.{number & 255}")
                line.sendto(head + bytes(192) + wish + b"\xff", ("255.255.255.255", 67))

    bad.space.call(flood)
    after = len(house.text("cat", "/run/kiosk/dnsmasq.leases").splitlines())
    assert after - before <= 40
    good.join()


def test_connections_for_long_names_are_bounded(house: Box, a_phone: PHONES) -> None:
    """dnsmasq serves each by a process of its own, and has twenty."""
    phone = a_phone()

    def opens(_: int) -> socket.socket | None:
        line = socket.socket()
        line.settimeout(1)
        try:
            line.connect((PORTAL, 53))
        except OSError:
            line.close()
            return None
        return line

    lines = [phone.space.call(lambda: opens(0)) for _ in range(30)]
    try:
        assert sum(line is not None for line in lines) <= 4
        assert a_phone().open_ports(PORTAL, range(53, 54)) == {53: "open"}
    finally:
        for line in lines:
            if line:
                line.close()
