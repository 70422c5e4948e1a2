"""The units at work under the real systemd: inside their walls, within their bounds, back after every blow."""

import json
import re
import time
from collections.abc import Callable

import msgspec
import pytest

from provisioning.render import render
from provisioning.site_config import parse
from tests.lab.box import OURS, PORTAL, Box
from tests.lab.phone import Phone, phone
from tests.provisioning.golden import SITES

PHONES = Callable[[], Phone]


def _inside(house: Box, unit: str, script: str) -> str:
    """What a shell prints in the namespaces of a unit, as its user; nothing of the system call filter is tried."""
    number = str(house.pid(unit))
    user = house.text("systemctl", "show", "--property=User", "--value", unit).strip()
    enter = ("nsenter", "-t", number, "-m", "-n", "setpriv", f"--reuid={user}", "--regid=kiosk", "--clear-groups")
    return house.text(*enter, "sh", "-c", script, check=False)


def test_all_is_up_and_nothing_failed(house: Box) -> None:
    assert all(house.active(f"{unit}.service") for unit in OURS)
    failed = house.text("systemctl", "--failed", "--no-legend", "--plain").splitlines()
    assert [line.split()[0] for line in failed if "update-utmp" not in line] == []


@pytest.mark.parametrize("unit", ["kiosk-web", "kiosk-recorder"])
def test_the_programs_have_no_net_and_write_to_their_two_folders_only(house: Box, unit: str) -> None:
    assert _inside(house, unit, "cat /proc/net/dev | grep -c wlan0").strip() == "0"
    tried = "for f in /etc/x /usr/x /var/x /opt/kiosk/x /home/x; do touch $f 2>/dev/null && echo $f; done"
    assert _inside(house, unit, tried) == ""
    own = "/run/kiosk/x /var/lib/kiosk/x"
    assert _inside(house, unit, f"touch {own} && rm {own} && echo ok") == "ok\n"


def test_nginx_reads_pages_and_nothing_else_of_the_house(house: Box) -> None:
    user = ("setpriv", "--reuid=www-data", "--regid=www-data", "--groups=www-data,kiosk-pages")
    enter = ("nsenter", "-t", str(house.pid("nginx")), "-m", *user)
    for path in ("/var/lib/kiosk/usage.db", "/var/lib/kiosk/device.toml", "/run/kiosk/state.db"):
        assert house.run("test", "-e", path).code == 0
        assert house.run(*enter, "cat", path, check=False).code != 0
    assert house.run(*enter, "cat", "/var/lib/kiosk/current/index.html").code == 0
    for folder in ("/var/lib/kiosk", "/var/lib/kiosk/generations", "/run/kiosk", "/etc"):
        assert house.run(*enter, "touch", f"{folder}/x", check=False).code != 0


@pytest.mark.parametrize("unit", ["kiosk-web", "kiosk-recorder", "nginx", "dnsmasq"])
def test_no_program_is_root_or_may_become_it(house: Box, unit: str) -> None:
    status = house.text("cat", f"/proc/{house.pid(unit)}/status")
    told = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert "0" not in told["Uid"].split()
    assert told["NoNewPrivs"] == "1"
    assert told["Seccomp"] == "2"
    # bit 10: ports below 1024; 12: network settings; 13: raw packets.
    allowed = {"nginx": 1 << 10, "dnsmasq": 1 << 10 | 1 << 12 | 1 << 13}.get(unit, 0)
    assert int(told["CapBnd"], 16) == allowed


@pytest.mark.parametrize("unit", ["kiosk-web", "kiosk-recorder", "nginx", "dnsmasq"])
def test_who_is_killed_comes_back(house: Box, a_phone: PHONES, unit: str) -> None:
    phone, before = a_phone(), house.pid(unit)
    house.kill(unit)
    until = time.monotonic() + 30
    while (not house.active(unit) or house.pid(unit) in (0, before)) and time.monotonic() < until:
        time.sleep(0.1)
    assert house.pid(unit) not in (0, before)
    until = time.monotonic() + 10
    while time.monotonic() < until and not _all_answers(phone):
        time.sleep(0.1)
    assert _all_answers(phone)


def _all_answers(phone: Phone) -> bool:
    try:
        return bool(phone.ask(f"{PORTAL}/").status == phone.ask(f"{PORTAL}/status.json").status == 200)
    except OSError:
        return False


