"""The words of a sentence beside those that bà con say: what is written only in offices, and what is seldom heard."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

_SYLLABLE = re.compile(r"[^\W\d_]+")


def stiff(sentence: str) -> Iterator[tuple[str, str]]:
    """(what is written, what is said) for each of an office's words in a Vietnamese sentence."""
    text = f" {' '.join(_SYLLABLE.findall(sentence.lower()))} "
    yield from ((written, said) for written, said in _words()[0].items() if f" {written} " in text)


def rare(sentence: str) -> list[str]:
    """The syllables of a Vietnamese sentence that are not everyday ones; names, in capitals within it, aside."""
    syllables = _SYLLABLE.findall(sentence)
    plain = [one.lower() for place, one in enumerate(syllables) if place == 0 or one == one.lower()]
    return [one for one in plain if one not in _words()[1]]


@cache
def _words() -> tuple[Mapping[str, str], frozenset[str]]:
    table = tomllib.loads(resources.files("kiosk.authoring").joinpath("words.toml").read_text(encoding="utf-8"))
    return table["instead"], frozenset(table["everyday"]["syllables"].split())
