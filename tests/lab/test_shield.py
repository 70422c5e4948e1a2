"""What a phone can reach and what it can spoil: only what is meant, and nobody else's lesson."""

import socket
import struct
from collections.abc import Callable

import pytest

from tests.lab import floods, ports
from tests.lab.box import CAPTURE, PORTAL, Box
from tests.lab.floods import Flood
from tests.lab.phone import Phone

PHONES = Callable[[], Phone]


def test_a_strangers_scan_finds_only_what_is_meant(house: Box, a_phone: PHONES) -> None:
    found = ports.scans(a_phone())
    assert found[PORTAL].open == {"tcp 53": "open", "tcp 80": "open", "udp 53": "open"}
    assert found[CAPTURE].open == {"tcp 80": "open"}


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


@pytest.mark.parametrize("flood", floods.FLOODS, ids=lambda flood: flood.name)
def test_who_floods_is_served_within_limits_and_nobody_notices(house: Box, a_phone: PHONES, flood: Flood) -> None:
    told, seen = floods.during(flood, house, a_phone(), a_phone(), 2)
    assert flood.bounded(told), told
    assert seen.failed == 0


def test_who_says_that_anothers_address_is_its_own_is_not_believed(house: Box, a_phone: PHONES) -> None:
    bad, good = a_phone(), a_phone()
    claim = struct.pack(">HHBBH", 1, 0x0800, 6, 4, 1) + bytes.fromhex(bad.mac.replace(":", ""))
    claim += socket.inet_aton(good.lease["ip"]) + bytes(6) + socket.inet_aton(PORTAL)

    def claims() -> None:
        with socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0806)) as line:
            line.sendto(claim, ("wlan0", 0x0806, 0, 0, b"\xff" * 6))

    bad.space.call(claims)
    assert good.ask(f"{PORTAL}/help").status == 200
    assert f"{good.lease['ip']} dev wlan0 lladdr {good.mac}" in house.text("ip", "neigh")


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
