"""Bytes written to the card per event at five events a second, beside SQLite as it comes, in the same run.

Five events a second for ten seconds are one commit of fifty. The recorder is given fifty at a time, without the
waiting: every commit is synced, so what is written is the same. What a process writes is read from /proc/self/io; what
reaches the device, file system's journal included, from the statistics of a loop device with ext4.
"""

import contextlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.event import Event
from kiosk.events.line import Line, Part, What, print_line
from kiosk.live import outgoing
from kiosk.live.store import LiveStore
from kiosk.process import run
from kiosk.settings import Counting, Settings
from kiosk.usage.recorder import alone
from kiosk.usage.session import Session
from tests.bench.make_day import read_day

_EVENTS = 3000  # ten minutes
_GROUP = 50
_PLAIN = 100
_SECTOR = 512
_BUDGET_PROCESS, _BUDGET_DEVICE = 400, 1500
_MEMORY = Path("/dev/shm")


def rows() -> list[tuple[str, str, str, str]]:
    """Ours beside SQLite as it comes: by process, and on a device of its own where one can be had."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _by_process(_record, Path(folder) / "ours", _EVENTS)
        plain = _by_process(_as_it_comes, Path(folder) / "plain", _PLAIN)
    found = [_row("by process", ours, plain, _BUDGET_PROCESS)]
    try:
        ours, plain = _on_a_device(_record, _EVENTS), _on_a_device(_as_it_comes, _PLAIN)
    except (KioskError, OSError) as wrong:
        why = f"not measured: {wrong}"[:100]
        return [*found, ("card bytes per event, on an ext4 device", why, "-", f"<= {_BUDGET_DEVICE:,}")]
    return [*found, _row("on an ext4 device", ours, plain, _BUDGET_DEVICE)]


def _row(where: str, ours: float, plain: float, budget: int) -> tuple[str, str, str, str]:
    anchor = f"{plain:,.0f} (SQLite as it comes)"
    return f"card bytes per event, {where}", f"{ours:,.0f}", anchor, f"<= {budget:,}"


def _record(folder: Path, count: int) -> None:
    """The recorder, fed with the frozen day from both sources, as nginx and the services feed it."""
    events = [event for _, event in read_day()]
    with tempfile.TemporaryDirectory(dir=_MEMORY) as volatile:
        settings = Settings(data=folder, run=Path(volatile), counting=Counting(every=3600, events=_GROUP))
        settings.views.parent.mkdir()
        with alone(settings), closing(LiveStore.open(settings)) as live, closing(Session(settings)) as session:
            for start in range(0, count, _GROUP):
                _feed(settings, live, [events[number % len(events)] for number in range(start, start + _GROUP)])
                session.tick()
            session.finish()


def _feed(settings: Settings, live: LiveStore, events: list[Event]) -> None:
    with settings.views.open("a") as log, live.transaction():
        for event in events:
            told = event.fields()
            if event.kind == "view":
                card, lang = str(told["card"]), str(told["lang"])
                seen = Line(What.CARD, card, lang, 200, Part.ALL, clock.wall(), "phone", "00a1")
                log.write(f"{print_line(seen)}\n")
            else:
                outgoing.put(live, event)


def _as_it_comes(folder: Path, count: int) -> None:
    """SQLite without a setting: rollback journal, FULL, pages of 4 KiB, one commit an event."""
    events = [event for _, event in read_day()]
    with closing(sqlite3.connect(folder / "plain.db")) as database:
        database.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER, kind TEXT, payload TEXT)")
        for number in range(count):
            event = events[number % len(events)]
            row = (event.at, event.kind, json.dumps(event.fields()))
            database.execute("INSERT INTO event (at, kind, payload) VALUES (?, ?, ?)", row)
            database.commit()


def _by_process(work: Callable[[Path, int], None], folder: Path, count: int) -> float:
    folder.mkdir()
    before = _written()
    work(folder, count)
    return (_written() - before) / count


def _written() -> int:
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["write_bytes"])


def _on_a_device(work: Callable[[Path, int], None], count: int) -> float:
    with _device() as (folder, statistics):
        os.sync()
        before = _sectors(statistics)
        work(folder, count)
        os.sync()
        return (_sectors(statistics) - before) * _SECTOR / count


def _sectors(statistics: Path) -> int:
    return int(statistics.read_text().split()[6])


@contextlib.contextmanager
def _device() -> Iterator[tuple[Path, Path]]:
    """A fresh ext4 file system on a loop device: where it is mounted, and the device's statistics."""
    with tempfile.TemporaryDirectory() as folder:
        image, place = Path(folder) / "card.img", Path(folder) / "card"
        with image.open("wb") as file:
            file.truncate(256 * 1024 * 1024)
        place.mkdir()
        # Lazy initialisation would go on writing while we measure.
        run(["mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image])
        device = run(["losetup", "--find", "--show", image]).out.decode().strip()
        try:
            run(["mount", "-o", "noatime", device, place])
            try:
                yield place, Path("/sys/block") / Path(device).name / "stat"
            finally:
                run(["umount", place])
        finally:
            run(["losetup", "--detach", device])
