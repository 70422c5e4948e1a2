"""When a paid link will not carry what waits: the views of old days become one number each, and are told as gone.

Only what never left the box is thinned. What left without an answer may be held already, and would count twice.
"""

from collections import Counter
from collections.abc import Iterator

import peewee

from kiosk.events.event import Event, make
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges
from kiosk.usage import spans, waiting
from kiosk.usage.journal import Journal
from kiosk.usage.spans import State
from kiosk.usage.tables import Epoch, number

DAYS = 14  # of the budget; what waits for longer than that is too much
_EVENT_BYTES = 8
_DAY = 86_400
_KINDS = ("view", "play", "portal", "help")  # what happens most, and is only ever shown as counts
# Of one number: kind, what, language, where.
_Key = tuple[str, str | None, str | None, str | None]


def thin(journal: Journal, daily: int, now: int) -> int:
    """Thin what waits until the budget carries it within two weeks; how many events went.

    Args:
        journal: usage.db, of the one program that writes events to it.
        daily: bytes of a day that the link may carry; 0 for all.
        now: uptime; of the epoch of now only days that are over are thinned.
    """
    if not daily:
        return 0
    over = waiting.count(journal.store) - daily * DAYS // _EVENT_BYTES
    gone = 0
    for epoch, first in _days(journal, now) if over > 0 else ():
        if gone >= over:
            break
        gone += _thin(journal, epoch, first)
    return gone


def summed(event: Event) -> _Key:
    """Under what an event is added up."""
    known = event.fields()
    what = {
        "view": known.get("card"),
        "portal": f"{known.get('system')}/{known.get('what')}",
        "help": known.get("page"),
    }.get(event.kind)
    lang, where = (known.get(name) for name in ("lang", "where"))
    # A sound tells of a language: it is not kept, and neither is the language of what was played.
    return event.kind, _text(what), _text(lang) if event.kind == "view" else None, _text(where)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _days(journal: Journal, now: int) -> Iterator[tuple[Epoch, int]]:
    """Epochs and the uptimes at which their days began, oldest first."""
    table, current = journal.store.tables.event, journal.current()
    for epoch in list(journal.store.tables.epoch.select().order_by(peewee.SQL("id"))):
        last = table.select(peewee.fn.MAX(table.at)).where(table.within(epoch.id)).scalar()
        end = now - _DAY if current and epoch.name == current.name else last
        # A day of the village where its time is known, else a day of uptime.
        begin = -((epoch.seconds + 7 * 3600) % _DAY)
        yield from ((epoch, day) for day in range(begin, end + 1 if end is not None else begin, _DAY))


def _thin(journal: Journal, epoch: Epoch, first: int) -> int:
    table, tables = journal.store.tables.event, journal.store.tables
    codes = [kinds()[name].code for name in _KINDS]
    with journal.store.transaction():
        loose = waiting.seqs(journal.store, epoch.id) - spans.read(tables, epoch.id, State.TRIED)
        day = table.at.between(max(0, first), first + _DAY - 1) & (table.kind << codes)
        rows = [row for row in table.select().where(table.within(epoch.id) & day) if row.seq in loose]
        found = [(row, event) for row in rows if (event := waiting.event(row.kind, row.at, row.payload))]
        sums = Counter(summed(event) for _, event in found)
        if len(sums) >= len(found):
            return 0
        at = max(row.at for row, _ in found)
        seqs = Ranges.of(row.seq for row, _ in found)
        for start, end in seqs.spans:
            table.delete().where(table.within(epoch.id, start, end)).execute()
        spans.add(tables, epoch.id, State.GONE, seqs)
        told = [make("sum", at, kind=kind, what=what, lang=lang, where=where, count=many)
                for (kind, what, lang, where), many in sorted(sums.items(), key=str)]  # fmt: skip
        _append(journal, epoch, told)
    return len(found) - len(sums)


def _append(journal: Journal, epoch: Epoch, events: list[Event]) -> None:
    """Add events to an epoch, which may be over; inside a transaction of the caller."""
    tables, place = journal.store.tables, journal.store.tables.position.get()
    if place.epoch == epoch.id:
        journal.append_within(events)
        return
    last = _last(journal, epoch)
    for seq, event in enumerate(events, last + 1):
        code = kinds()[event.kind].code
        tables.event.insert(id=number(epoch.id, seq), kind=code, at=event.at, payload=event.payload()).execute()
    tables.epoch.update(last=last + len(events)).where(tables.epoch.id == epoch.id).execute()


def _last(journal: Journal, epoch: Epoch) -> int:
    """The last seq that was ever given in an epoch that is over, of before this was written down, too."""
    tables = journal.store.tables
    row = tables.event.select().where(tables.event.within(epoch.id)).order_by(tables.event.id.desc()).first()
    known = spans.read(tables, epoch.id, *State).spans
    return max(epoch.last, row.seq if row else 0, known[-1][1] if known else 0)
