"""Any event that the registry allows, for hypothesis."""

from hypothesis import strategies as st

from kiosk.events.event import COUNT_MOST, Event, Value, from_values
from kiosk.events.kinds import Field, Type, kinds

NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,20}(/[A-Za-z0-9][A-Za-z0-9._+-]{0,20}){0,2}", fullmatch=True)


def values(field: Field) -> st.SearchStrategy[Value]:
    """A value that fits the field."""
    of: dict[Type, st.SearchStrategy[Value]] = {
        Type.NAME: NAMES,
        Type.CHOICE: st.sampled_from(field.of or ("",)),
        Type.FLAG: st.booleans(),
        Type.COUNT: st.integers(0, COUNT_MOST),
        Type.AMOUNT: st.integers(-COUNT_MOST, COUNT_MOST),
    }
    return st.none() | of[field.type] if field.optional else of[field.type]


def events() -> st.SearchStrategy[Event]:
    """Any event."""
    return st.sampled_from(list(kinds().values())).flatmap(
        lambda kind: st.builds(
            lambda at, row: from_values(kind.name, at, row),
            st.integers(0, COUNT_MOST),
            st.tuples(*(values(field) for field in kind.fields)),
        )
    )
