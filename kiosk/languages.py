"""The languages that a house can speak, read from languages.toml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec

from kiosk.errors import KioskError


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language of the house. The sample of it that its button plays is the greeting that its people record.

    Attributes:
        code: ISO 639-1 where there is one, else ISO 639-3.
        name: its own name, as its speakers write it; empty where no spelling is agreed on.
        vietnamese: its name in Vietnamese, after "tiếng".
        script: ISO 15924.
        direction: ltr or rtl.
        pattern: the cloth pattern on its button, a name of pages/pictures/patterns.
        fallback: the language whose text is shown where this one has none; empty for the source.
        font: whether old phones have no letters for it, so that its name is drawn (pages/pictures/names).
        names: its own name in each script among which its villages choose; none is shown before a site has chosen.
    """

    code: str
    name: str
    vietnamese: str
    script: str
    direction: str
    pattern: str
    fallback: str
    font: Literal["system", "drawn"] = "system"
    names: Mapping[str, str] = {}

    def called(self, script: str = "none") -> str:
        """Its name on a page, where the site has chosen that script: its own, else the Vietnamese one, or nothing."""
        if self.names:
            return self.names.get(script, "")
        return self.name or f"Tiếng {self.vietnamese}"


@cache
def languages() -> Mapping[str, Language]:
    """Every known language by its code, in the file's order."""
    # Not by importlib.resources: what that loads is a megabyte of a recorder that needs nothing else of it.
    text = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    rows = msgspec.toml.decode(text, type=dict[str, list[Language]])["language"]
    return MappingProxyType({row.code: row for row in rows})


def language(code: str) -> Language:
    """The language of that code.

    Raises:
        KioskError: there is none.
    """
    if code not in languages():
        known = ", ".join(f"{row.code} ({row.vietnamese})" for row in languages().values())
        raise KioskError(f"no language has the code {code[:40]!r}", hint=f"one of {known}")
    return languages()[code]
