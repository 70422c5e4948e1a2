"""kill -9 of every process of the whole walk, from the tap to the province, while phones read and practise.

Web server (with its workers), recorder, uploader and collector are the real commands; each is killed at a random
moment and started again. A view is `answered` when its page arrived whole; when the connection broke it may have been
counted or not. A step is repeated until it is answered, as a patient finger does, and must count once.

`python -m tests.lab.kill_house --kills 500` prints the figures.
"""

import argparse
import contextlib
import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.practice.engine import apply, begin
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import Shelf
from kiosk.practice.state import StepDone, print_action
from kiosk.practice.walks import walk
from tests.support.house import MEMORY, PACKS, ROOT, free_port, kiosk

CARDS = ("mo-quet", "soi-ma", "xem-ten", "so-tien", "xem-lai", "ma-pin", "bien-lai")
SCENARIO = "tra-tien-qr"
LIVES = {"web": 2.5, "recorder": 1.5, "uploader": 1.2, "collector": 2.0}  # seconds at the most
COUNTING = "[counting]\nevery = 0.2\nevents = 20\n"


@dataclass
class Told:
    """What the phones know."""

    answered: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    steps: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Walk:
    """The folders, ports and commands of one whole walk."""

    def __init__(self, data: Path, run: Path) -> None:
        self.data, self.port, self.province = data, free_port(), free_port()
        self.database = data / "province.db"
        self.environ = {
            "PATH": os.environ["PATH"], "KIOSK_DATA": str(data), "KIOSK_RUN": str(run), "KIOSK_PORT": str(self.port),
        }  # fmt: skip
        token = data / "token"
        token.write_text(kiosk(self.environ, "collector", "token", "ban-thu", "--database", self._url))
        (data / "kiosk.toml").write_text(
            f'{COUNTING}[upload]\nurl = "http://127.0.0.1:{self.province}"\ntoken = "{token}"\n'
        )
        kiosk(self.environ, "pack", "install", *map(str, PACKS.glob("*.pack")))
        kiosk(self.environ, "publish")

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.database}"

    def command(self, name: str) -> list[str]:
        """The words of one of the four."""
        collector = ["collector", "serve", "--database", self._url, "--key", str(self.data / "key")]
        words = {
            "web": ["serve", "--no-record"],
            "recorder": ["record"],
            "uploader": ["upload"],
            "collector": [*collector, "--bind", f"127.0.0.1:{self.province}"],
        }
        return [sys.executable, "-m", "kiosk", *words[name]]

    def start(self, name: str) -> subprocess.Popen[bytes]:
        """Start one in a group of its own, so that its workers die with it."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self.command(name),
            env=self.environ,
            cwd=ROOT,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )


def run(kills: int, *, seed: int = 1) -> dict[str, object]:
    """Kill each of the four so many times under load, then let what waits arrive, and compare."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory(dir=MEMORY) as memory:
        house = Walk(Path(data), Path(memory))
        told, stop = Told(), threading.Event()
        phones = [threading.Thread(target=_reader, args=(house, told, stop, number)) for number in range(3)]
        phones.append(threading.Thread(target=_practiser, args=(house, told, stop)))
        for phone in phones:
            phone.start()
        done = _kill_all(house, kills, random.Random(seed))
        web = house.start("web")
        time.sleep(3)
        stop.set()
        for phone in phones:
            phone.join()
        _kill(web)
        return {"kills": done, **_settled(house, told)}


def _kill_all(house: Walk, kills: int, chance: random.Random) -> dict[str, int]:
    done = dict.fromkeys(LIVES, 0)
    running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
    while min(done.values()) < kills:
        for name, longest in LIVES.items():
            if name not in running:
                running[name] = (house.start(name), time.monotonic() + chance.uniform(0.2, longest))
            process, end = running[name]
            if time.monotonic() >= end or process.poll() is not None:
                # An uploader that ended by itself was not killed.
                done[name] += process.poll() is None
                _kill(process)
                del running[name]
        time.sleep(0.01)
    for process, _ in running.values():
        _kill(process)
    return done


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reader(house: Walk, told: Told, stop: threading.Event, number: int) -> None:
    chance = random.Random(number)
    while not stop.is_set():
        card = chance.choice(CARDS)
        sent = False
        try:
            line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=5)
            line.connect()
            sent = True
            line.request("GET", f"/bai/doi-song-so/tra-tien-qr/{card}.vi.html")
            answer = line.getresponse()
            answer.read()
            with told.lock:
                told.answered[card] += answer.status == 200
            line.close()
        except (OSError, http.client.HTTPException):
            with told.lock:
                told.unknown += sent
            time.sleep(0.02)
        time.sleep(0.005)


def _practiser(house: Walk, told: Told, stop: threading.Event) -> None:
    scenario = Shelf(house.data / "packs").scenario("doi-song-so", SCENARIO)
    way = _way(scenario)
    form = {"pack": "doi-song-so", "scenario": SCENARIO, "stage": "together", "lang": "vi"}
    place = _patient(house, stop, "/tap", form)
    while place and not stop.is_set():
        for action, steps in way:
            place = _patient(house, stop, place, {"do": action})
            if not place:
                return
            told.steps += steps
        place = _patient(house, stop, "/tap", form)


def _way(scenario: Scenario) -> list[tuple[str, int]]:
    """The teaching variant's way: what to tap, and how many steps that counts."""
    state, way = begin(scenario, "together", "test"), []
    for action in walk(scenario, scenario.teach):
        state, outcomes = apply(scenario, state, action)
        way.append((print_action(action), sum(isinstance(outcome, StepDone) for outcome in outcomes)))
    return way


def _patient(house: Walk, stop: threading.Event, path: str, form: dict[str, str]) -> str:
    """Post until it is answered; the address it leads to, or "" when there is no more time."""
    while not stop.is_set():
        try:
            line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=5)
            line.request(
                "POST", path, urllib.parse.urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"}
            )
            answer = line.getresponse()
            answer.read()
            line.close()
            if answer.status == 303:
                return urllib.parse.urljoin(path, answer.headers["Location"])
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.02)
    return ""


def _settled(house: Walk, told: Told) -> dict[str, object]:
    collector = house.start("collector")
    try:
        kiosk(house.environ, "record", "--once")
        for _ in range(100):
            time.sleep(0.5)
            sent = subprocess.run(
                house.command("uploader"), env=house.environ, cwd=ROOT, capture_output=True, text=True, check=False
            )
            if "nothing waits" in sent.stdout:
                break
        else:
            raise AssertionError(f"what waits does not arrive: {sent.stdout} {sent.stderr}")
    finally:
        _kill(collector)
    return _compare(house, told)


def _compare(house: Walk, told: Told) -> dict[str, object]:
    with contextlib.closing(sqlite3.connect(house.database)) as database:
        rows = database.execute("SELECT kind, payload FROM event").fetchall()
    views = Counter(
        found[1] for kind, payload in rows if kind == 1 and (found := re.search(r"tra-tien-qr/([\w-]+)", payload))
    )
    steps = sum(kind == 4 and '"right"' in payload for kind, payload in rows)
    more = views - told.answered
    return {
        "views answered": told.answered.total(),
        "views counted": views.total(),
        "views lost": (told.answered - views).total(),
        "views more than answered": more.total(),
        "of connections that broke": told.unknown,
        "steps taken": told.steps,
        "steps counted": steps,
        "events in the province": len(rows),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for what, figure in run(given.kills, seed=given.seed).items():
        print(f"{what}: {figure}")
