"""The languages that a house can speak, read from languages.toml."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language of the house.

    Attributes:
        code: ISO 639-1 where there is one, else ISO 639-3.
        name: its own name, as its speakers write it.
        script: ISO 15924.
        direction: ltr or rtl.
        pattern: the cloth pattern on its button, a name of pages/pictures/patterns.
        fallback: the language whose text is shown where this one has none; empty for the source.
        font: whether old phones have no letters for it, so that its name is drawn.
    """

    code: str
    name: str
    script: str
    direction: str
    pattern: str
    fallback: str
    font: str = "system"


@cache
def languages() -> Mapping[str, Language]:
    """Every known language by its code, in the file's order."""
    text = resources.files("kiosk").joinpath("languages.toml").read_text(encoding="utf-8")
    rows = msgspec.toml.decode(text, type=dict[str, list[Language]])["language"]
    return MappingProxyType({row.code: row for row in rows})
