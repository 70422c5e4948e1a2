import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.device import radio
from kiosk.device.radio import Interface, Log, Radio
from kiosk.errors import KioskError
from kiosk.process import Result

MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")


@pytest.fixture(scope="module")
def said(data_dir):
    """What a program printed, by the name of its file."""
    return lambda name: (data_dir / "device" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "interface"),
    [
        ("iw-dev", Interface("wlan0", 0, 6)),
        ("iw-dev-two-radios", Interface("ap0", 0, 11)),
        ("iw-dev-idle", None),
    ],
)
def test_the_access_point_is_found_among_the_interfaces(said, name, interface):
    assert radio.parse_interfaces(said(name)) == interface


@pytest.mark.parametrize(
    ("name", "phy", "country"),
    [
        ("iw-reg-own-rules", 0, ""),
        ("iw-reg-own-rules", 1, "VN"),
        ("iw-reg-world", 0, "00"),
        ("iw-reg-usb-radio", 0, ""),
        ("iw-reg-usb-radio", 1, "US"),
    ],
)
def test_the_country_in_force_is_the_phys_own_before_the_systems(said, name, phy, country):
    assert radio.parse_country(said(name), phy) == country


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("iw-phy-vietnam", tuple(range(1, 14))),
        ("iw-phy-elsewhere", (*range(1, 12), 36, 40, 149)),
        ("iw-phy-new-iw", tuple(range(1, 12))),
    ],
)
def test_channels_are_those_on_which_a_radio_may_begin(said, name, channels):
    assert radio.parse_channels(said(name)) == channels


def test_stations_are_counted_with_their_median_signal_and_who_is_not_let_in_is_left_out(said):
    assert radio.parse_stations(said("iw-stations")) == (4, -64)
    assert radio.parse_stations("") == (0, None)


@pytest.mark.parametrize(
    ("name", "driver"),
    [("ethtool-onboard", ("brcmfmac", "01-b677b91b")), ("ethtool-usb", ("mt76x2u", "0.0.00-b1"))],
)
def test_driver_and_firmware_are_named(said, name, driver):
    assert radio.parse_driver(said(name)) == driver


def test_the_kernels_log_tells_firmware_refused_country_and_low_power(said):
    assert radio.parse_log(said("kernel-log")) == Log("7.45.265", rejected=True, undervolted=True, refused=0)
    assert radio.parse_log(said("kernel-log-quiet")) == Log("7.45.96.s1")


def test_who_was_turned_away_is_counted_without_looking_at_whom(said):
    assert radio.parse_log(said("hostapd-log")) == Log(refused=3)


@given(st.text())
def test_no_text_breaks_a_reader(text):
    radio.parse_interfaces(text)
    radio.parse_country(text, 0)
    radio.parse_channels(text)
    radio.parse_stations(text)
    radio.parse_driver(text)
    radio.parse_log(text)


@pytest.fixture
def machine(monkeypatch, said):
    """The programs of a Pi, each saying what a file holds; change `answers` to have them say something else."""
    answers = {
        "iw dev": "iw-dev",
        "iw dev wlan0 station dump": "iw-stations",
        "iw reg get": "iw-reg-own-rules",
        "iw phy phy0 info": "iw-phy-vietnam",
        "ethtool -i wlan0": "ethtool-onboard",
    }

    def run(command, **_):
        words = " ".join(command)
        if words not in answers:
            raise KioskError(f"the program {command[0]} is not installed")
        return Result(0, said(answers[words]).encode() if answers[words] else b"", b"")

    monkeypatch.setattr(radio, "run", run)
    return answers


def test_a_look_at_the_radio_holds_what_a_technician_asks_and_no_address(machine, said):
    seen = radio.read_radio(radio.parse_log(said("kernel-log")), radio.parse_log(said("hostapd-log")))
    assert seen == Radio(
        interface="wlan0",
        driver="brcmfmac",
        firmware="7.45.265",
        country="",
        rejected=True,
        channel=6,
        channels=tuple(range(1, 14)),
        stations=4,
        signal_dbm=-64,
        refused=3,
    )
    assert MAC.search(said("iw-stations"))
    assert not MAC.search(msgspec.json.encode(seen).decode())


def test_without_a_log_the_firmware_is_what_ethtool_says_and_refusals_are_unknown(machine):
    seen = radio.read_radio(None, None)
    assert (seen.firmware, seen.rejected, seen.refused) == ("01-b677b91b", False, None)


def test_a_log_without_a_refusal_tells_that_there_was_none(machine):
    assert radio.read_radio(None, Log()).refused == 0


def test_a_radio_that_serves_nobody_is_none(machine):
    machine["iw dev"] = "iw-dev-idle"
    assert radio.read_radio(None, None) is None


def test_a_machine_without_the_programs_sees_nothing(machine):
    machine.clear()
    assert radio.read_radio(None, None) is None
    assert radio.read_kernel_log() is None
    assert radio.read_serving_log() is None


@pytest.mark.parametrize(
    ("out", "err", "log"),
    [
        (b"", b"", Log()),
        (b"", b"No journal files were opened due to insufficient permissions.", None),
        (b"no more room for new STAs (7/7)\n", b"", Log(refused=1)),
    ],
)
def test_a_log_that_may_not_be_read_is_not_taken_for_an_empty_one(monkeypatch, out, err, log):
    monkeypatch.setattr(radio, "run", lambda *_, **__: Result(1, out, err))
    assert radio.read_serving_log() == log
    assert radio.read_kernel_log() == log
