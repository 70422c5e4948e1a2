"""A site as the files of its card: golden trees, odd characters, and what must be equal elsewhere."""

import re
import string
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.line import NGINX_FORMAT, NGINX_MAPS, nginx_salt
from kiosk.portal import probes
from kiosk.settings import Settings
from kiosk.settings import parse as parse_settings
from kiosk.web import guard
from provisioning import render as render_module
from provisioning.render import render
from provisioning.site_config import (
    Box,
    Certificate,
    Collector,
    Helper,
    Site,
    SiteConfig,
    Staff,
    Uplink,
    Wifi,
    kind_of,
    settings_of,
)  # fmt: skip
from provisioning.tree import Rendered
from tests.provisioning import golden

NGINX = "etc/nginx/nginx.conf"
PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
# A site that uses everything at once; the marks below stand where a village's own words would.
FULL = SiteConfig(
    site=Site(id="mark", name="mark", province="mark", commune="mark", village="mark", time_zone="Mark/Mark"),
    box=Box(model="pi-4b", touchscreen=True, usb_wifi="mt76"),
    wifi=Wifi(ssid="mark", security="wpa2", password="markmark"),
    uplink=Uplink("wifi", "mark", "markmark", "192.168.1.20/24", "192.168.1.1", "192.168.1.2"),
    helper=Helper("mark", "0912", "mark", "113"),
    collector=Collector("https://mark.vn", "mark" * 4, PEM, "ab" * 32),
    staff=Staff("$argon2id$v=19$m=19456,t=2,p=1$markmark$markmarkmarkmark"),
    certificate=Certificate("mark.vn", PEM, KEY),
)
FREE = (
    "site.id", "site.name", "site.province", "site.commune", "site.village", "site.time_zone", "wifi.ssid",
    "wifi.country", "wifi.password", "screen.quiet", "screen.night", "uplink.ssid", "uplink.password",
    "uplink.address", "uplink.gateway", "uplink.dns", "helper.name", "helper.phone", "helper.hours", "helper.police",
    "collector.url", "collector.token", "collector.pin", "collector.key", "staff.pin", "certificate.host",
    "certificate.chain", "certificate.key",
)  # fmt: skip
# Files that a daemon reads as one value: a line of theirs cannot be another's.
WHOLE = {"etc/kiosk/collector.pem", "etc/kiosk/certificate.pem", "etc/kiosk/certificate.key"}
_ODD = "\n\r\t\0\x1b\x7f\x85\u2028\u202e\"'`\\{}$%#;=[]()<>|&*?! "
_SECRETS = ("wifi.password", "uplink.password", "collector.token", "staff.pin", "certificate.key")


def _with(config: SiteConfig, key: str, value: str) -> SiteConfig:
    """The site with one field exchanged, past every rule of the site file."""
    section, name = key.split(".")
    return msgspec.structs.replace(
        config, **{section: msgspec.structs.replace(getattr(config, section), **{name: value})}
    )


def _get(config: SiteConfig, key: str) -> str:
    section, name = key.split(".")
    return str(getattr(getattr(config, section), name))


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_site_is_rendered_as_its_golden_tree(name: str) -> None:
    root = golden.SITES / name / "rootfs"
    kept = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}
    assert {path: each.text for path, each in golden.rendered(name).items()} == kept


def test_every_free_field_is_tried() -> None:
    every = {
        f"{section.name}.{field.name}"
        for section in msgspec.structs.fields(SiteConfig)
        if section.name != "packs"
        for field in msgspec.structs.fields(section.type)
        if _is_free(f"{section.name}.{field.name}")
    }
    assert every - {"box.model", "site.languages"} == set(FREE)  # names of tables of ours, looked up before they count


def _is_free(key: str) -> bool:
    kind = msgspec.inspect.type_info(kind_of(key))
    return isinstance(kind, msgspec.inspect.Metadata | msgspec.inspect.StrType) and not isinstance(
        getattr(kind, "type", kind), msgspec.inspect.IntType
    )


