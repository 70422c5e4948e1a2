"""The registry of what is counted, read from kinds.toml: every kind, its fields, their meaning and privacy."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from kiosk.errors import KioskError


class Type(StrEnum):
    """What values a field takes; kinds.toml says it in words."""

    NAME = "name"
    CHOICE = "choice"
    FLAG = "flag"
    COUNT = "count"
    AMOUNT = "amount"


class Privacy(StrEnum):
    """What a field may tell about people, mildest first."""

    MACHINE = "machine"
    CONTENT = "content"
    USE = "use"
    SENSITIVE = "sensitive"


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of a kind; `of` holds the words of a choice, `optional` lets None stand for "not known"."""

    name: str
    type: Type
    meaning: str
    privacy: Privacy
    of: tuple[str, ...] = ()
    optional: bool = False


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of event; `code` names it on the wire, `value` (1 to 9) says what travels first."""

    name: str
    code: int
    value: int
    meaning: str
    fields: tuple[Field, ...]


def parse_kinds(text: str) -> Mapping[str, Kind]:
    """The registry from the text of a kinds.toml.

    Raises:
        KioskError: not TOML, an unknown key, a name or code used twice, or a choice without words.
    """
    try:
        rows = msgspec.toml.decode(text, type=dict[str, list[Kind]])["kind"]
    except msgspec.DecodeError as wrong:
        raise KioskError(f"kinds.toml: {wrong}") from wrong
    for what, seen in (("name", [row.name for row in rows]), ("code", [row.code for row in rows])):
        if len(set(seen)) != len(seen):
            raise KioskError(f"kinds.toml uses a {what} twice")
    for row in rows:
        for field in row.fields:
            if (field.type is Type.CHOICE) != bool(field.of):
                raise KioskError(f"kinds.toml: {row.name}.{field.name} is a choice if and only if it has words")
    return MappingProxyType({row.name: row for row in rows})


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, in the file's order."""
    return parse_kinds(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))


@cache
def by_code() -> Mapping[int, Kind]:
    """Every kind by its code on the wire."""
    return MappingProxyType({kind.code: kind for kind in kinds().values()})
