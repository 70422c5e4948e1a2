"""The box of the lab: a rendered site booted by the real systemd, with every unit as on a card except the radio's."""

import contextlib
import os
import site
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.process import Result, run
from provisioning.render import render
from provisioning.site_config import SiteConfig
from tests.lab.ground import empty, ground
from tests.lab.net import Space, cable, space
from tests.support.house import PACKS, ROOT, kiosk

PORTAL, CAPTURE = "10.87.0.1", "198.51.100.1"
# A bridge left to itself borrows the card of a port: when that phone goes, all others lose the box for up to 50 s.
_CARD = "02:00:00:00:00:01"
OURS = ("nftables", "dnsmasq", "nginx", "kiosk-web", "kiosk-recorder")
_PATIENCE = 60  # seconds to come up
_SQL = """
import sqlite3, sys
with sqlite3.connect("/run/kiosk/state.db", timeout=20) as state:
    print(state.execute(sys.argv[1]).fetchall())
"""


@dataclass
class Box:
    """A running box.

    Attributes:
        air: its network namespace; its wlan0 is a bridge whose ports do not reach each other, as phones do not.
        data: what its data partition holds.
        number: the process id of its systemd, as seen from here.
        met: the addresses of every phone that ever joined, of card and of net.
    """

    air: Space
    data: Path
    number: int
    met: set[str] = field(default_factory=set)
    _ports: int = 0

    def run(self, *words: str, check: bool = True, timeout: float = 60) -> Result:
        """A program inside the box."""
        return run(["nsenter", "-t", str(self.number), "-a", "--", *words], check=check, timeout=timeout)

    def text(self, *words: str, check: bool = True) -> str:
        """What a program inside the box prints."""
        return self.run(*words, check=check).out.decode()

    def kiosk(self, *words: str) -> str:
        """What the command `kiosk` prints there, as the recorder's user."""
        environ = ("env", "KIOSK_CONFIG=/etc/kiosk/kiosk.toml", "KIOSK_DATA=/var/lib/kiosk", "KIOSK_RUN=/run/kiosk")
        user = ("setpriv", "--reuid=kiosk-recorder", "--regid=kiosk", "--clear-groups")
        return self.text(*user, *environ, "/opt/kiosk/bin/kiosk", *words, check=False)

    def kill(self, unit: str, signal: str = "KILL") -> None:
        """A blow to the main process of a unit; what it leaves behind is systemd's to end."""
        self.run("systemctl", "kill", "--kill-who=main", f"--signal={signal}", unit)

    def active(self, unit: str) -> bool:
        """Whether a unit runs."""
        return self.run("systemctl", "is-active", "--quiet", unit, check=False).code == 0

    def pid(self, unit: str) -> int:
        """The main process of a unit, as numbered inside."""
        return int(self.text("systemctl", "show", "--property=MainPID", "--value", unit))

    def journal(self, *words: str) -> str:
        """What the journal holds."""
        return self.text("journalctl", "--no-pager", "--output=cat", *words)

    def file(self, path: str) -> Path:
        """A file of the box, as seen from here; good for reading, not for databases, which follow every link."""
        return Path(f"/proc/{self.number}/root{path}")

    def start_hostapd(self) -> None:
        """Without a radio: what can be seen is that its walls leave it its socket and its group, and what it takes."""
        there = self.file("/etc/hostapd/hostapd.conf")
        absent = ("driver=", "country_code=", "ieee80211d=")
        lines = [line for line in there.read_text(encoding="utf-8").splitlines() if not line.startswith(absent)]
        there.write_text("\n".join([*lines, "driver=none", ""]), encoding="utf-8")
        self.run("rm", "/etc/systemd/system/hostapd.service")
        self.run("systemctl", "daemon-reload")
        self.run("systemctl", "start", "hostapd")
        self.wait("hostapd.service")

    def stop_hostapd(self) -> None:
        """As it was before."""
        self.run("systemctl", "stop", "hostapd")
        self.run("ln", "-s", "/dev/null", "/etc/systemd/system/hostapd.service")
        self.run("systemctl", "daemon-reload")

    def state(self, change: str) -> str:
        """What a statement of SQL finds in state.db, or changes there, as the program behind the pages."""
        python = ("env", "LD_LIBRARY_PATH=/opt/kiosk/python/lib", "/opt/kiosk/python/bin/python3", "-c", _SQL, change)
        return self.text("setpriv", "--reuid=kiosk-web", "--regid=kiosk", "--clear-groups", *python)

    def later(self, seconds: int) -> None:
        """Let time pass for leases and for what hangs on them: all that they hold is so much older."""
        self.run("systemctl", "stop", "dnsmasq")
        file = self.file("/run/kiosk/dnsmasq.leases")
        rows = [line.split(" ", 1) for line in file.read_text(encoding="utf-8").splitlines()]
        file.write_text("".join(f"{int(ends) - seconds} {rest}\n" for ends, rest in rows), encoding="utf-8")
        self.state(f"UPDATE released SET since = since - {seconds}, until = until - {seconds}")
        self.run("systemctl", "start", "dnsmasq")
        until = time.monotonic() + _PATIENCE
        while not self.text("ss", "-Hlun", "sport = :53") and time.monotonic() < until:
            time.sleep(0.05)

    def wait(self, unit: str, *, started: bool = True) -> None:
        """Wait until a unit runs, or does not."""
        until = time.monotonic() + _PATIENCE
        while self.active(unit) is not started:
            if time.monotonic() > until:
                raise AssertionError(f"{unit}: {self.journal('--lines=30', f'--unit={unit}')}")
            time.sleep(0.1)

    def plug(self, phone: Space, end: str = "wlan0") -> None:
        """Bring a phone into the air."""
        self._ports += 1
        port = f"air{self._ports}"
        cable(self.air, port, phone, end)
        self.air.ip("link", "set", port, "master", "wlan0")
        self.air.ip("link", "set", port, "type", "bridge_slave", "isolated", "on")


