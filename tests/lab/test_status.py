"""The status on the box itself: what kiosk-health sees inside its walls, and who is told."""

import json
import re
from collections.abc import Callable

import pytest

from tests.lab.box import PORTAL, Box
from tests.lab.phone import Phone

PHONES = Callable[[], Phone]
ADDRESS = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|10\.87\.\d+\.\d+", re.IGNORECASE)


@pytest.fixture(scope="module")
def looked(house: Box) -> str:
    """What kiosk-health left in memory, a phone being there."""
    house.run("systemctl", "start", "kiosk-health.service")
    return house.file("/run/kiosk/look.json").read_text(encoding="utf-8")


def test_kiosk_health_sees_every_service_from_inside_its_walls(house: Box, looked: str) -> None:
    seen = {row["unit"]: row for row in json.loads(looked)["services"]}
    for unit in ("nginx.service", "dnsmasq.service", "nftables.service", "kiosk-web.service", "kiosk-recorder.service"):
        assert (seen[unit]["active"], seen[unit]["wanted"]) == ("active", True)
    assert seen["hostapd.service"]["active"] != "active"  # the lab has no radio


def test_a_phone_is_told_what_was_seen_and_nobodys_address(looked: str, a_phone: PHONES) -> None:
    answer = a_phone().ask(f"{PORTAL}/status.json")
    told = json.loads(answer.body)
    assert answer.status == 200
    assert ("dịch vụ", "fail") in {(row["area"], row["level"]) for row in told["findings"]}
    assert told["figures"]["stations_most"] == 10
    assert not ADDRESS.search(answer.body.decode())
    assert not ADDRESS.search(looked)


def test_the_page_is_not_for_phones(a_phone: PHONES) -> None:
    forged = {"X_Kiosk_Where": "touchscreen", "X_Kiosk_Address": "127.0.0.1"}
    assert a_phone().ask(f"{PORTAL}/status", **forged).status == 404
