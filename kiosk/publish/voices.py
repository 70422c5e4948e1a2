"""Where the sounds of packs stand in a generation, and what the installed voices say."""

from collections.abc import Iterable

from kiosk.packs.library import Library
from kiosk.pages.words import Words

_GREETING = "home.greeting"  # "whoever speaks this, tap here"


def address(member: str) -> str:
    """The address of a pack's sound: media/X.mp3 is asked for as m/X.mp3; "" stays ""."""
    return member.replace("media/", "m/", 1)


def voices(library: Library, words: Words, codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Language -> word id -> address, for every interface word that has a sound in that language."""
    return {
        code: {word: heard for word in sorted(words.spoken()) if (heard := _heard(library, word, code))}
        for code in codes
    }


def greeting(library: Library, code: str) -> str:
    """The address of a language's own invitation; "" where nobody has spoken it."""
    return _heard(library, _GREETING, code)


def _heard(library: Library, word: str, code: str) -> str:
    sound = library.word_sound(word, code)
    return address(sound.path) if sound else ""