def test_a_server_that_hangs_is_started_anew(house: Box, a_phone: PHONES) -> None:
    """Stopped, it tells systemd nothing; its minute is made shorter here."""
    drop_in = "/run/systemd/system/kiosk-web.service.d"
    house.run("mkdir", "-p", drop_in)
    house.file(f"{drop_in}/lab.conf").write_text("[Service]\nWatchdogSec=4s\n", encoding="ascii")
    house.run("systemctl", "daemon-reload")
    house.run("systemctl", "restart", "kiosk-web")
    before = house.pid("kiosk-web")
    time.sleep(6)
    assert house.pid("kiosk-web") == before, "it is left alone for as long as it answers"
    house.kill("kiosk-web", "STOP")
    until = time.monotonic() + 60
    while house.pid("kiosk-web") in (0, before) and time.monotonic() < until:
        time.sleep(0.2)
    house.run("rm", "-r", drop_in)
    house.run("systemctl", "daemon-reload")
    house.wait("kiosk-web.service")
    assert house.pid("kiosk-web") not in (0, before)
    assert a_phone().ask(f"{PORTAL}/status.json").status == 200


def test_what_the_program_publishes_nginx_sends_within_seconds(house: Box, a_phone: PHONES) -> None:
    phone = a_phone()
    text = house.text("cat", "/etc/kiosk/kiosk.toml")
    house.file("/run/kiosk/other.toml").write_text(re.sub('phone = ".*"', 'phone = "0000 777"', text), encoding="utf-8")
    house.file("/run/kiosk/other.toml").chmod(0o644)
    environ = "KIOSK_CONFIG=/run/kiosk/other.toml KIOSK_DATA=/var/lib/kiosk KIOSK_RUN=/run/kiosk"
    user = ("setpriv", "--reuid=kiosk-web", "--regid=kiosk", "--init-groups", "sh", "-c")
    house.run(*user, f"umask 007; {environ} /opt/kiosk/bin/kiosk publish")
    assert (house.data / "current").resolve().stat().st_mode & 0o007 == 0
    until = time.monotonic() + 30
    while b"0000 777" not in phone.ask(f"{PORTAL}/help").body and time.monotonic() < until:
        time.sleep(0.5)
    assert b"0000 777" in phone.ask(f"{PORTAL}/help").body
    assert phone.ask(f"{PORTAL}/").status == 200


def test_the_radio_keeps_its_card_whoever_comes_and_goes(house: Box) -> None:
    def card() -> str:
        return house.text("cat", "/sys/class/net/wlan0/address")

    kept = card()
    for number in range(3):
        with phone(house, f"guest{number}"):
            assert card() == kept


def test_the_health_timer_says_how_the_house_is(house: Box) -> None:
    house.run("systemctl", "start", "kiosk-health", check=False)
    told = json.loads(house.text("cat", "/run/kiosk/look.json"))
    services = {row["unit"]: row["active"] for row in told["services"]}
    assert services["nginx.service"] == services["kiosk-web.service"] == "active"
    assert house.active("kiosk.target")


def test_hostapd_starts_within_its_walls(house: Box) -> None:
    house.start_hostapd()
    until = time.monotonic() + 30
    while house.run("test", "-e", "/run/hostapd/wlan0", check=False).code and time.monotonic() < until:
        time.sleep(0.1)
    user = ("setpriv", "--reuid=kiosk-recorder", "--regid=kiosk", "--clear-groups", "sh", "-c")
    asks = "umask 007; hostapd_cli -p /run/hostapd -i wlan0 -s /run/kiosk status"
    try:
        assert house.text("stat", "-c", "%G", "/run/hostapd/wlan0").strip() == "kiosk"
        assert "state=ENABLED" in house.text(*user, asks)
    finally:
        house.stop_hostapd()


@pytest.mark.needs("wpa_supplicant")
def test_the_second_radios_program_starts_within_its_walls(house: Box) -> None:
    """As a site with Wi-Fi for uplink has it, on a cable: there is no second radio here."""
    config = parse((SITES / "pi-3b-modem" / "site.toml").read_text(encoding="utf-8"))
    uplink = msgspec.structs.replace(config.uplink, kind="wifi", ssid="UBND xa", password="12345678")
    files = render(msgspec.structs.replace(config, uplink=uplink))
    walls = files["etc/systemd/system/wpa_supplicant@.service.d/kiosk.conf"].text
    told = files["etc/wpa_supplicant/wpa_supplicant-up0.conf"]
    house.file("/run/kiosk/up0.conf").write_text(told.text, encoding="utf-8")
    starts = "/sbin/wpa_supplicant -D wired -i wlan0 -c /run/kiosk/up0.conf"
    unit = house.file("/run/systemd/system/lab-wpa.service")
    unit.write_text(f"{walls}\nType=simple\nExecStart={starts}\n", encoding="utf-8")
    house.run("systemctl", "daemon-reload")
    house.run("systemctl", "start", "lab-wpa")
    try:
        until = time.monotonic() + 30
        while "Successfully initialized" not in house.journal("--unit=lab-wpa") and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(4)
        assert house.active("lab-wpa")
        assert house.text("systemctl", "show", "--property=NRestarts", "--value", "lab-wpa").strip() == "0"
    finally:
        house.run("systemctl", "stop", "lab-wpa")
        house.run("rm", "/run/systemd/system/lab-wpa.service", "/run/kiosk/up0.conf")
        house.run("systemctl", "daemon-reload")
