"""A lab that was killed leaves nothing behind, and what nobody took away the next one does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.process import run
from tests.support.house import ROOT

pytestmark = [pytest.mark.root, pytest.mark.needs("ip", "mount", "busybox")]

# A namespace with a program in it, a control group with another; then it says what it has and sleeps.
_LAB = """
import subprocess, time
from tests.lab.ground import ground
from tests.lab.net import space
with space("killed") as made:
    group = ground().control / f"{ground().tag}-killed"
    (group / "below").mkdir(parents=True)
    inside = subprocess.Popen(["ip", "netns", "exec", made.name, "sleep", "99"])
    grouped = subprocess.Popen(["sh", "-c", f"echo $$ > {group}/below/cgroup.procs; exec sleep 99"])
    time.sleep(0.5)
    print(ground().folder, made.name, inside.pid, grouped.pid, flush=True)
    time.sleep(99)
"""


def _begin() -> tuple["subprocess.Popen[str]", Path, str, list[str]]:
    lab = subprocess.Popen([sys.executable, "-c", _LAB], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    folder, name, *numbers = lab.stdout.readline().split()
    return lab, Path(folder), name, numbers


def _end(lab: "subprocess.Popen[str]", blow: signal.Signals = signal.SIGKILL) -> None:
    lab.send_signal(blow)
    lab.stdout.close()
    lab.wait()


def _left(folder: Path, name: str, numbers: list[str]) -> list[object]:
    """What is still there of a lab."""
    listed = run(["ip", "netns", "list"]).out.decode()
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
    return [
        *([folder] if folder.exists() else []),
        *([name] if name in listed else []),
        *(["a mount"] if str(folder) in mounts else []),
        *(number for number in numbers if Path(f"/proc/{number}").exists()),
    ]


def _gone(*lab: object) -> bool:
    until = time.monotonic() + 30
    while _left(*lab) and time.monotonic() < until:
        time.sleep(0.1)
    return not _left(*lab)


@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_whatever_ends_a_lab_takes_all_of_it_away(blow: signal.Signals) -> None:
    lab, *rest = _begin()
    assert len(_left(*rest)) == 5
    _end(lab, blow)
    assert _gone(*rest)


@pytest.mark.usefixtures("namespaces")
def test_what_no_keeper_takes_away_the_next_lab_does_and_two_at_once_do_not_meet() -> None:
    lab, *rest = _begin()
    keeper = [path.parent for path in Path("/proc").glob("[0-9]*/cmdline") if _keeps(path, str(rest[0]))]
    os.kill(int(keeper[0].name), signal.SIGKILL)
    other, *beside = _begin()
    assert len(_left(*rest)) == 5, "who lives is left alone"
    _end(lab)
    assert len(_left(*rest)) >= 3
    third, *last = _begin()
    assert _gone(*rest)
    assert len(_left(*beside)) == len(_left(*last)) == 5
    for each in (other, third):
        _end(each)
    assert _gone(*beside)
    assert _gone(*last)


def _keeps(path: Path, folder: str) -> bool:
    try:
        words = path.read_bytes().split(b"\0")
    except OSError:
        return False
    return b"tests.lab.ground" in words and folder.encode() in words
