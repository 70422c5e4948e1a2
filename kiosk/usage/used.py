"""What this house uses: how often the cards of each lesson were opened, of what is still counted here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing

import peewee

from kiosk.errors import KioskError
from kiosk.events.event import from_payload
from kiosk.events.kinds import kinds
from kiosk.settings import Settings
from kiosk.usage.journal import Journal


def lessons(settings: Settings) -> Mapping[str, int]:
    """`pack/lesson` -> cards opened; empty where nothing was counted yet, or usage.db cannot be read."""
    if not settings.usage.exists():
        return {}
    try:
        with closing(Journal.open(settings)) as journal:
            return _counted(journal)
    except (KioskError, peewee.DatabaseError):
        return {}


def _counted(journal: Journal) -> Mapping[str, int]:
    event, found = journal.store.tables.event, Counter[str]()
    rows: Iterable[tuple[str, int]] = (
        event.select(event.payload, peewee.fn.COUNT())
        .where(event.kind == kinds()["view"].code)
        .group_by(event.payload)
        .tuples()
        .iterator()
    )
    for payload, count in rows:
        card = str(from_payload("view", 0, payload).fields()["card"])
        found[card.rpartition("/")[0]] += count
    return found
