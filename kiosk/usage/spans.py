"""Which seqs of an epoch are held by the collector, set aside by it, or gone: range sets in usage.db."""

from collections.abc import Iterable
from enum import StrEnum

from kiosk.events.ranges import Ranges
from kiosk.usage.tables import Tables


class State(StrEnum):
    """What is known of a seq; one without a settled state waits."""

    HELD = "held"  # the collector has it, or knows that it is gone
    ASIDE = "aside"  # the collector could not take it and said why
    GONE = "gone"  # given up here for want of space, or thinned into a sum
    TRIED = "tried"  # it waits, but left once: it must not be told in another way


SETTLED = (State.HELD, State.ASIDE, State.GONE)  # these do not wait


def read(tables: Tables, epoch: int, *states: State) -> Ranges:
    """The seqs of an epoch's row that are in any of the states."""
    rows = tables.span.select().where((tables.span.epoch == epoch) & (tables.span.state << list(states)))
    return Ranges.join((row.first, row.last) for row in rows)


def add(tables: Tables, epoch: int, state: State, seqs: Ranges) -> None:
    """Put seqs into a state; call it inside a transaction."""
    if not seqs:
        return
    whole = read(tables, epoch, state) | seqs
    tables.span.delete().where((tables.span.epoch == epoch) & (tables.span.state == state)).execute()
    _write(tables, epoch, state, ((first, last, "") for first, last in whole.spans))


def add_aside(tables: Tables, epoch: int, seqs: Ranges, reason: str) -> None:
    """Put seqs aside with the collector's reason; those already aside keep theirs. Call it inside a transaction."""
    fresh = seqs - read(tables, epoch, State.ASIDE)
    _write(tables, epoch, State.ASIDE, ((first, last, reason) for first, last in fresh.spans))


def _write(tables: Tables, epoch: int, state: State, spans: Iterable[tuple[int, int, str]]) -> None:
    for first, last, reason in spans:
        tables.span.insert(epoch=epoch, state=state, first=first, last=last, reason=reason).execute()
