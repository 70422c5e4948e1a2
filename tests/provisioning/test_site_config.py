"""The site file: what it takes, what it refuses, and what it keeps to itself."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.findings import Level
from provisioning import faults
from provisioning.site_config import Certificate, SiteConfig, explain, from_table, kind_of, parse, settings_of

TOKEN = "kJ8s_2mQx7Lr-0aZb9Tn"
_ODD = st.one_of(st.sampled_from("aAđ09 .-'’\"\\{}`;#%$<>|\n\r\t\0\u2028\u202e\u0301"), st.characters())
KEYS = [
    f"{section.name}.{field.name}"
    for section in msgspec.structs.fields(SiteConfig)
    if faults.is_section(section.type)
    for field in msgspec.structs.fields(section.type)
]


def test_what_is_not_said_has_its_default(plain: str) -> None:
    config = parse(plain)
    assert config.wifi.country == "VN"
    assert config.wifi.channel == 6
    assert config.wifi.security == "open"
    assert config.site.languages == ("vi",)
    assert config.uplink.kind == "none"
    assert config.stations == 10
    assert config.host == "domdom.home.arpa"


def test_a_usb_radio_decides_how_many_phones_are_held(plain: str) -> None:
    config = parse(plain.replace('model = "pi-3b"', 'model = "pi-3b"\nusb_wifi = "mt76"'))
    assert config.stations == 64


def test_the_kiosks_settings_follow_from_the_site_and_hold_no_secret(plain: str) -> None:
    text = f'{plain}\n[collector]\nurl = "https://domdom.laichau.gov.vn"\ntoken = "{TOKEN}"\nkey = "{"ab" * 32}"\n'
    settings = settings_of(parse(text))
    assert settings.site.id == "na-huong"
    assert settings.helper.phone == "0912 345 678"
    assert settings.portal.proxied
    assert not settings.portal.certificate
    assert settings.upload.token == "/etc/kiosk/collector.token"
    assert settings.upload.pin == ""
    assert TOKEN not in repr(settings)


def test_a_certificates_name_is_the_portals_name() -> None:
    site = parse('[site]\nid = "a"\nname = "A"\n[box]\nmodel = "pi-4b"\n[wifi]\nssid = "A"\n')
    secure = msgspec.structs.replace(site, certificate=Certificate("ban-bo.laichau.vn", "chain", "key"))
    assert settings_of(secure).portal.host == "ban-bo.laichau.vn"
    assert settings_of(secure).portal.certificate


def test_no_secret_is_printed(plain: str) -> None:
    text = (
        plain.replace('ssid = "DomDom', 'security = "wpa2"\npassword = "hoa ban no"\nssid = "DomDom')
        + f'[collector]\nurl = "https://a.vn"\ntoken = "{TOKEN}"\n'
    )
    shown = f"{parse(text)!r} {parse(text)}"
    assert "hoa ban no" not in shown
    assert TOKEN not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    "secret",
    ['token = "ngan"', 'token = ["kJ8s_2mQx7Lr"]', 'token = "kJ8s_2mQx7Lr \\" x"', "token = 12345678"],
)
def test_a_wrong_secret_is_refused_without_being_shown(plain: str, secret: str) -> None:
    text = f"{plain}[collector]\n{secret}\n"
    said = " ".join(f"{row.what} {row.remedy}" for row in explain(text))
    assert "collector.token" in said
    for part in ("ngan", "kJ8s", "12345678"):
        assert part not in said
    with pytest.raises(KioskError) as caught:
        parse(text)
    assert not any(part in str(caught.value) for part in ("ngan", "kJ8s", "12345678"))


def test_every_fault_is_told_at_once_each_with_its_line(plain: str) -> None:
    text = plain.replace("pi-3b", "pi 3").replace('id = "na-huong"', 'id = "Nà Hường"') + 'hour = "8h"\n'
    rows = explain(text)
    assert [row.area for row in rows] == ["dòng 2", "dòng 7", "dòng 15"]
    assert all(row.level is Level.FAIL and row.remedy for row in rows)
    assert "hours" in rows[2].remedy


def test_parse_names_file_line_and_remedy(plain: str) -> None:
    with pytest.raises(KioskError, match=r"na-huong\.toml, dòng 15: helper\.hour") as caught:
        parse(plain + 'hour = "8h"\n', "na-huong.toml")
    assert "hours" in caught.value.hint


def test_what_explain_finds_nothing_in_parse_takes(plain: str) -> None:
    assert explain(plain) == []
    assert isinstance(parse(plain), SiteConfig)


def test_a_mac_that_writes_marks_apart_says_the_same(plain: str) -> None:
    assert parse(unicodedata.normalize("NFD", plain)) == parse(plain)


def test_missing_parts_are_named() -> None:
    assert {row.what.split(":")[0] for row in explain("")} == {"site.id", "site.name", "box.model", "wifi.ssid"}


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ('[wifi]\nsecurity = "wpa2"', "wifi.password"),
        ('[wifi]\npassword = "hoa ban no"', "wifi.password"),
        ('[uplink]\nkind = "wifi"', "uplink.ssid"),
        ('[uplink]\nkind = "wifi"\nssid = "ÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂÂ"', "uplink.ssid"),
        ('[uplink]\nkind = "ethernet"\naddress = "192.168.300.1/24"', "uplink.address"),
        ('[uplink]\nkind = "ethernet"\naddress = "192.168.1.5/99"', "uplink.address"),
        ('[uplink]\nkind = "ethernet"\ngateway = "192.168.1.1"', "uplink.address"),
        ('[uplink]\nkind = "ethernet"\naddress = "192.168.1.5/24"\ngateway = "192.168.2.1"', "uplink.gateway"),
        ('[certificate]\nhost = "a.vn"', "certificate"),
    ],
)
def test_fields_that_do_not_go_together_are_told(plain: str, lines: str, key: str) -> None:
    header, _, rest = lines.partition("\n")
    text = plain.replace("[wifi]", f"[wifi]\n{rest}") if header == "[wifi]" else f"{plain}\n{lines}\n"
    rows = explain(text)
    assert [row.what.split(":")[0] for row in rows] == [key]
    assert rows[0].area != "dòng 1"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "value", [None, 3.5, [[]], {"a": 1}, "x" * 100_000, "a\nb", 'a"b', "a\\b", "{{ 7*7 }}", "$(id)", "\0"]
)
def test_every_field_refuses_what_it_is_not(key: str, value: object) -> None:
    table = msgspec.to_builtins(parse('[site]\nid = "a"\nname = "A"\n[box]\nmodel = "pi-4b"\n[wifi]\nssid = "A"\n'))
    section, _, name = key.partition(".")
    table[section][name] = value
    config, found = from_table(table)
    assert config is None
    assert any(fault.key == key for fault in found)
    assert all(fault.remedy for fault in found)


@given(st.sampled_from(KEYS), st.text(_ODD, max_size=40))
def test_no_text_field_lets_through_what_could_change_a_daemons_file(key: str, text: str) -> None:
    try:
        value = msgspec.convert(text, type=kind_of(key))
    except msgspec.ValidationError:
        return
    if not isinstance(value, str):
        return
    plain_text = value.replace("\n", "") if key.endswith((".pin", ".chain", ".key")) else value
    assert plain_text.isprintable() or all(
        unicodedata.combining(letter) for letter in plain_text if not letter.isprintable()
    )
    assert not set('"\\{}`;#%<>|') & set(plain_text) or key.endswith("password")
    assert not set('"\\{}`') & set(plain_text)


@given(st.text(max_size=300))
def test_any_text_is_a_site_or_is_explained(text: str) -> None:
    assert explain(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "x = " + "[" * 20_000,
        "x = 1" + "0" * 10_000,
        "x" * 300_000,
        "[site]\nid = 'a'\nid = 'b'\n",
        "\ufeff[site]",
        "a = 1979-05-27",
    ],
)
def test_hostile_files_are_explained(text: str) -> None:
    assert all(row.level is Level.FAIL and row.remedy for row in explain(text))
    with pytest.raises(KioskError):
        parse(text)


def test_an_unknown_key_is_no_field() -> None:
    for key in ("wifi.chanel", "wifi", "wifi.ssid.x", ""):
        if key == "wifi":
            assert faults.is_section(kind_of(key))
            continue
        with pytest.raises(KioskError):
            kind_of(key)
