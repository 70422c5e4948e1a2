"""A flashed card in an emulated box: it comes up, a phone joins and learns, the plug is pulled, it comes up again.

The tests go on from each other on one card, in their order, as a card's life does.
"""

import json
import re

import pytest

from tests.image.guest import Guest

pytestmark = [
    pytest.mark.root,
    pytest.mark.timeout(3600),
    pytest.mark.needs("qemu-system-aarch64", "mcopy", "mkfs.vfat"),
]
PORTAL = "http://10.87.0.1"
PROBE = "http://connectivitycheck.gstatic.com/generate_204"
SERVING = "busybox wget -q -O /dev/null http://10.87.0.1/"
SERVICES = ("nftables", "hostapd", "dnsmasq", "nginx", "kiosk-web", "kiosk-recorder")
KEPT: dict[str, str] = {}


def test_a_new_card_comes_up_as_its_village_and_a_phone_takes_a_lesson(again: Guest) -> None:
    again.wait(SERVING)
    print(f"first start: portal after {again.uptime():.0f} s of the box's own time")
    told = json.loads(again.sh("cat /run/kiosk/start.json"))
    assert (told["data"], told["site"], told["wrong"], told["trouble"]) == ("made", "card", "", [])
    assert again.sh("hostname") == "na-huong"
    for unit in SERVICES:
        again.wait(f"systemctl is-active {unit}")
    KEPT["fingerprint"] = told["fingerprint"]
    _join(again)
    _lesson(again)
    again.wait("test -e /var/lib/kiosk/settled")
    assert "Nà Hường" in _page(again, "/help")


@pytest.mark.parametrize("cut", range(2))
def test_after_a_power_cut_it_comes_up_with_what_was_counted(again: Guest, cut: int) -> None:
    again.wait(SERVING)
    print(f"start after cut {cut}: portal after {again.uptime():.0f} s of the box's own time")
    told = json.loads(again.sh("cat /run/kiosk/start.json"))
    assert (told["data"], told["site"], told["fingerprint"]) == ("kept", "card", KEPT["fingerprint"])
    assert _events(again) >= int(KEPT["events"])
    _join(again)
    _lesson(again)


def test_what_the_system_writes_outside_of_its_data_is_gone_with_the_power(again: Guest) -> None:
    again.wait(SERVING)
    assert again.sh("findmnt -n -o FSTYPE /") == "overlay"
    assert "relatime" not in again.sh("findmnt -n -o OPTIONS /var/lib/kiosk")
    assert again.sh("ls /var/log/journal 2>/dev/null || true") == ""
    assert again.sh("swapon --show") == ""


def _join(guest: Guest) -> None:
    """A phone joins over simulated air, is led to the portal, and reads it."""
    guest.sh("/laboratory-phone 1")
    said = guest.sh(f"/laboratory-phone 1 busybox wget -S -O /dev/null {PROBE} 2>&1", check=False)
    assert re.search(r"Location: http://10\.87\.0\.1/|HTTP/1\.\d 200", said), said


def _lesson(guest: Guest) -> None:
    """The phone opens the first card of a lesson; the recorder brings it to the card."""
    before = _events(guest)
    first = guest.sh("cd /var/lib/kiosk/current/ && find bai -mindepth 3 -name '*.html' | sort | head -n 1")
    guest.sh(f"/laboratory-phone 1 busybox wget -q -O /dev/null {PORTAL}/{first}")
    guest.wait(f"test $({COUNT}) -gt {before}")
    KEPT["events"] = str(_events(guest))


def _page(guest: Guest, address: str) -> str:
    return guest.sh(f"/laboratory-phone 1 busybox wget -q -O - {PORTAL}{address}")


# Views that have reached the card: kind 1 of kiosk/events/kinds.toml.
COUNT = (
    "python3 -c \"import sqlite3; d = sqlite3.connect('file:/var/lib/kiosk/usage.db?mode=ro', uri=True); "
    "print(d.execute('select count(*) from event where kind = 1').fetchone()[0])\" 2>/dev/null || echo 0"
)


def _events(guest: Guest) -> int:
    return int(guest.sh(COUNT).split()[-1])
