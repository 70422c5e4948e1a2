"""The interface's own words, by id, from catalogues/<lang>.po; Vietnamese is the source of truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from babel.messages.pofile import read_po

from kiosk.languages import languages

SOURCE = "vi"


@dataclass(frozen=True)
class Catalogue:
    """One language's words.

    Attributes:
        words: word id -> text.
        spoken: ids that a voice says, each marked `#, spoken` in the file.
    """

    words: Mapping[str, str]
    spoken: frozenset[str]


@dataclass(frozen=True)
class Words:
    """Every catalogue, with the fallback of languages.toml for what a language does not say."""

    catalogues: Mapping[str, Catalogue]

    def text(self, word: str, lang: str, **values: object) -> str:
        """The word's text, its `{name}` places filled.

        Raises:
            KeyError: no catalogue of the language's chain of fallbacks holds the word.
        """
        for code in chain(lang):
            found = self.catalogues[code].words.get(word, "") if code in self.catalogues else ""
            if found:
                return found.format(**values) if values else found
        raise KeyError(word)

    def spoken(self) -> frozenset[str]:
        """The ids that a voice pack should hold."""
        return self.catalogues[SOURCE].spoken


def chain(lang: str) -> tuple[str, ...]:
    """The languages asked in turn: the language, its fallbacks, the source."""
    known = languages()
    codes: list[str] = []
    while lang and lang not in codes:
        codes.append(lang)
        lang = known[lang].fallback if lang in known else ""
    return (*codes, *(() if SOURCE in codes else (SOURCE,)))


@cache
def read_words() -> Words:
    """The catalogues that came with this software."""
    folder = resources.files("kiosk.pages") / "catalogues"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".po")), key=lambda file: file.name)
    return Words(MappingProxyType({file.name.removesuffix(".po"): _read(file) for file in files}))


def _read(file: Traversable) -> Catalogue:
    with file.open("rb") as text:
        messages = [message for message in read_po(text, ignore_obsolete=True, abort_invalid=True) if message.id]
    return Catalogue(
        MappingProxyType({str(message.id): str(message.string) for message in messages}),
        frozenset(str(message.id) for message in messages if "spoken" in message.flags),
    )
