"""The real programs judge rendered trees: the golden ones pass, and each kind of fault is told with a remedy."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.findings import Finding, Level
from provisioning import fields
from provisioning.check import daemons
from provisioning.render import render
from provisioning.site_config import SiteConfig
from tests.provisioning import golden

ALL = pytest.mark.needs("hostapd", "dnsmasq", "nft", "nginx", "systemd-analyze", "unshare")
HOSTAPD, DNSMASQ = "etc/hostapd/hostapd.conf", "etc/dnsmasq.conf"
NGINX, NFT = "etc/nginx/nginx.conf", "etc/nftables.conf"
DROP_IN = "etc/systemd/system/nginx.service"


_KEYS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in "\"'`\\{}")


def _lay(root: Path, config: SiteConfig) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    for path, each in render(config).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(each.text, encoding="utf-8")
    return root


def _of(found: list[Finding], area: str) -> Finding:
    return next(row for row in found if row.area == area)


@ALL
@pytest.mark.parametrize("name", golden.NAMES)
def test_a_golden_site_is_told_as_its_check_says(tmp_path: Path, name: str) -> None:
    kept = (golden.SITES / name / golden.CHECK).read_text(encoding="utf-8")
    assert golden.said(tmp_path / name, name) == kept


@ALL
@pytest.mark.parametrize(
    ("area", "path", "old", "new", "told"),
    [
        ("hostapd", HOSTAPD, "wmm_enabled=1", "wmm_enbled=1", "unknown configuration item 'wmm_enbled'"),
        ("hostapd", HOSTAPD, "hw_mode=g", "hw_mode=x", "unknown hw_mode 'x'"),
        ("hostapd", HOSTAPD, "max_num_sta=10", "max_num_sta=9999", "max_num_sta"),
        ("dnsmasq", DNSMASQ, "no-resolv", "no-resolf", "bad option at line"),
        ("dnsmasq", DNSMASQ, "10.87.15.250", "10.86.0.1", "range"),
        ("nft", NFT, "policy drop;", "policy dorp;", "nftables.conf"),
        ("nft", NFT, "define portal = 10.87.0.1", "define portal = 10.87.0.300", "nftables.conf"),
        ("nginx", NGINX, "server_tokens off;", "server_token off;", 'unknown directive "server_token"'),
        ("nginx", NGINX, "server_tokens off;", "server_tokens off", "server_tokens"),
        ("systemd-analyze", DROP_IN, "MemoryMax=96M", "MemoryMaxx=96M", "Unknown key 'MemoryMaxx'"),
        ("systemd-analyze", DROP_IN, "MemoryMax=96M", "MemoryMax=a lot", "Invalid memory limit"),
    ],
)
def test_a_fault_is_told_with_what_to_do(
    tmp_path: Path, a_site: Callable[..., SiteConfig], area: str, path: str, old: str, new: str, told: str
) -> None:
    root = _lay(tmp_path / "root", a_site())
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    found = daemons.judge(root)
    assert _of(found, area).level is Level.FAIL
    assert told in _of(found, area).what
    assert "provision render" in _of(found, area).remedy
    assert [row.area for row in found if row.level is not Level.OK] == [area]
    assert str(tmp_path) not in _of(found, area).what


@ALL
@pytest.mark.needs("openssl")
def test_a_key_that_does_not_go_with_its_certificate_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "pi-4b-touch"
    golden.said(folder, "pi-4b-touch")
    key = folder / "rootfs/etc/kiosk/certificate.key"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key], check=True,
        capture_output=True,
    )  # fmt: skip
    nginx = _of(daemons.judge(folder / "rootfs"), "nginx")
    assert nginx.level is Level.FAIL
    assert "key values mismatch" in nginx.what


@ALL
def test_looking_leaves_nothing_behind(tmp_path: Path, a_site: Callable[..., SiteConfig]) -> None:
    root = _lay(tmp_path / "root", a_site())
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    daemons.judge(root)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _readable(path)]
    assert not [line for line in running if b"domdom-" in line and b"hostapd" in line]


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def test_a_missing_program_is_said_and_is_no_fault_of_the_site(
    tmp_path: Path, a_site: Callable[..., SiteConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    monkeypatch.setattr(daemons, "_paths", lambda: str(empty))
    monkeypatch.setattr(os, "defpath", str(empty))
    found = daemons.judge(_lay(tmp_path / "root", a_site()))
    assert _of(found, "nginx").level is Level.WARN
    assert "sudo apt install nginx-light" in _of(found, "nginx").remedy


@ALL
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(password=st.text(_KEYS, min_size=8, max_size=63).filter(re.compile(get_args(fields.Password)[1].pattern).match))
def test_any_password_that_a_site_file_takes_hostapd_takes(
    tmp_path: Path, a_site: Callable[..., SiteConfig], password: str
) -> None:
    config = a_site('ssid = "DomDom', f'security = "wpa2"\npassword = \'{password}\'\nssid = "DomDom')
    assert _of(daemons.judge(_lay(tmp_path / "root", config)), "hostapd").level is Level.OK
