"""An event and its identity; the only way to make one checks it against the registry."""

import re
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from kiosk.errors import KioskError
from kiosk.events.kinds import Field, Type, kinds

Value: TypeAlias = str | int | bool | None

COUNT_MOST = 2**31 - 1  # counts, amounts and uptimes fit a database's 32-bit integer
SEQ_MOST = 2**53 - 1  # a seq survives JSON readers that know only doubles
NAME_MOST = 120  # characters

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*(?:/[A-Za-z0-9][A-Za-z0-9._+-]*)*")
_HEX = re.compile(r"[0-9a-f]+")
_DEVICE_DIGITS = 32
_EPOCH_DIGITS = 16


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened; made by `make`, so that it is always of a known kind with checked values.

    Attributes:
        kind: name of the kind.
        at: uptime in whole seconds when it happened.
        values: one per field, in the registry's order.
    """

    kind: str
    at: int
    values: tuple[Value, ...]

    def fields(self) -> dict[str, Value]:
        """The values by the names of their fields."""
        return {field.name: value for field, value in zip(kinds()[self.kind].fields, self.values, strict=True)}

    def payload(self) -> str:
        """The values as compact JSON, for a database's row."""
        return msgspec.json.encode(self.values).decode("utf-8")


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """Which event: device (32 hex digits), epoch (16 hex digits), seq (order of commit, from 1)."""

    device: str
    epoch: str
    seq: int

    def __post_init__(self) -> None:
        check_device(self.device)
        check_epoch(self.epoch)
        if not 1 <= self.seq <= SEQ_MOST:
            raise KioskError(f"the seq {self.seq} is not a number from 1 to {SEQ_MOST}")


def make(kind: str, at: int, /, **fields: Value) -> Event:
    """An event of that kind.

    Args:
        kind: name of a kind of the registry.
        at: uptime in whole seconds.
        fields: a value for each field; an optional one may be left out.

    Raises:
        KioskError: unknown kind or field, a field missing, or a value that does not fit it.
    """
    if kind not in kinds():
        raise KioskError(f"no event is called {kind!r}", hint="kinds.toml lists them")
    known = kinds()[kind].fields
    unknown = fields.keys() - {field.name for field in known}
    if unknown:
        raise KioskError(f"an event {kind} has no field {min(unknown)!r}", hint="kinds.toml lists them")
    return _checked(kind, at, tuple(fields.get(field.name) for field in known))


def from_payload(kind: str, at: int, payload: str) -> Event:
    """The event of a database's row: `payload` as `Event.payload` wrote it.

    Raises:
        KioskError: not JSON, an unknown kind, or values that do not fit it.
    """
    try:
        values = msgspec.json.decode(payload, type=list[bool | int | str | None])
    except (msgspec.DecodeError, ValueError) as wrong:  # ValueError: not UTF-8
        raise KioskError(f"the row of an event {kind} is damaged: {wrong}") from wrong
    return from_values(kind, at, tuple(values))


def from_values(kind: str, at: int, values: tuple[Value, ...]) -> Event:
    """The event with these values in the registry's order; optional ones at the end may be missing.

    Raises:
        KioskError: unknown kind, too many or too few values, or one that does not fit.
    """
    if kind not in kinds():
        raise KioskError(f"no event is called {kind!r}", hint="kinds.toml lists them")
    missing = len(kinds()[kind].fields) - len(values)
    if missing < 0:
        raise KioskError(f"an event {kind} has {-missing} values too many")
    return _checked(kind, at, values + (None,) * missing)


def check_device(text: str) -> None:
    """Refuse what is not a device's id, 32 lower-case hex digits."""
    if len(text) != _DEVICE_DIGITS or not _HEX.fullmatch(text):
        raise KioskError(f"{text[:40]!r} is not a device's id of {_DEVICE_DIGITS} hex digits")


def check_epoch(text: str) -> None:
    """Refuse what is not an epoch's id, 16 lower-case hex digits."""
    if len(text) != _EPOCH_DIGITS or not _HEX.fullmatch(text):
        raise KioskError(f"{text[:40]!r} is not an epoch's id of {_EPOCH_DIGITS} hex digits")


def is_name(text: str) -> bool:
    """Whether the text is a path of slugs as a field of type name holds: ASCII, at most 120 characters."""
    return len(text) <= NAME_MOST and _NAME.fullmatch(text) is not None


def _checked(kind: str, at: int, values: tuple[Value, ...]) -> Event:
    if type(at) is not int or not 0 <= at <= COUNT_MOST:
        raise KioskError(f"the uptime {at!r} of an event {kind} is not in whole seconds")
    for field, value in zip(kinds()[kind].fields, values, strict=True):
        if not fits(field, value):
            raise KioskError(f"{kind}.{field.name} cannot be {_short(value)}", hint=_wanted(field))
    return Event(kind, at, values)


def fits(field: Field, value: Value) -> bool:
    """Whether a field may hold the value."""
    if value is None:
        return field.optional
    if isinstance(value, str):
        return value in field.of if field.type is Type.CHOICE else field.type is Type.NAME and is_name(value)
    if isinstance(value, bool):
        return field.type is Type.FLAG
    least = {Type.COUNT: 0, Type.AMOUNT: -COUNT_MOST}.get(field.type)
    return isinstance(value, int) and least is not None and least <= value <= COUNT_MOST


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= NAME_MOST else f"{shown[:NAME_MOST]}…"


def _wanted(field: Field) -> str:
    return f"one of {', '.join(field.of)}" if field.of else f"a {field.type.value}"