@contextlib.contextmanager
def box(config: SiteConfig) -> Iterator[Box]:
    """A box with every pack of this checkout, up and answering, for the length of a block."""
    with tempfile.TemporaryDirectory(dir=ground().folder) as folder, space("box") as air:
        place = Path(folder)
        place.chmod(0o755)
        data, tree = place / "data", place / "tree"
        _install(data)
        groups = _lay(tree, config)
        (place / "mount").mkdir()
        (place / "groups").write_text(groups, encoding="ascii")
        air.ip("link", "add", "wlan0", "address", _CARD, "type", "bridge")
        with _control_group(air.name) as group:
            started = _boot(air, place, group)
            try:
                made = Box(air, data, _first(started, place / "boot.log"))
                for unit in OURS:
                    made.wait(f"{unit}.service")
                yield made
            finally:
                started.kill()  # as a power cut: the first process goes, and all others with it
                started.wait()


def _install(data: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "KIOSK_DATA": str(data), "KIOSK_RUN": str(data.parent / "desk")}
    for pack in sorted(PACKS.glob("*.pack")):
        kiosk(environ, "pack", "install", str(pack))
    kiosk(environ, "publish")


def _lay(tree: Path, config: SiteConfig) -> str:
    """Write the tree; returns path and group of what is not root's alone."""
    files = render(config)
    for path, each in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(each.text, encoding="utf-8")
        (tree / path).chmod(each.mode)
    return "".join(f"{path} {each.group}\n" for path, each in files.items() if each.group != "root")


@contextlib.contextmanager
def _control_group(name: str) -> Iterator[Path]:
    """A control group of its own: each systemd takes the one that it is in for the whole tree."""
    group = ground().control / name
    group.mkdir()
    try:
        yield group
    finally:
        empty(group)


def _boot(air: Space, place: Path, group: Path) -> "subprocess.Popen[bytes]":
    environ = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LAB": str(place / "mount"),
        "TREE": str(place / "tree"),
        "DATA": str(place / "data"),
        "GROUPS_FILE": str(place / "groups"),
        "SOURCE": str(ROOT),
        "PACKAGES": site.getsitepackages()[0],
        "PYTHON": sys.base_prefix,
    }
    apart = ["unshare", "--mount", "--propagation", "private", "--uts", "--ipc", "--cgroup", "--pid", "--fork"]
    boot = [*apart, "--kill-child", "sh", str(Path(__file__).with_name("boot.sh"))]
    join = ["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(group)]
    words = ["ip", "netns", "exec", air.name, *join, *boot]
    with (place / "boot.log").open("wb") as log:
        return subprocess.Popen(words, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _first(started: "subprocess.Popen[bytes]", log: Path) -> int:
    """The process that became systemd: the one child of `unshare`."""
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and started.poll() is None:
        numbers = children.read_text(encoding="ascii").split()
        if numbers and Path(f"/proc/{numbers[0]}/comm").read_text().strip() == "systemd" and _answers(numbers[0]):
            return int(numbers[0])
        time.sleep(0.1)
    raise AssertionError(f"the box did not boot: {log.read_text(errors='replace')}")


def _answers(number: str) -> bool:
    state = run(["nsenter", "-t", number, "-a", "--", "systemctl", "is-system-running"], check=False)
    return state.out.strip() not in (b"offline", b"unknown", b"")
