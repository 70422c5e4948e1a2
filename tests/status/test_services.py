import pytest

from kiosk import clock
from kiosk.device.look import Look
from kiosk.device.services import parse_services
from kiosk.findings import Level, worst
from kiosk.settings import Portal, Settings
from kiosk.status.services import WATCHED, services

HOUSE = Settings(portal=Portal(proxied=True))


def look(data_dir, name):
    text = (data_dir / "device" / f"{name}.txt").read_text(encoding="utf-8")
    return Look(clock.boot_id(), 90, None, parse_services(text))


def test_services_that_run_are_counted_and_what_nobody_wants_is_left_out(data_dir):
    (row,) = services(HOUSE, look(data_dir, "systemctl-well"))
    assert row.level is Level.OK
    assert row.what == "10 dịch vụ đang chạy."


def test_each_that_does_not_run_says_what_people_notice(data_dir):
    rows = services(HOUSE, look(data_dir, "systemctl-ill"))
    assert worst(rows) is Level.FAIL
    said = [(row.level, row.what) for row in rows]
    assert said == [
        (Level.FAIL, "nftables không chạy (exit-code): tường lửa không bật."),
        (Level.FAIL, "hostapd đang thử lại (exit-code): không có Wi-Fi."),
        (Level.FAIL, "dnsmasq không có trên thẻ: điện thoại vào Wi-Fi nhưng không có địa chỉ."),
        (Level.WARN, "kiosk-web đã phải chạy lại 8 lần từ lúc bật máy."),
    ]
    assert all(row.remedy for row in rows)


def test_a_unit_that_somebody_locked_is_said_to_be_locked(data_dir):
    (row,) = services(HOUSE, look(data_dir, "systemctl-lab"))
    assert row.what == "hostapd không chạy (masked): không có Wi-Fi."


def test_a_desk_has_no_services_to_speak_of(data_dir):
    assert services(Settings(), look(data_dir, "systemctl-ill")) == []
    assert services(HOUSE, None) == []
    assert services(HOUSE, Look(clock.boot_id(), 90)) == []


@pytest.mark.parametrize("unit", [unit for unit in WATCHED if unit.startswith("kiosk-")])
def test_our_own_units_that_are_watched_are_there(repository, unit):
    assert (repository / "systemd" / unit).exists()
