"""Events on their way from the services to the recorder, written in the transaction of what they report."""

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


def _event(kind: str, at: int, payload: str) -> Event | None:
    try:
        return from_payload(kind, at, payload)
    except KioskError:
        return None  # a release that was just replaced may have written a kind that this one does not know
