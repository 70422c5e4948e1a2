"""Words of a scenario: by language, with the values of the variant put in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import msgspec

from kiosk.languages import languages

SOURCE = "vi"

# A plain string is Vietnamese; a table holds one string per language.
Text = str | dict[str, str]
# An id: it stands in addresses, events and names of sound files.
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=40)]
# The name of a value, used as {name} inside words.
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*\Z", max_length=24)]

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def pick(text: Text, lang: str) -> str:
    """The words in this language, else in the language it falls back to, else in Vietnamese."""
    if isinstance(text, str):
        return text
    known = languages()
    while lang not in text and lang in known and known[lang].fallback:
        lang = known[lang].fallback
    return text.get(lang) or text.get(SOURCE, "")


def by_language(text: Text) -> Mapping[str, str]:
    """The same words as a table."""
    return {SOURCE: text} if isinstance(text, str) else text


def names(text: Text) -> frozenset[str]:
    """The names of the values that these words ask for."""
    return frozenset(name for words in by_language(text).values() for name in _PLACE.findall(words))


def fill(text: Text, values: Mapping[str, Text], lang: str = SOURCE) -> str:
    """The words in a language with every {name} replaced; a name without a value leaves nothing."""
    return _PLACE.sub(lambda found: pick(values.get(found[1], ""), lang), pick(text, lang))


def lacking(texts: Iterable[Text], wanted: Iterable[str]) -> Iterator[tuple[Text, str]]:
    """Every (text, language) where words that are there in Vietnamese are missing in a wanted language."""
    wanted = tuple(wanted)
    for text in texts:
        table = by_language(text)
        if any(table.values()):
            yield from ((text, lang) for lang in wanted if not table.get(lang))
