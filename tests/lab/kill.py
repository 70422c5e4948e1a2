"""kill -9 of the recorder and of the programs that write to its sources, under load, many times.

Every writer notes an event only after it was handed over. Lost: noted, but not on the card at the end. Doubled: on the
card more than once. Unnoted: handed over by a writer that was killed before it could note it.

`python -m tests.lab.kill --kills 500` prints the figures.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk import clock
from kiosk.events.event import make
from kiosk.events.line import Line, Part, What, print_line
from kiosk.events.ranges import Ranges
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.settings import Counting, Settings
from kiosk.usage.journal import Journal
from kiosk.usage.recorder import alone, record_once
from kiosk.usage.session import Session

_LONGEST = 0.08  # seconds that a process lives: opening takes about 0.02, a commit 0.002
_PACE = 0.0005  # seconds between two events of a writer
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Figures:
    """What the killing did."""

    kills: dict[str, int]
    noted: int
    recorded: int
    lost: int
    doubled: int
    unnoted: int
    holes: int
    epochs: int


def run(kills: int, *, seed: int = 1) -> Figures:
    """Kill each of the three programs so many times; then let a last recorder finish and count."""
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory(dir=memory) as volatile:
        settings = Settings(
            data=Path(data), run=Path(volatile), counting=Counting(most_kib=1_048_576, every=0.02, events=50)
        )
        settings.views.parent.mkdir(parents=True)
        LiveStore.open(settings)
        done = _kill_all(settings, kills, random.Random(seed))
        record_once(settings)
        return _compare(settings, done)


def _kill_all(settings: Settings, kills: int, chance: random.Random) -> dict[str, int]:
    programs = {"recorder": _recorder, "live writer": _live_writer, "view writer": _view_writer}
    done = dict.fromkeys(programs, 0)
    running: dict[str, tuple[int, float]] = {}
    while min(done.values()) < kills:
        for name, program in programs.items():
            if name not in running:
                life = chance.uniform(0, _LONGEST)
                running[name] = (_forked(program, settings, f"{name[0]}{done[name]}"), time.monotonic() + life)
        for name, (process, end) in list(running.items()):
            if time.monotonic() >= end:
                _kill(process)
                del running[name]
                done[name] += 1
        time.sleep(0.001)
    for process, _ in running.values():
        _kill(process)
    return done


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    ended = os.waitpid(process, 0)[1]
    if ended != signal.SIGKILL:
        raise RuntimeError(f"a program ended by itself: {ended}")


def _forked(program: Callable[[Settings, str], None], settings: Settings, name: str) -> int:
    process = os.fork()
    if process:
        return process
    try:
        program(settings, name)
    finally:
        os._exit(1)


def _recorder(settings: Settings, _: str) -> None:
    with alone(settings):
        session = Session(settings)
        while True:
            session.tick()


def _live_writer(settings: Settings, name: str) -> None:
    store = LiveStore.open(settings)
    notes = _notes(settings)
    number = 0
    while True:
        page = f"help/{name}-{number}"
        with store.transaction():
            outgoing.put(store, make("help", int(clock.uptime()), page=page))
        os.write(notes, f"{page}\n".encode())
        number += 1
        time.sleep(_PACE)


def _view_writer(settings: Settings, name: str) -> None:
    log = os.open(settings.views, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    notes = _notes(settings)
    number = 0
    while True:
        card = f"pack/{name}/c{number}"
        line = Line(What.CARD, card, "vi", 200, Part.ALL, clock.wall(), "phone")
        os.write(log, f"{print_line(line)}\n".encode())
        os.write(notes, f"{card}\n".encode())
        number += 1
        time.sleep(_PACE)


def _notes(settings: Settings) -> int:
    return os.open(settings.run / "notes", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def _compare(settings: Settings, done: dict[str, int]) -> Figures:
    noted = set((settings.run / "notes").read_text().split())
    journal = Journal.open(settings)
    batches = journal.unsent(10_000_000)
    journal.close()
    events = [event for batch in batches for _, event in batch.events if event.kind in {"help", "view"}]
    counts = Counter(event.values[0] for event in events)
    spans = [Ranges.of(seq for seq, _ in batch.events).spans for batch in batches]
    return Figures(
        kills=done,
        noted=len(noted),
        recorded=len(events),
        lost=len(noted - counts.keys()),
        doubled=sum(count - 1 for count in counts.values()),
        unnoted=len(counts.keys() - noted),
        holes=sum(len(found) - 1 for found in spans),
        epochs=len(spans),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500, help="of each program")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    figures = run(chosen.kills, seed=chosen.seed)
    for name, value in vars(figures).items():
        print(f"{name:<10} {value}")


if __name__ == "__main__":
    main()
