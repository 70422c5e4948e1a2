"""The dashboard's words in its two languages."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

import msgspec

LANGUAGES = ("vi", "en")


@cache
def read() -> Mapping[str, tuple[str, str]]:
    """Every word: Vietnamese, English."""
    text = resources.files("kiosk.collector.dashboard").joinpath("words.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, tuple[str, str]])


def speaker(lang: str) -> Callable[..., str]:
    """What says a word in that language, its places filled."""
    place = LANGUAGES.index(lang)

    def say(word: str, **values: object) -> str:
        return read()[word][place].format(**values)

    return say


def number(value: int, lang: str) -> str:
    """A whole number as the language writes it."""
    written = f"{value:,}"
    return written.replace(",", ".") if lang == "vi" else written


def percent(share: float) -> str:
    """A share in whole percent; both languages write it so."""
    return f"{share * 100:.0f}%"
