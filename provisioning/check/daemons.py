"""The real programs judge a rendered tree: hostapd, dnsmasq, nft, nginx and systemd, none of it started in earnest.

Each is asked in a way that changes nothing on the machine where it is asked: in a network of its own, on a copy in a
folder of its own. Where a program is not installed, that is said instead of silence.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError
from kiosk.events.line import nginx_salt
from kiosk.findings import Finding, Level
from kiosk.process import Result, run

_SECONDS: Final = 20
_SHOWN: Final = 300  # characters of what a program said
_AGAIN: Final = "Sửa mục ấy trong site.toml rồi dựng lại: provision render. Không sửa tay tệp đã dựng."
_UNITS: Final = Path(__file__).resolve().parents[2] / "systemd"
_DEBIANS: Final = Path("/lib/systemd/system")
_BASIC: Final = (
    "sysinit", "basic", "multi-user", "local-fs", "network", "network-pre", "time-set", "shutdown", "sockets", "timers",
    "paths",
)  # fmt: skip


def judge(root: Path) -> list[Finding]:
    """What the programs say of a tree; one finding for each program that has a file in it.

    Args:
        root: the folder that stands for `/` of the target.
    """
    with tempfile.TemporaryDirectory(prefix="domdom-") as folder:
        copy = Path(folder) / "root"
        shutil.copytree(root, copy)
        return [
            _found(name, package, judged, copy)
            for name, (package, path, judged) in _PROGRAMS.items()
            if (copy / path).exists()
        ]


def _found(name: str, package: str, judged: Callable[[Path], str], root: Path) -> Finding:
    """The finding of one program; `judged` returns what is wrong, empty when nothing is."""
    try:
        wrong = judged(root).replace(f"{root}/", "").replace(f"{root.parent}/", "")
    except KioskError as missing:
        what = f"Máy này không chạy được {name}, nên chưa xem được: {missing.message}"
        return Finding(name, Level.WARN, what[:_SHOWN], f"Cài: sudo apt install {package}, rồi kiểm tra lại.")
    if wrong:
        return Finding(name, Level.FAIL, f"{name} không nhận: {wrong[:_SHOWN]}", _AGAIN)
    return Finding(name, Level.OK, f"{name} nhận.")


def _hostapd(root: Path) -> str:
    """Its only test is to start: without a radio, and so without a country, it is up or out at once."""
    text = (root / "etc/hostapd/hostapd.conf").read_text(encoding="utf-8")
    absent = ("driver=", "country_code=", "ieee80211d=", "ieee80211h=", "ctrl_interface")
    lines = [line for line in text.splitlines() if not line.startswith(absent)]
    file = root.parent / "hostapd.conf"
    _write(file, "\n".join([*lines, "driver=none", ""]))
    # Once it is up it goes to the background; what stands there ends with the processes of its own number space.
    done = _alone(["hostapd", "-B", file], "--pid", "--fork")
    # A line left out stands for nothing, so that the numbers it names are those of the shorter file.
    return "" if done.code == 0 else _said(done, r"Line \d+: (.*)", r".*(?:[Ii]nvalid|not allowed).*", r".*error.*")


def _dnsmasq(root: Path) -> str:
    done = run(["dnsmasq", "--test", f"--conf-file={root}/etc/dnsmasq.conf"], check=False, timeout=_SECONDS)
    return "" if done.code == 0 else _said(done, r"dnsmasq: (.*)")


def _nft(root: Path) -> str:
    done = _alone(["nft", "-c", "-f", root / "etc/nftables.conf"])
    return "" if done.code == 0 else _said(done, r".*Error: .*")


def _nginx(root: Path) -> str:
    for folder in ("run/nginx", "run/kiosk/views"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    _write(root / "run/nginx/salt.conf", nginx_salt("0" * 32))
    text = (root / "etc/nginx/nginx.conf").read_text(encoding="utf-8")
    file = root.parent / "nginx.conf"
    _write(file, re.sub(r"(?<![\w.])/(?=(?:run|etc)/)", f"{root}/", text))
    # Which certificate goes with which key nginx tells by reading them, so it is not asked for the syntax alone.
    done = _alone(["nginx", "-t", "-q", "-c", file, "-g", "user root;"])
    return "" if done.code == 0 else _said(done, r".*\[emerg\] (?:\d+#\d+: )?(.*)")


def _systemd(root: Path) -> str:
    """Our units and the site's drop-ins; the programs they start lie on the target, not here."""
    units = root.parent / "units"
    shutil.copytree(root / "etc/systemd/system", units)
    if _UNITS.is_dir():
        shutil.copytree(_UNITS, units, dirs_exist_ok=True)
    for folder in units.glob("*.service.d"):
        _stand_in(units, folder.name.removesuffix(".d"))
    for name in _BASIC:
        _stand_in(units, f"{name}.target")
    names = sorted(path for path in units.iterdir() if path.suffix in {".service", ".timer", ".path", ".mount"})
    done = run(
        ["systemd-analyze", "verify", "--man=no", *names],
        env={"SYSTEMD_UNIT_PATH": f"{units}:"},  # and those of this machine, for what Debian's units ask for
        check=False,
        timeout=_SECONDS,
    )
    # An unknown key is only a warning to systemd (v252), and exit code 0.
    lines = done.err.decode("utf-8", "replace").replace(f"{units}/", "").splitlines()
    return "; ".join(line for line in lines if not re.search(r"is not executable|is not installed", line))


# name -> Debian's package, the file that is its part of the tree, who judges it
_PROGRAMS: Final[Mapping[str, tuple[str, str, Callable[[Path], str]]]] = {
    "hostapd": ("hostapd", "etc/hostapd/hostapd.conf", _hostapd),
    "dnsmasq": ("dnsmasq-base", "etc/dnsmasq.conf", _dnsmasq),
    "nft": ("nftables", "etc/nftables.conf", _nft),
    "nginx": ("nginx-light", "etc/nginx/nginx.conf", _nginx),
    "systemd-analyze": ("systemd", "etc/systemd/system", _systemd),
}


def _alone(command: list[str | Path], *spaces: str) -> Result:
    """Run in a network of its own, and in other spaces of its own; who is not root becomes root of them."""
    own = ["unshare", "--net", *spaces, *(["--map-root-user"] if os.geteuid() else [])]
    if shutil.which(str(command[0]), path=_paths()) is None:
        raise KioskError(f"the program {command[0]} is not installed")
    done = run([*own, *command], check=False, timeout=_SECONDS)
    if done.code and done.err.startswith(b"unshare: "):
        raise KioskError(done.err.decode("utf-8", "replace").strip())
    return done


def _paths() -> str:
    return os.pathsep.join((os.defpath, "/usr/local/bin", "/usr/sbin", "/sbin"))


def _said(done: Result, *wanted: str) -> str:
    """The first lines that a pattern knows, else the last words."""
    lines = (done.out + done.err).decode("utf-8", "replace").splitlines()
    for pattern in wanted:
        found = [match[match.lastindex or 0] for match in (re.fullmatch(pattern, line) for line in lines) if match]
        if found:
            return "; ".join(found)
    return "; ".join(lines[-2:]) or f"exit code {done.code}"


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _stand_in(units: Path, name: str) -> None:
    """Debian's own unit beside its drop-in, or an empty one where it is not installed."""
    theirs = _DEBIANS / name
    if theirs.is_file():
        shutil.copyfile(theirs, units / name)
    else:
        _write(units / name, "[Service]\nExecStart=/bin/true\n" if name.endswith(".service") else "[Unit]\n")
