"""From a village's name and a board to a whole site."""

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from provisioning.new_site import build, flat, pair, pin_hash
from provisioning.site_config import SiteConfig
from provisioning.site_file import write

KNOWN = {"site.village": "bản Nà Hường", "box.model": "pi-3b"}


def made(**more: object) -> SiteConfig:
    config, wrong = build({**KNOWN, **{key.replace("__", "."): value for key, value in more.items()}})
    assert config is not None, wrong
    return config


def test_a_name_and_a_board_make_a_site() -> None:
    config = made()
    assert config.site.id == "na-huong"
    assert config.site.name == "Nhà văn hóa bản Nà Hường"
    assert config.wifi.ssid == "DomDom Na Huong KhongInternet"
    assert config.wifi.security == "open"
    assert config.uplink.kind == "none"


@pytest.mark.parametrize(
    ("model", "size", "firmware", "holds"),
    [("pi-4b", 7, "stock", 7), ("pi-4b", 8, "minimal", 19), ("pi-3b", 30, "stock", 10), ("pi-5", None, "minimal", 19)],
)
def test_the_firmware_follows_from_the_class(model: str, size: int | None, firmware: str, holds: int) -> None:
    config = made(box__model=model, site__class_size=size)
    assert (config.box.firmware, config.stations) == (firmware, holds)


def test_what_is_said_stands_above_what_follows() -> None:
    config = made(box__model="pi-4b", site__class_size=15, box__firmware="stock", wifi__ssid="HocSo", site__id="x-1")
    assert (config.box.firmware, config.wifi.ssid, config.site.id) == ("stock", "HocSo", "x-1")


def test_a_password_locks_and_a_network_to_join_is_an_uplink() -> None:
    assert made(wifi__password="hoa ban no").wifi.security == "wpa2"
    assert made(uplink__ssid="Nhà trưởng bản").uplink.kind == "wifi"


def test_what_is_missing_is_asked_for() -> None:
    config, wrong = build({})
    assert config is None
    assert {fault.key for fault in wrong} == {"site.village", "box.model"}
    assert all("--" in fault.remedy for fault in wrong)


def test_a_name_without_letters_that_a_host_may_have_is_told() -> None:
    config, wrong = build({**KNOWN, "site.village": "ꪁꪫꪱꪥ"})
    assert config is None
    assert [fault.key for fault in wrong] == ["site.id"]
    assert "--set site.id" in wrong[0].remedy
    assert build({**KNOWN, "site.village": "ꪁꪫꪱꪥ", "site.id": "ban-1"})[1] == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_village_is_a_site_or_told(village: str, commune: str) -> None:
    config, wrong = build({**KNOWN, "site.village": village, "site.commune": commune})
    assert (config is None) == bool(wrong)
    if config:
        assert write(config)


def test_a_pin_is_kept_as_a_hash_alone() -> None:
    kept = pin_hash("274613")
    assert "274613" not in kept
    assert argon2.PasswordHasher().verify(kept, "274613")
    assert kept != pin_hash("274613")
    assert "274613" not in write(made(staff__pin=kept))


@pytest.mark.parametrize("pin", ["", "123", "1" * 13, "12a4", "١٢٣٤", "1234\n"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(KioskError, match="4 đến 12"):
        pin_hash(pin)


def test_a_flag_takes_the_kind_of_its_field() -> None:
    assert pair("wifi.channel=11") == ("wifi.channel", 11)
    assert pair("box.touchscreen = true") == ("box.touchscreen", True)
    assert pair("site.languages=vi, en") == ("site.languages", ("vi", "en"))
    assert pair("wifi.ssid=a=b") == ("wifi.ssid", "a=b")
    assert pair("wifi.channel=abc") == ("wifi.channel", "abc")


@pytest.mark.parametrize("text", ["wifi.channel", "wifi.chanel=1", "=1", "wifi.ssid.x=1"])
def test_a_flag_for_no_field_is_refused(text: str) -> None:
    with pytest.raises(KioskError):
        pair(text)


def test_a_common_file_is_laid_flat() -> None:
    assert flat('packs = ["a"]\n[collector]\nurl = "https://a.vn"\n[wifi]\nchannel = 1\n') == {
        "packs": ["a"], "collector.url": "https://a.vn", "wifi.channel": 1,
    }  # fmt: skip
    with pytest.raises(KioskError, match="dòng 2"):
        flat("a = 1\nb =\n")
