import msgspec
import pytest

from kiosk import clock
from kiosk.device.look import Look
from kiosk.device.radio import Radio as Seen
from kiosk.device.services import Service
from kiosk.findings import Level, worst
from kiosk.settings import Portal, Radio, Settings
from kiosk.status.radio import radio

HOUSE = Settings(portal=Portal(proxied=True), radio=Radio(country="VN", stations=19))
WELL = Seen("wlan0", "mt76x2u", "7.45.265", "VN", channel=6, channels=tuple(range(1, 14)), stations=7, signal_dbm=-60)
NOW = 10_000


def judged(seen=WELL, house=HOUSE, at=NOW):
    return radio(house, Look(clock.boot_id(), at, seen, undervolted=False), NOW)


def changed(**values):
    return msgspec.structs.replace(WELL, **values)


def test_a_radio_that_is_well_says_country_channel_people_and_signal():
    rows = judged()
    assert worst(rows) is Level.OK
    assert [row.area for row in rows] == ["sóng"] * 3
    said = " ".join(row.what for row in rows)
    for part in ("kênh 6", "VN", "7.45.265", "7 điện thoại trên 19 chỗ", "-60 dBm"):
        assert part in said


@pytest.mark.parametrize(
    ("seen", "level", "said"),
    [
        (changed(country="00"), Level.WARN, "nước 00, tệp bản ghi VN"),
        (changed(country="", rejected=True), Level.WARN, "không nhận mã nước VN"),
        (changed(country="", channels=tuple(range(1, 12))), Level.NOTE, "không cho kênh 13"),
        (changed(country="", channels=(36, 40)), Level.OK, "luật sóng của chip, tệp bản ghi VN"),
        (changed(stations=19), Level.WARN, "đã đầy: 19 điện thoại, giữ được 19"),
        (changed(refused=4), Level.WARN, "có 4 lần"),
        (changed(signal_dbm=-81), Level.WARN, "-81 dBm"),
        (changed(driver="brcmfmac"), Level.NOTE, "không ngăn điện thoại thấy nhau"),
        (changed(stations=0, signal_dbm=None), Level.OK, "0 điện thoại trên 19 chỗ"),
    ],
)
def test_what_the_air_shows_is_said_with_a_remedy(seen, level, said):
    rows = judged(seen)
    assert worst(rows) is level
    (row,) = [row for row in rows if said in row.what]
    assert row.level is level
    assert bool(row.remedy) is (level is not Level.OK)


def test_a_limit_that_nobody_knows_is_never_reached():
    rows = judged(changed(stations=40), Settings(portal=Portal(proxied=True)))
    assert worst(rows) is Level.OK
    assert any(row.what == "40 điện thoại." for row in rows)


def test_an_old_look_is_said_to_be_old():
    rows = judged(at=NOW - 3 * 3600)
    assert rows[0].level is Level.WARN
    assert "3 giờ trước" in rows[0].what


def test_a_box_without_wifi_fails_and_one_that_nobody_has_looked_at_waits():
    nothing = Look(clock.boot_id(), NOW, None, (Service("nginx.service"),))
    (row,) = radio(HOUSE, nothing, NOW)
    assert (row.level, row.what) == (Level.FAIL, "Máy không phát Wi-Fi.")
    (row,) = radio(HOUSE, None, NOW)
    assert row.level is Level.NOTE


def test_a_desk_has_no_radio_to_speak_of():
    assert radio(Settings(), None, NOW) == []
    assert radio(Settings(), Look(clock.boot_id(), NOW), NOW) == []
