"""What usage.db and the recorder have to say to the status, read without changing anything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field

import peewee

from kiosk.errors import KioskError
from kiosk.events.epochs import UNKNOWN, Offset
from kiosk.events.kinds import by_code, kinds
from kiosk.settings import Settings
from kiosk.usage import note, recorder, spans, waiting
from kiosk.usage.journal import Journal
from kiosk.usage.note import Note
from kiosk.usage.spans import State
from kiosk.usage.store import kept, used
from kiosk.usage.timeline import HOUSE_SECONDS_EAST

_DAY = 86_400
_ERRORS_READ, _ERRORS_SHOWN = 200, 5
Days = Mapping[int | None, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Usage:
    """What was counted here, and how the counting is.

    Attributes:
        days: day (counted from 1970, in Viet Nam; None when its time is unknown) -> kind -> how many, oldest first.
        waiting: events that the collector does not hold yet.
        aside: reasons of the collector -> how many events it could not take.
        gone: events given up for want of space that the collector was not told yet.
        errors: our own latest errors, `area code`, newest first.
        share: of the bound of usage.db that is used, 0 to 1.
        offset: the best-known time now.
        running: whether a recorder runs.
        note: its last words.
        damaged: names of damaged files that were set aside.
        problem: why usage.db could not be read; empty when it could, or when there is none yet.
    """

    days: Days = field(default_factory=dict)
    waiting: int = 0
    aside: Mapping[str, int] = field(default_factory=dict)
    gone: int = 0
    errors: tuple[str, ...] = ()
    share: float = 0.0
    offset: Offset = UNKNOWN
    running: bool = False
    note: Note | None = None
    damaged: tuple[str, ...] = ()
    problem: str = ""


def read(settings: Settings) -> Usage:
    """Look at usage.db, the recorder's lock and its note."""
    own = {
        "running": recorder.running(settings),
        "note": note.read(settings),
        "damaged": tuple(path.name for path in kept(settings.usage)),
    }
    if not settings.usage.exists():
        return Usage(**own)  # type: ignore[arg-type]
    try:
        with closing(Journal.open(settings)) as journal:
            return Usage(**own, **_counted(journal))  # type: ignore[arg-type]
    except (KioskError, peewee.DatabaseError) as wrong:
        return Usage(**own, problem=str(wrong))  # type: ignore[arg-type]


def days(journal: Journal) -> dict[int | None, dict[str, int]]:
    """How many events of each kind are still here from each day."""
    event = journal.store.tables.event
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for epoch in journal.store.tables.epoch.select():
        when = (event.at + epoch.seconds + HOUSE_SECONDS_EAST) / _DAY if epoch.quality else peewee.Value(None)
        rows: Iterable[tuple[int | None, int, int]] = (
            event.select(when, event.kind, peewee.fn.COUNT())
            .where(event.within(epoch.id))
            .group_by(when, event.kind)
            .tuples()
            .iterator()
        )
        for day, code, count in rows:
            if code in by_code():
                found[day][by_code()[code].name] += count
    return {day: dict(found[day]) for day in sorted(found, key=lambda day: -1 if day is None else day)}


def _errors(journal: Journal) -> tuple[str, ...]:
    """The latest errors that are still here, each once."""
    table = journal.store.tables.event
    rows = table.select().where(table.kind == kinds()["error"].code).order_by(table.id.desc()).limit(_ERRORS_READ)
    found = (waiting.event(row.kind, row.at, row.payload) for row in rows)
    told = dict.fromkeys("{area} {code}".format_map(event.fields()) for event in found if event)
    return tuple(told)[:_ERRORS_SHOWN]


def _counted(journal: Journal) -> dict[str, object]:
    tables, current = journal.store.tables, journal.current()
    aside: dict[str, int] = defaultdict(int)
    for _, seqs, reason in journal.aside():
        aside[reason] += seqs.total
    gone = 0
    for epoch in tables.epoch.select():
        told = spans.read(tables, epoch.id, State.HELD, State.ASIDE)
        gone += (spans.read(tables, epoch.id, State.GONE) - told).total
    pages, most = used(journal.store)
    return {
        "days": days(journal),
        "waiting": waiting.count(journal.store),
        "aside": dict(aside),
        "gone": gone,
        "errors": _errors(journal),
        "share": pages / most,
        "offset": current.offset if current else UNKNOWN,
    }
