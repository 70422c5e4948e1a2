"""The ground that a lab stands on: one folder and one tag, and everything under them goes when the lab ends.

Whoever builds a lab holds the lock of its folder. A keeper waits beside it for that lock: when the kernel gives it away
the lab is over, however it ended, and the keeper ends what still runs and takes away what is left. What was left by a
lab whose keeper was killed as well is taken away by the next lab. Two labs at once have two tags and do not meet.

`python -m tests.lab.ground FOLDER` is the keeper.
"""

import atexit
import contextlib
import fcntl
import functools
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.process import run
from tests.support.house import ROOT

_PREFIX = "domdom-lab-"
_PATIENCE = 30  # seconds for what was killed to go


@dataclass(frozen=True)
class Ground:
    """Where the lab of this process stands.

    Attributes:
        folder: everything that it writes.
        control: control groups, mounted for this lab.
        tag: begins the name of each of its network namespaces and control groups.
    """

    folder: Path
    tag: str

    @property
    def control(self) -> Path:
        return self.folder / "control"


@functools.cache
def ground() -> Ground:
    """The one of this process, made when it is first asked for."""
    place = Path(tempfile.gettempdir())
    for left in place.glob(f"{_PREFIX}*"):
        _clear_if_dead(left)
    tag = f"dd{secrets.token_hex(3)}"
    unfinished = Path(tempfile.mkdtemp(prefix="domdom-new-"))
    lock = (unfinished / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    made = Ground(unfinished.rename(place / f"{_PREFIX}{tag}"), tag)
    made.folder.chmod(0o755)
    made.control.mkdir()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.lab.ground", str(made.folder)],
        cwd=ROOT, start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip

    def end() -> None:
        clear(made)
        lock.close()
        keeper.wait()

    atexit.register(end)
    run(["mount", "-t", "cgroup2", "lab", made.control])
    return made


def clear(made: Ground) -> None:
    """End what runs there and take everything away; what is gone already is no error."""
    groups = [path for path in made.control.glob(f"{made.tag}*") if path.is_dir()]
    for group in groups:
        empty(group)
    for name in _spaces(made.tag):
        for number in run(["ip", "netns", "pids", name], check=False).out.split():
            _kill(int(number))
        run(["ip", "netns", "del", name], check=False)
    for folder in Path("/etc/netns").glob(f"{made.tag}-*"):
        shutil.rmtree(folder, ignore_errors=True)
    if made.control.is_mount():
        run(["umount", "--lazy", made.control], check=False)
    shutil.rmtree(made.folder, ignore_errors=True)


def empty(group: Path) -> None:
    """End every process of a control group and those below it, and remove them."""
    until = time.monotonic() + _PATIENCE
    while group.exists() and time.monotonic() < until:
        for folder, _, _ in os.walk(group, topdown=False):
            with contextlib.suppress(OSError):
                for number in (Path(folder) / "cgroup.procs").read_text(encoding="ascii").split():
                    _kill(int(number))
            with contextlib.suppress(OSError):
                Path(folder).rmdir()
        if group.exists():
            time.sleep(0.05)


def _kill(number: int) -> None:
    if number:  # a process that just went is listed as 0
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def _spaces(tag: str) -> list[str]:
    listed = run(["ip", "netns", "list"], check=False).out.decode().splitlines()
    return [line.split()[0] for line in listed if line.startswith(f"{tag}-")]


def _of(folder: Path) -> Ground:
    return Ground(folder, folder.name.removeprefix(_PREFIX))


def _clear_if_dead(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        clear(_of(folder))


def keep(folder: Path) -> None:
    """Wait until nobody holds the lock any more, then clear."""
    try:
        lock = (folder / "lock").open("r+")
    except FileNotFoundError:
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        clear(_of(folder))


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
