"""The device's own configuration under load, in the lab: the rendered site, booted, with limits, log and recorder on.

Beside it in the same box stands a bare nginx that sends the same files: as many workers, no limits, no log, before the
firewall's rules. The load comes from another network namespace with 200 addresses, each with a card of its own; both
share this machine's cores with it.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.process import run
from kiosk.settings import Settings
from kiosk.usage import report
from provisioning.site_config import parse
from tests.lab.box import PORTAL, Box, box
from tests.lab.phone import Phone, phone
from tests.provisioning.golden import SITES
from tests.support.house import ROOT

_SOURCES = 200
_BARE = 8099
_SECONDS = 5
_ROUNDS = 5
_EXACT = 20_000
_UNITS = ("nginx", "dnsmasq", "kiosk-web", "kiosk-recorder", "hostapd")
_MAPPED = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ (\S+ \d+)")
_BARE_CONFIG = """
user www-data kiosk-pages;
worker_processes 2;
pid /run/bare.pid;
error_log /dev/null;
events {{ worker_connections 3072; }}
http {{
    types {{ text/html html; }}
    sendfile on;
    tcp_nopush on;
    gzip_static on;
    access_log off;
    server {{ listen {portal}:{port}; root {root}; }}
}}
"""

Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Pages a second beside bare nginx; views against requests; latency, memory and noise."""
    try:
        with _loaded() as (house, crowd):
            return [*_speed(house, crowd), _exact(house, crowd), *_class(house, crowd), _noise(house, crowd)]
    except (KioskError, OSError) as barred:
        return [("the device's configuration", f"not measured: {barred}"[:100], "-", "-")]


@contextmanager
def _loaded() -> Iterator[tuple[Box, Phone]]:
    config = parse((SITES / "pi-3b-modem" / "site.toml").read_text(encoding="utf-8"))
    with box(config) as house, phone(house, "crowd") as crowd:
        crowd.join()
        house.start_hostapd()
        _multiply(crowd)
        yield house, crowd


def _multiply(crowd: Phone) -> None:
    """Give the phone 200 addresses, and each address a card of its own on what is sent."""
    places = [f"10.87.8.{number}" for number in range(1, _SOURCES + 1)]
    for place in places:
        crowd.space.ip("addr", "add", f"{place}/32", "dev", "wlan0")
    cards = ", ".join(f"{place} : 02:00:00:00:08:{number:02x}" for number, place in enumerate(places))
    turns = ", ".join(f"{number} : {place}" for number, place in enumerate(places))
    spread = f"numgen inc mod {_SOURCES} map {{ {turns} }}"
    rules = f"""
        table ip crowd {{
            chain out {{
                type nat hook postrouting priority srcnat;
                ip saddr {crowd.lease["ip"]} tcp dport {{ 80, {_BARE} }} snat to {spread}
            }}
        }}
        table netdev crowd {{
            chain out {{
                type filter hook egress device wlan0 priority 0;
                ether type ip ether saddr set ip saddr map {{ {cards} }}
            }}
        }}
    """
    run(["ip", "netns", "exec", crowd.space.name, "nft", "-f", "-"], data=rules.encode())


