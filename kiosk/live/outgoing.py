"""Events on their way from the services to the recorder, written in the transaction of what they report."""

from collections import Counter

from kiosk.errors import KioskError
from kiosk.events.event import Event, from_payload
from kiosk.live.store import LiveStore


def put(store: LiveStore, event: Event) -> None:
    """Hand an event over; call it inside the `store.transaction()` of the change that it reports."""
    store.tables.outgoing.insert(kind=event.kind, at=event.at, payload=event.payload()).execute()


def after(store: LiveStore, last: int, limit: int) -> list[tuple[int, Event | None]]:
    """The next events behind the id `last`, oldest first, each with its id; None for a row that is no event."""
    table = store.tables.outgoing
    rows = table.select().where(table.id > last).order_by(table.id).limit(limit)
    return [(row.id, _event(row.kind, row.at, row.payload)) for row in rows]


def forget(store: LiveStore, upto: int) -> None:
    """Remove the events up to and with the id `upto`: they are safe on the card."""
    table = store.tables.outgoing
    table.delete().where(table.id <= upto).execute()


def waiting(store: LiveStore) -> int:
    """How many events wait."""
    count: int = store.tables.outgoing.select().count()
    return count


def drop(store: LiveStore, count: int) -> Counter[str]:
    """Give up the oldest events, so many; how many of each kind. Losses told earlier are added up, not lost again.

    Call it inside a transaction.
    """
    table = store.tables.outgoing
    lost: Counter[str] = Counter()
    last = 0
    for row in table.select().order_by(table.id).limit(count):
        lost.update(losses(_event(row.kind, row.at, row.payload)))
        last = row.id
    forget(store, last)
    return lost


def losses(event: Event | None) -> dict[str, int]:
    """What is lost with an event, by kind: itself, or what it had to tell of earlier losses."""
    if event is None:
        return {"all": 1}
    if event.kind != "dropped":
        return {event.kind: 1}
    told = event.fields()
    return {str(told["kind"]): int(told["count"] or 0)}


def _event(kind: str, at: int, payload: str) -> Event | None:
    try:
        return from_payload(kind, at, payload)
    except KioskError:
        return None  # a release that was just replaced may have written a kind that this one does not know
