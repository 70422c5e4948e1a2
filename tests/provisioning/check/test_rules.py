"""Own rules: each fires on its fault, with a remedy, and is silent otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.findings import Finding, Level
from kiosk.languages import languages
from provisioning.check import rules
from provisioning.models import models
from provisioning.show import table
from provisioning.site_config import SiteConfig, explain, parse

WRONG = sorted((Path(__file__).parents[2] / "data" / "sites" / "wrong").glob("*.toml"))
HOSTAPD = "interface=wlan0\nssid=DomDom Na Huong\ncountry_code=VN\nhw_mode=g\nchannel=6\n"
Maker = Callable[..., SiteConfig]


def _said(config: SiteConfig) -> dict[str, Finding]:
    return {finding.area: finding for finding in rules.of_config(config)}


def test_of_a_good_site_nothing_is_said(plain: str) -> None:
    assert rules.of_text(plain) == []


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_each_broken_site_says_what_is_wrong_and_what_to_do(path: Path) -> None:
    found = rules.of_text(path.read_text(encoding="utf-8"))
    assert table(found) == path.with_suffix(".txt").read_text(encoding="utf-8").rstrip("\n")
    assert all(finding.remedy for finding in found)


def test_there_are_at_least_ten_broken_sites() -> None:
    assert len(WRONG) >= 10


@pytest.mark.parametrize("model", [model for model in models().values() if model.refused], ids=lambda model: model.id)
def test_a_board_that_cannot_run_the_image_is_refused_by_name(model: object, a_site: Maker) -> None:
    finding = _said(a_site("pi-3b", model.id))["box.model"]
    assert finding.level is Level.FAIL
    assert model.name in finding.what
    assert "Pi 4 Model B" in finding.remedy


@pytest.mark.parametrize("model", [model for model in models().values() if model.image], ids=lambda model: model.id)
def test_a_board_that_can_is_not_refused(model: object, a_site: Maker) -> None:
    assert not [row for row in rules.of_config(a_site("pi-3b", model.id)) if row.level is Level.FAIL]


def test_a_firmware_that_the_board_has_not_is_refused(a_site: Maker) -> None:
    assert _said(a_site('"pi-3b"', '"pi-3b"\nfirmware = "minimal"'))["box.firmware"].level is Level.FAIL
    assert "box.firmware" not in _said(a_site('"pi-3b"', '"pi-4b"\nfirmware = "minimal"'))


@pytest.mark.parametrize(
    ("country", "band", "channel", "level"),
    [
        ("VN", "2.4", 1, None), ("VN", "2.4", 6, None), ("VN", "2.4", 11, None),
        ("VN", "2.4", 13, Level.WARN), ("VN", "2.4", 3, Level.WARN),
        ("US", "2.4", 12, Level.FAIL), ("DE", "2.4", 13, Level.FAIL), ("US", "2.4", 11, None),
        ("VN", "2.4", 14, Level.FAIL), ("VN", "2.4", 36, Level.FAIL),
        ("VN", "5", 36, None), ("VN", "5", 6, Level.FAIL), ("VN", "5", 52, Level.FAIL), ("VN", "5", 149, None),
    ],
)  # fmt: skip
def test_channels(country: str, band: str, channel: int, level: Level | None, a_site: Maker) -> None:
    lines = f'Internet"\ncountry = "{country}"\nband = "{band}"\nchannel = {channel}'
    found = _said(a_site('Internet"', lines, "pi-3b", "pi-4b")).get("wifi.channel")
    assert (found.level if found else None) is level


@pytest.mark.parametrize("country", ["ZZ", "XX", "UK", "EU"])
def test_a_country_that_is_none_is_refused(country: str, a_site: Maker) -> None:
    assert _said(a_site('Internet"', f'Internet"\ncountry = "{country}"'))["wifi.country"].level is Level.FAIL


def test_a_band_that_the_radio_has_not_is_refused(a_site: Maker) -> None:
    five = 'Internet"\nband = "5"\nchannel = 36'
    assert _said(a_site('Internet"', five))["wifi.band"].level is Level.FAIL
    assert _said(a_site('Internet"', five, "pi-3b", "pi-4b"))["wifi.band"].level is Level.WARN


@pytest.mark.parametrize(
    ("box", "size", "ways"),
    [
        ('model = "pi-4b"', 7, ()),
        ('model = "pi-4b"', 14, ("minimal", "mt76", "hai người", "màn hình")),
        ('model = "pi-4b"', 40, ("minimal", "mt76", "nhiều buổi", "màn hình")),
        ('model = "pi-4b"\nfirmware = "minimal"', 19, ()),
        ('model = "pi-4b"\nfirmware = "minimal"\ntouchscreen = true', 20, ("mt76", "hai người")),
        ('model = "pi-3b"', 20, ("mt76", "hai người", "màn hình")),
        ('model = "pi-zero-2w"', 11, ("mt76", "hai người")),
        ('model = "pi-4b"\nusb_wifi = "mt76"', 64, ()),
        ('model = "pi-4b"\nusb_wifi = "mt76"', 65, ("hai người", "màn hình")),
    ],
)
def test_a_class_larger_than_the_radio_holds_is_told_the_ways_out(
    box: str, size: int, ways: tuple[str, ...], a_site: Maker
) -> None:
    found = _said(a_site('model = "pi-3b"', box, "[box]", f"class_size = {size}\n[box]")).get("site.class_size")
    if not ways:
        assert found is None
        return
    assert found is not None
    assert found.level is Level.WARN
    every = ("minimal", "mt76", "hai người", "nhiều buổi", "màn hình")
    assert tuple(way for way in every if way in found.remedy) == ways


@pytest.mark.parametrize(
    ("model", "adapter", "told"),
    [
        ("pi-3b", "ath9k_htc", True), ("pi-4b", "ath9k_htc", True), ("pi-4b", "mt792x", True),
        ("pi-3b", "mt792x", False), ("pi-4b", "mt76", False),
    ],
)  # fmt: skip
def test_an_adapter_that_widens_nothing_is_told(model: str, adapter: str, told: bool, a_site: Maker) -> None:
    found = _said(a_site('"pi-3b"', f'"{model}"\nusb_wifi = "{adapter}"'))
    assert ("box.usb_wifi" in found) is told
    assert not told or "mt76" in found["box.usb_wifi"].remedy


@pytest.mark.parametrize(
    ("model", "security", "level"),
    [
        ("pi-zero-2w", "wpa2", Level.FAIL), ("pi-zero-2w", "owe", Level.FAIL), ("pi-zero-2w", "open", None),
        ("pi-3b", "wpa2", Level.NOTE), ("pi-4b", "wpa3", Level.WARN), ("pi-4b", "owe", Level.WARN),
        ("pi-4b", "open", None),
    ],
)  # fmt: skip
def test_locks(model: str, security: str, level: Level | None, a_site: Maker) -> None:
    password = 'password = "hoa ban no"' if security.startswith("wpa") else ""
    found = _said(a_site("pi-3b", model, 'Internet"', f'Internet"\nsecurity = "{security}"\n{password}'))
    assert (found["wifi.security"].level if "wifi.security" in found else None) is level


@pytest.mark.parametrize(
    ("address", "clash"),
    [
        ("10.87.3.20/24", True),
        ("10.0.0.5/8", True),
        ("10.87.16.5/24", False),
        ("192.168.1.5/24", False),
        ("198.51.100.7/24", True),
    ],
)
def test_an_uplink_in_the_phones_network_is_refused(address: str, clash: bool, a_site: Maker) -> None:
    found = _said(a_site("[helper]", f'[uplink]\nkind = "ethernet"\naddress = "{address}"\n[helper]'))
    assert ("uplink.address" in found) is clash


def test_an_uplink_by_the_radio_that_serves_is_told(a_site: Maker) -> None:
    uplink = '[uplink]\nkind = "wifi"\nssid = "{}"\n[helper]'
    assert _said(a_site("[helper]", uplink.format("Nhà")))["uplink.kind"].level is Level.WARN
    assert _said(a_site("[helper]", uplink.format("DomDom Na Huong KhongInternet")))["uplink.ssid"].level is Level.FAIL
    two = a_site("[helper]", uplink.format("Nhà"), '"pi-3b"', '"pi-3b"\nusb_wifi = "mt76"')
    assert "uplink.kind" not in _said(two)


def test_a_missing_helper_is_told(a_site: Maker) -> None:
    found = _said(a_site('phone = "0912 345 678"\n', "", 'police = "0213 3 875 113"\n', ""))
    assert found["helper.phone"].level is Level.WARN
    assert found["helper.police"].level is Level.NOTE


def test_a_half_configured_collector_is_refused(a_site: Maker) -> None:
    found = _said(a_site("[helper]", '[collector]\nurl = "https://a.vn"\n[helper]'))
    assert found["collector"].level is Level.FAIL
    assert found["uplink.kind"].level is Level.NOTE


def test_a_collectors_certificate_that_lost_a_line_is_refused(data_dir: Path) -> None:
    text = (data_dir / "sites/pi-3b-modem/site.toml").read_text(encoding="utf-8")
    assert rules.of_text(text) == []
    lines = text.splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("-----BEGIN"))
    assert [
        "collector.pin" in row.what for row in rules.of_text("".join([*lines[: first + 2], *lines[first + 3 :]]))
    ] == [True]


def test_a_box_on_trial_is_told(a_site: Maker) -> None:
    assert _said(a_site("[box]", 'setting = "test"\n[box]'))["site.setting"].level is Level.WARN


def test_languages_that_the_pages_do_not_speak_are_refused(a_site: Maker) -> None:
    assert "qqq" not in languages()
    found = _said(a_site("[box]", 'languages = ["vi", "qqq"]\n[box]'))["site.languages"]
    assert found.level is Level.FAIL
    assert "qqq" in found.what
    assert _said(a_site("[box]", 'languages = ["vi", "vi"]\n[box]'))["site.languages"].level is Level.FAIL


def test_a_time_zone_that_is_none_is_refused(a_site: Maker) -> None:
    assert _said(a_site("[box]", 'time_zone = "Asia/Hanoi"\n[box]'))["site.time_zone"].level is Level.FAIL


@pytest.mark.parametrize(
    ("old", "new", "area"),
    [
        ("channel=6", "channel=abc", "wifi.channel"),
        ("channel=6", "channel=", "wifi.channel"),
        ("channel=6", "channel=200", "wifi.channel"),
        ("channel=6", "channel=6\nchannel=acs_survey", "wifi.channel"),
        ("hw_mode=g", "hw_mode=a", "wifi.channel"),
        ("country_code=VN", "country_code=ZZ", "wifi.country"),
        ("country_code=VN", "country_code=USA", "wifi.country"),
        ("country_code=VN\n", "", "wifi.country"),
        ("country_code=VN", "country_code=US\nchannel=13", "wifi.country"),
        ("ssid=DomDom Na Huong", f"ssid={'a' * 33}", "wifi.ssid"),
        ("ssid=DomDom Na Huong", f"ssid={'â' * 17}", "wifi.ssid"),
        ("ssid=DomDom Na Huong", f'ssid2="{"a" * 33}"', "wifi.ssid"),
        ("ssid=DomDom Na Huong", f"ssid2={'61' * 33}", "wifi.ssid"),
    ],
)
def test_what_hostapd_lets_pass_is_found_in_its_file(old: str, new: str, area: str) -> None:
    assert rules.of_tree({"etc/hostapd/hostapd.conf": HOSTAPD}) == []
    found = rules.of_tree({"etc/hostapd/hostapd.conf": HOSTAPD.replace(old, new)})
    assert area in {finding.area for finding in found}
    assert all(finding.remedy for finding in found)


def test_two_links_in_one_network_are_found_in_the_tree() -> None:
    phones = "[Network]\nAddress=10.87.0.1/20\nAddress=198.51.100.1/32\n"
    for address, clash in (("10.87.2.5/24", True), ("192.168.1.5/24", False)):
        files = {
            "etc/systemd/network/a.network": phones,
            "etc/systemd/network/b.network": f"[Network]\nAddress={address}\n",
        }
        found = rules.of_tree(files)
        assert bool(found) is clash
        assert all(finding.level is Level.FAIL and "a.network" in finding.what for finding in found)


def test_forwarding_is_found_in_the_tree() -> None:
    assert rules.of_tree({"etc/sysctl.d/90-kiosk.conf": "net.ipv4.ip_forward = 1\n"})
    assert not rules.of_tree({"etc/sysctl.d/90-kiosk.conf": "net.ipv4.ip_forward = 0\n"})


def test_every_broken_file_that_parses_is_found_by_a_rule() -> None:
    for path in WRONG:
        text = path.read_text(encoding="utf-8")
        if not explain(text):
            assert rules.of_config(parse(text)), path.name