@given(
    key=st.sampled_from(FREE),
    value=st.one_of(
        st.text(alphabet=st.one_of(st.sampled_from(_ODD), st.characters(), st.sampled_from(string.ascii_letters))),
        st.sampled_from(["a\nb", "{{ 7 * 7 }}", "{% raw %}", "a;b", "$(reboot)", "`id`", "a # b", "../../x", "a\\"]),
    ),
)
def test_no_character_of_any_field_changes_another_line_of_any_file(key: str, value: str) -> None:
    if not value.strip():
        return  # nothing said: other lines stand there, and the site file asks for it where it must
    before = render(FULL)
    try:
        after = render(_with(FULL, key, value))
    except KioskError:
        return
    assert set(after) == set(before)
    for path, old in before.items():
        if path == "etc/kiosk/kiosk.toml":
            _same_but(key, tomllib.loads(old.text), tomllib.loads(after[path].text))
        elif path not in WHOLE:
            _same_lines(key, value, old, after[path])


def _same_lines(key: str, value: str, old: Rendered, new: Rendered) -> None:
    first, second = old.text.split("\n"), new.text.split("\n")
    assert len(first) == len(second)
    mark = _get(FULL, key)
    for was, now in zip(first, second, strict=True):
        if was != now:
            assert {now} & {was.replace(mark, value), was.replace(mark.encode().hex(), value.encode().hex())}
            assert now.isprintable() or now.replace("\t", "").isprintable()


def _same_but(key: str, old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]) -> None:
    told = {"certificate.host": "portal.host", "wifi.country": "radio.country"}.get(key, key)
    told = told.replace("collector.", "upload.").replace("wifi.", "radio.")
    flat = [
        {f"{section}.{name}": value for section, each in table.items() for name, value in each.items()}
        for table in (old, new)
    ]
    assert {at for at in flat[0].keys() | flat[1].keys() if flat[0].get(at) != flat[1].get(at)} <= {told}


@pytest.mark.parametrize("key", ["wifi.ssid", "wifi.password", "site.id", "site.time_zone", "certificate.host"])
@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\0b", 'a"b', "a\\b", "a{b", "a\u2028b"])
def test_a_value_that_the_site_file_would_refuse_is_refused_here_too(key: str, value: str) -> None:
    with pytest.raises(KioskError, match="cannot stand"):
        render(_with(FULL, key, value))


@pytest.mark.parametrize("name", golden.NAMES)
def test_what_is_secret_is_not_readable_for_the_world(name: str) -> None:
    from provisioning.site_config import parse  # noqa: PLC0415

    config = parse((golden.SITES / name / "site.toml").read_text(encoding="utf-8"))
    for key in _SECRETS:
        value = _get(config, key)
        for path, each in render(config).items():
            if value and any(line in each.text for line in value.split("\n") if len(line) > 40 or line == value):
                assert not each.mode & 0o007, f"{path} holds {key}"


def test_secrets_are_read_by_the_one_group_that_needs_them() -> None:
    files = render(FULL)
    kept = {path: (oct(each.mode), each.group) for path, each in files.items() if each.mode != 0o644}
    assert kept == {
        "etc/hostapd/hostapd.conf": ("0o600", "root"),
        "etc/wpa_supplicant/wpa_supplicant-up0.conf": ("0o600", "root"),
        "etc/kiosk/kiosk.toml": ("0o640", "kiosk"),
        "etc/kiosk/collector.token": ("0o640", "kiosk-upload"),
        "etc/kiosk/staff.pin": ("0o640", "kiosk-web"),
        "etc/kiosk/certificate.key": ("0o640", "www-data"),
    }


def test_kiosk_toml_is_the_settings_of_the_site() -> None:
    text = render(FULL)["etc/kiosk/kiosk.toml"].text
    there = Settings()
    read = parse_settings(text, data=there.data, run=there.run, port=there.port, config=there.config)
    assert read == settings_of(FULL)


def test_what_a_site_has_no_use_for_is_not_there(a_site: Callable[..., SiteConfig]) -> None:
    files = render(a_site())
    assert not [path for path in files if "wpa_supplicant" in path or "certificate" in path or "collector" in path]
    assert not [path for path in files if path.endswith((".link", "30-uplink.network"))]
    everything = "\n".join(each.text for each in files.values())
    for word in ("114", "443 ssl", "touch.sock", "Wants=kiosk-shell", "wpa"):
        assert word not in everything.replace("ssl_reject", "")


