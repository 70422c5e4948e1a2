"""One field of many events as a column of numbers, and the dictionary that turns names into numbers."""

from collections.abc import Iterable, Sequence

from kiosk.events.event import Value
from kiosk.events.kinds import Field, Type
from kiosk.events.wire import Reader, Writer, damaged, unzigzag, zigzag


class Dictionary:
    """The names of a batch, each written once, in order of first use."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._places = {name: place for place, name in enumerate(self._names)}

    @classmethod
    def of(cls, names: Iterable[str]) -> "Dictionary":
        """The dictionary of these names, which may repeat."""
        return cls(list(dict.fromkeys(names)))

    @classmethod
    def read(cls, reader: Reader) -> "Dictionary":
        """The dictionary as `write` wrote it; its names are checked where they are used."""
        text = reader.block().decode("latin-1")
        return cls(text.split("\n") if text else [])

    def write(self, writer: Writer) -> None:
        """All names as one block of lines; no name has a line feed."""
        writer.block("\n".join(self._names).encode("ascii"))

    def place(self, name: str) -> int:
        """The number of a name."""
        return self._places[name]

    def name(self, place: int) -> str:
        """The name of a number."""
        if place >= len(self._names):
            raise damaged("a name is not in its dictionary")
        return self._names[place]


def write_column(writer: Writer, field: Field, values: Iterable[Value], names: Dictionary) -> None:
    """The field's values, which fit it, as numbers; where a field is optional 0 is None and all others are one more."""
    for value in values:
        if value is None:
            writer.number(0)
        else:
            writer.number(_number(field, value, names) + field.optional)


def read_column(reader: Reader, field: Field, count: int, names: Dictionary) -> list[Value]:
    """So many values; one that is newer than the registry comes back as something that does not fit the field."""
    return [_value(field, number, names) for number in reader.numbers(count)]


def _number(field: Field, value: str | int, names: Dictionary) -> int:
    if isinstance(value, str):
        return field.of.index(value) if field.type is Type.CHOICE else names.place(value)
    return zigzag(value) if field.type is Type.AMOUNT else int(value)


def _value(field: Field, written: int, names: Dictionary) -> Value:
    number = written - field.optional
    if number < 0:
        return None
    if field.type is Type.NAME:
        return names.name(number)
    if field.type is Type.CHOICE:
        return field.of[number] if number < len(field.of) else f"word {number}"
    if field.type is Type.FLAG:
        return bool(number) if number <= 1 else number
    return unzigzag(number) if field.type is Type.AMOUNT else number
