"""What hostapd's unit lets into the journal: that somebody was turned away, what is wrong, and nobody's address."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from kiosk.device.radio import parse_log
from tests.provisioning.golden import rendered

UNIT = "etc/systemd/system/hostapd.service.d/kiosk.conf"
GOOD = "interface=wlan0\ndriver=none\nssid=x\nhw_mode=g\nchannel=6\n"


@pytest.fixture(scope="module")
def shell():
    """The shell's words of the unit."""
    (line,) = re.findall(r"^ExecStart=(/.*)$", rendered("pi-3b-modem")[UNIT].text, re.MULTILINE)
    return shlex.split(line)


def run(shell, instead, *, seconds=10):
    """The unit's words with another command in hostapd's place."""
    *words, script = shell
    script = script.replace("/usr/sbin/hostapd -d /etc/hostapd/hostapd.conf", instead)
    return subprocess.run([*words, script], capture_output=True, text=True, check=False, timeout=seconds)


def test_whom_it_turned_away_is_told_and_no_address_is(shell, data_dir):
    log = data_dir / "device" / "hostapd-log.txt"
    kept = run(shell, f"cat {log}").stdout
    assert parse_log(kept).refused == 3
    assert "AP-ENABLED" in kept
    assert re.search(r"([0-9a-f]{2}:){5}", log.read_text())
    assert not re.search(r"([0-9a-f]{2}:){5}", kept)


@pytest.mark.needs("hostapd")
def test_why_it_does_not_start_is_told_and_the_unit_fails(shell, tmp_path):
    file = tmp_path / "hostapd.conf"
    file.write_text(GOOD + "nonsense=1\n")
    done = run(shell, f"/usr/sbin/hostapd -d {file}")
    assert "unknown configuration item 'nonsense'" in done.stdout
    assert done.returncode != 0


@pytest.mark.needs("hostapd")
def test_the_words_that_are_counted_are_hostapds_own():
    assert b"no more room for new STAs" in Path("/usr/sbin/hostapd").read_bytes()