def test_two_radios_are_told_apart_by_their_drivers() -> None:
    files = render(FULL)
    assert "Driver=mt76x0u" in files["etc/systemd/network/10-access-point.link"].text
    assert "Driver=brcmfmac" in files["etc/systemd/network/10-uplink.link"].text
    for path in ("etc/hostapd/hostapd.conf", "etc/dnsmasq.conf"):
        assert "interface=ap0" in files[path].text
    second = render(_with(FULL, "box.usb_wifi", ""))
    assert "Driver=brcmfmac" in second["etc/systemd/network/10-access-point.link"].text
    assert "Driver=!brcmfmac" in second["etc/systemd/network/10-uplink.link"].text


def test_nginx_writes_the_line_that_the_recorder_reads() -> None:
    text = render(FULL)[NGINX].text
    assert f"log_format kiosk '{NGINX_FORMAT}';" in text
    assert NGINX_MAPS in text
    assert len(re.findall(r"access_log (?!off)", text)) == text.count(" if=$kiosk_sent;")


def test_every_probe_of_the_table_reaches_the_program() -> None:
    text = render(FULL)[NGINX].text
    for row in probes.probes():
        for path in row.paths:
            assert all(f" {host}{path} 1;" in text for host in row.hosts)
            assert not row.anywhere or f" {path} 1;" in text


def test_pages_bear_what_the_program_gives_its_own() -> None:
    text = render(FULL)[NGINX].text
    servers = text.count("root /var/lib/kiosk/current;")
    assert servers == 4
    for name, value in guard.SECURITY:
        assert text.count(f'add_header {name} "{value}" always;') == servers
    assert guard.plain_page(404, "/").replace("404", "$status") in text


def _servers(text: str) -> dict[str, str]:
    """Address -> what the server there holds."""
    found = re.split(r"^    server \{$", text, flags=re.MULTILINE)[1:]
    return {re.search(r"listen [^;]+;", each)[0]: each for each in found}


def test_staff_pages_are_behind_the_touchscreens_address_and_the_certificates_port_alone() -> None:
    servers = _servers(render(FULL)[NGINX].text)
    doors = {listen for listen, text in servers.items() if "/staff" in text}
    assert doors == {"listen 127.0.0.1:80;", "listen 10.87.0.1:8443 ssl;"}
    assert "proxy_pass http://touch;" in servers["listen 127.0.0.1:80;"]
    assert "proxy_pass http://staff;" in servers["listen 10.87.0.1:8443 ssl;"]


@pytest.mark.parametrize("without", ["certificate", "staff"])
def test_without_a_certificate_or_a_pin_nothing_listens_for_staff_by_wifi(without: str) -> None:
    empty = {"certificate": Certificate(), "staff": Staff()}[without]
    files = render(msgspec.structs.replace(FULL, **{without: empty}))
    assert "8443" not in files[NGINX].text + files["etc/nftables.conf"].text
    assert "8443" in render(FULL)["etc/nftables.conf"].text


def test_the_cookie_of_the_staff_door_goes_on_to_no_other_page() -> None:
    text = render(FULL)[NGINX].text
    assert '"~^/staff(?:/|$)" $http_cookie;' in text
    assert text.count("$http_cookie") == 1


def test_the_salt_is_new_at_each_start_and_kept_within_one(tmp_path: Path) -> None:
    script = render(FULL)["etc/kiosk/nginx-salt"].text
    first, second = tmp_path / "first", tmp_path / "second"
    for file in (first, first, second):
        kept = first.read_text() if first.exists() else ""
        subprocess.run(["/bin/sh", "-s", str(file)], input=script, text=True, check=True, capture_output=True)
        assert kept in ("", first.read_text())
    salts = [re.search("[0-9a-f]{32}", file.read_text())[0] for file in (first, second)]
    assert len(set(salts)) == 2
    assert first.read_text() == nginx_salt(salts[0])
    assert first.stat().st_mode & 0o007 == 0


def test_templates_that_were_compiled_for_a_card_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(FULL)
    render_module.compile_to(tmp_path)
    monkeypatch.setattr(render_module, "COMPILED", tmp_path)
    monkeypatch.setattr("jinja2.FileSystemLoader.get_source", lambda *_: pytest.fail("a template was compiled anew"))
    render_module._environment.cache_clear()
    try:
        assert render(FULL) == expected
    finally:
        render_module._environment.cache_clear()