def _speed(house: Box, crowd: Phone) -> list[Row]:
    card = _card(house)
    house.file("/run/bare.conf").write_text(
        _BARE_CONFIG.format(portal=PORTAL, port=_BARE, root="/var/lib/kiosk/current"), encoding="ascii"
    )
    house.run("nft", "insert", "rule", "inet", "kiosk", "from_phones", "tcp", "dport", str(_BARE), "accept")
    house.run("nginx", "-c", "/run/bare.conf")
    ours: list[float] = []
    bare: list[float] = []
    counted, asked = _views(house), 0
    try:
        for _ in range(_ROUNDS):  # in turns, so that whatever else this machine does meets both
            bare.append(_wrk(crowd, f"http://{PORTAL}:{_BARE}/{card}")[0])
            speed, requests = _wrk(crowd, f"http://{PORTAL}/{card}")
            ours.append(speed)
            asked += requests
    finally:
        house.run("nginx", "-c", "/run/bare.conf", "-s", "stop")
    share = sorted(one / other for one, other in zip(ours, bare, strict=True))[_ROUNDS // 2]
    seen = _settled(house, counted + asked) - counted
    return [
        (
            f"lesson pages a second, {_SOURCES} sources, limits, log and recorder on", f"{_median(ours):,.0f}",
            f"{_median(bare):,.0f} (bare nginx); {share:.2f} of it", ">= 0.90 of bare nginx",
        ),
        ("views recorded at that speed", f"{seen:,}", f"{asked:,} answers read, {_SOURCES * _ROUNDS} under way", "all"),
    ]  # fmt: skip


def _exact(house: Box, crowd: Phone) -> Row:
    before = _views(house)
    told = _load(crowd, "exact", _card(house), _EXACT)
    seen = _settled(house, before + int(told["answers"])) - before
    return ("views recorded, of counted requests", f"{seen:,}", f"{told['answers']:,} requests", "equal")


def _class(house: Box, crowd: Phone) -> list[Row]:
    idle_memory = _memory(house)
    sound = next((house.data / "current" / "m").glob("*.mp3")).name
    idle = _load(crowd, "open", _card(house), 10)
    busy = _load(crowd, "class", _card(house), 15, f"m/{sound}")
    loaded = _memory(house)
    found = []
    for kind in ("page", "probe"):
        most = max(3 * idle[kind], 50.0)
        found.append((
            f"{kind} p99 while {_SOURCES} phones draw sound at 1 Mbit/s each", f"{busy[kind]:.1f} ms",
            f"{idle[kind]:.1f} ms idle", f"<= {most:.0f} ms",
        ))  # fmt: skip
    drawn = f"{busy['mbit']:.0f} Mbit/s drawn, {busy['refused']} refused"
    return [
        *found,
        ("phones refused meanwhile", str(busy["refused"]), drawn, "0"),
        ("memory, idle, after the pages above", _shown(idle_memory), "-", "<= 80 MiB"),
        ("memory, after that load", _shown(loaded), "-", "<= 120 MiB"),
    ]


def _noise(house: Box, crowd: Phone) -> Row:
    before, began = _cpu(house), time.monotonic()
    told = _load(crowd, "noise", "", 10)
    share = (_cpu(house) - before) / (time.monotonic() - began)
    what = f"50 phones' background noise, {told['answers'] / 10:.0f} requests and names a second"
    return (what, f"{share * 100:.1f}% of a core", f"{told['refused']} refused", "<= 10%")


def _card(house: Box) -> str:
    root = (house.data / "current").resolve()
    return sorted(root.glob("bai/*/*/*.html"))[0].relative_to(root).as_posix()


def _wrk(crowd: Phone, url: str) -> tuple[float, int]:
    words = ("wrk", "-t2", f"-c{_SOURCES}", f"-d{_SECONDS}", "-H", "Accept-Encoding: gzip", url)
    said = crowd.space.run(*words).out.decode()
    if "Non-2xx" in said:
        raise KioskError(f"the load was refused: {said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), requests


def _load(crowd: Phone, what: str, card: str, amount: int, *more: str) -> dict[str, float]:
    environ = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", "tests.bench.load", what, card, str(amount), *more]
    told = run(["ip", "netns", "exec", crowd.space.name, *words], env=environ, timeout=240).out
    found: dict[str, float] = json.loads(told)
    return found


def _views(house: Box) -> int:
    seen = report.read(Settings(data=house.data, run=Path("/nonexistent")))
    return sum(day.get("view", 0) for day in seen.days.values())


def _settled(house: Box, wanted: int) -> int:
    """Views, once no more come."""
    last, until = -1, time.monotonic() + 180
    while time.monotonic() < until:
        now = _views(house)
        if now == last and now >= wanted:
            break
        last = now
        time.sleep(13 if now >= wanted else 2)
    return last


def _processes(house: Box) -> list[Path]:
    groups = [house.text("systemctl", "show", "--property=ControlGroup", "--value", unit).strip() for unit in _UNITS]
    inside = [line for group in groups for line in house.text("cat", f"/sys/fs/cgroup{group}/cgroup.procs").split()]
    return [house.file(f"/proc/{number}") for number in inside]


def _memory(house: Box) -> tuple[float, float]:
    """MiB of everything that runs: as PSS counts it, and as it would where nobody else maps the same files.

    This machine's own Python shares libraries with the box's, and PSS divides them among all; a card has only the box.
    """
    own, told, files = 0, 0, dict[str, int]()
    for process in _processes(house):
        rolled = (process / "smaps_rollup").read_text()
        told += sum(_kib("Pss", rolled))
        own += sum(_kib("Pss_Anon", rolled)) + sum(_kib("Pss_Shmem", rolled))
        for file, part in _mapped((process / "smaps").read_text()):
            files[file] = max(files.get(file, 0), part)
    return told / 1024, (own + sum(files.values())) / 1024


def _kib(name: str, told: str) -> list[int]:
    return [int(each) for each in re.findall(rf"^{name}:\s+(\d+) kB", told, re.MULTILINE)]


def _mapped(told: str) -> Iterator[tuple[str, int]]:
    """Each file that a process has in memory, and how much of it, what it changed for itself left out."""
    parts = dict[str, int]()
    for part in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", told, flags=re.MULTILINE)[1:]:
        file = _MAPPED.match(part)[1]
        if not file.endswith(" 0"):
            parts[file] = parts.get(file, 0) + sum(_kib("Rss", part)) - sum(_kib("Anonymous", part))
    yield from parts.items()


def _shown(memory: tuple[float, float]) -> str:
    return f"{memory[0]:.0f} MiB PSS beside this machine's own; {memory[1]:.0f} MiB alone"


def _cpu(house: Box) -> float:
    """Seconds of a core that the processes have had."""
    ticks = 0
    for process in _processes(house):
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _median(figures: list[float]) -> float:
    return sorted(figures)[len(figures) // 2]
