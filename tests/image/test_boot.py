"""A flashed card in an emulated box: it comes up, a phone joins, learns and practises, the plug is pulled, it comes up.

The tests go on from each other on one card, in their order, as a card's life does. `python -m tests.image.cuts` and
`python -m tests.image.phones` do more of the same.
"""

import json
import random

import pytest

from tests.image.guest import Guest
from tests.image.reading import LOST, Reading, read_and_cut
from tests.image.village import PORTAL, SERVING, join, views

pytestmark = [
    pytest.mark.root,
    pytest.mark.timeout(1800),
    pytest.mark.needs("qemu-system-aarch64", "mcopy", "mkfs.vfat"),
]
PROBE = "http://connectivitycheck.gstatic.com/generate_204"
SERVICES = ("nftables", "hostapd", "dnsmasq", "nginx", "kiosk-web", "kiosk-recorder")
KEPT: dict[str, object] = {}


def test_a_new_card_comes_up_as_its_village_and_a_phone_learns_and_practises(box: Guest) -> None:
    _serves(box)
    told = _start(box)
    assert (told["data"], told["site"], told["wrong"], told["trouble"]) == ("made", "card", "", [])
    assert box.sh("hostname") == "na-huong"
    for unit in SERVICES:
        box.wait(f"systemctl is-active {unit}")
    KEPT["fingerprint"] = told["fingerprint"]
    assert box.sh("cat /sys/fs/cgroup/system.slice/kiosk-recorder.service/cpu.weight") == "33", "it does not stand back"
    join(box)
    assert "Location: http://10.87.0.1/" in box.sh(f"{PHONE} busybox wget -S -O /dev/null {PROBE}", check=False)
    way = json.loads(box.sh("/laboratory-visitors 1"))
    print(way)
    assert way["led"]
    assert way["cards"] >= 5
    assert way["practised"]
    assert way["ended"]
    box.wait("test -e /var/lib/kiosk/settled")
    _compiles_nothing(box)
    assert "tel:0912345678" in box.sh(f"{PHONE} busybox wget -q -O - {PORTAL}/help")
    _cut_while_counting(box)


@pytest.mark.parametrize("cut", [1, 2])
def test_after_a_power_cut_it_comes_up_with_what_was_counted(box: Guest, cut: int) -> None:
    _serves(box)
    told = _start(box)
    assert (told["data"], told["site"], told["trouble"]) == ("kept", "card", [])
    assert told["fingerprint"] == KEPT["fingerprint"]
    _nothing_lost_or_doubled(box)
    if cut == 1:
        join(box)
        _cut_while_counting(box)
    else:
        _writes_nothing_outside_of_its_data(box)


PHONE = "/laboratory-phone 1"
# Four bytes name the version of the interpreter, the fifth says that nobody asks whether the source is younger.
COMPILED = """/usr/bin/python3 -I -OO -c '
import importlib.util as util, json, pathlib, sys
sys.path.insert(0, "/opt/kiosk/lib")
import kiosk.settings
for module in (json, kiosk.settings):
    head = pathlib.Path(module.__cached__).read_bytes()[:5]
    print(head == util.MAGIC_NUMBER + b"\\1")
'"""


def _serves(box: Guest) -> None:
    box.wait(SERVING)
    print(f"portal after {box.uptime():.0f} s of the box's own time")


def _start(box: Guest) -> dict[str, object]:
    found: dict[str, object] = json.loads(box.sh("cat /run/kiosk/start.json"))
    return found


def _compiles_nothing(box: Guest) -> None:
    """What the image brings compiled is of the card's own interpreter's version."""
    assert box.sh(COMPILED).split() == ["True", "True"]


def _cut_while_counting(box: Guest) -> None:
    """Somebody reads, and the plug is pulled at a moment that nobody chose."""
    KEPT["cut"] = reading = read_and_cut(box, random.uniform(8, 16))
    assert reading.answered, "no card arrived before the cut"


def _nothing_lost_or_doubled(box: Guest) -> None:
    """What had been answered for longer than the bound is on the card, and nothing twice."""
    reading = KEPT["cut"]
    assert isinstance(reading, Reading)
    found = reading.judged(views(box))
    print(found)
    assert found.doubled == 0
    assert found.age <= LOST


def _writes_nothing_outside_of_its_data(box: Guest) -> None:
    assert box.sh("findmnt -n -o FSTYPE /") == "overlay"
    assert "relatime" not in box.sh("findmnt -n -o OPTIONS /var/lib/kiosk")
    assert box.sh("ls /var/log/journal 2>/dev/null || true") == ""
    assert box.sh("swapon --show") == ""
