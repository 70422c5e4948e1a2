"""The units: shut in, bounded, started again, and waiting for neither link nor clock."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.settings import Settings
from provisioning.check.daemons import judge
from tests.provisioning import exposure, golden

UNITS = Path(__file__).resolve().parents[2] / "systemd"
RUNNING = ("kiosk-web", "kiosk-recorder", "kiosk-shell")
# What a unit would wait for if it wanted a link or the time of day.
LATE = ("network-online.target", "time-sync.target", "systemd-time-wait-sync.service", "time-set.target")


def _read(path: Path) -> Mapping[str, list[str]]:
    found = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[key].append(value)
    return found


def _last(path: Path, key: str) -> str:
    return (_read(path)[key] or [""])[-1]


EVERY = sorted(path for path in UNITS.iterdir() if path.suffix in {".service", ".timer", ".path", ".target", ".mount"})
SERVICES = [path for path in EVERY if path.suffix == ".service"]
RENDERED = golden.SITES / golden.NAMES[0] / "rootfs/etc/systemd/system"
DROP_INS = sorted(RENDERED.glob("*.service.d/kiosk.conf"))
OF_SITE = [*DROP_INS, *sorted(RENDERED.glob("*.service"))]


@pytest.mark.parametrize("path", [*EVERY, *OF_SITE], ids=lambda path: path.parent.name + "/" + path.name)
def test_nothing_waits_for_a_link_or_the_clock(path: Path) -> None:
    unit = _read(path)
    for key in ("After", "Wants", "Requires", "Requisite", "BindsTo"):
        assert not [name for line in unit[key] for name in line.split() if name in LATE]
    assert not unit["OnCalendar"], "timers go by uptime"


@pytest.mark.parametrize("name", RUNNING)
def test_what_runs_is_started_again_within_limits_and_bounded_in_memory(name: str) -> None:
    unit = _read(UNITS / f"{name}.service")
    assert unit["Restart"] == ["always"]
    assert unit["RestartSec"]
    assert unit["StartLimitIntervalSec"]
    assert unit["StartLimitBurst"]


@pytest.mark.parametrize("path", [*EVERY, *OF_SITE], ids=lambda path: path.parent.name + "/" + path.name)
def test_who_stands_back_does_so_by_weight(path: Path) -> None:
    """The kernel shares processors between services first: niceness counts only among the processes of one."""
    assert not _read(path)["Nice"]


def test_a_start_on_a_slow_board_is_not_broken_off() -> None:
    assert _last(RENDERED.parent / "system.conf.d/kiosk.conf", "DefaultTimeoutStartSec") == "5min"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_every_service_has_a_bound_of_memory_and_an_own_user(path: Path) -> None:
    unit = _read(path)
    assert unit["MemoryMax"]
    if path.stem != "kiosk-first-boot":  # it sets up the system
        known = re.findall(r"^u (\S+)", (UNITS / "kiosk.sysusers").read_text(), re.MULTILINE)
        assert unit["User"][0] in known


@pytest.mark.parametrize("name", RUNNING)
def test_who_falls_silent_is_started_anew(name: str) -> None:
    assert _last(UNITS / f"{name}.service", "Type") == "notify"
    assert _last(UNITS / f"{name}.service", "WatchdogSec")


@pytest.mark.parametrize("name", ["kiosk-web", "kiosk-recorder"])
def test_what_needs_no_net_has_none(name: str) -> None:
    assert _last(UNITS / f"{name}.service", "PrivateNetwork") == "yes"
    assert _last(UNITS / f"{name}.service", "RestrictAddressFamilies") == "AF_UNIX"


def test_every_unit_that_the_target_wants_is_there_or_debians(tmp_path: Path) -> None:
    wanted = {name for line in _read(UNITS / "kiosk.target")["Wants"] for name in line.split()}
    for name in golden.NAMES:
        site = golden.rendered(name)["etc/systemd/system/kiosk.target.d/site.conf"].text
        wanted |= {each for line in re.findall(r"^Wants=(.*)", site, re.MULTILINE) for each in line.split()}
    ours = {path.name for path in EVERY}
    theirs = {
        "systemd-networkd.service",
        *(f"{name}.service" for name in exposure.DEBIANS),
        "wpa_supplicant@up0.service",
    }
    assert wanted <= ours | theirs
    assert {"kiosk-web.service", "kiosk-recorder.service", "kiosk-health.timer"} <= wanted


def test_the_wish_for_a_restart_is_a_file_and_what_restarts_is_the_system_itself() -> None:
    wish = str(Settings().restart)
    assert _read(UNITS / "kiosk-restart.path")["PathExists"] == [wish]
    service = _read(UNITS / "kiosk-restart.service")
    assert service["ExecStart"] == [f"/bin/rm {wish}"]
    assert service["SuccessAction"] == ["reboot"]
    assert "kiosk-restart.path" in _last(UNITS / "kiosk.target", "Wants")


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("units")
    exposure.together(folder)
    return folder


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", [*exposure.OURS, *exposure.DEBIANS])
def test_what_faces_the_network_is_shut_in(together: Path, name: str) -> None:
    assert exposure.exposure(together, name) <= exposure.LIMIT


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", golden.NAMES)
def test_systemd_takes_every_unit_with_the_drop_ins_of_every_site(tmp_path: Path, name: str) -> None:
    golden.said(tmp_path / name, name)
    found = {row.area: row for row in judge(tmp_path / name / "rootfs")}
    assert found["systemd-analyze"].level == "ok"
