"""The languages that a site offers: those in which a whole first lesson can be heard."""

from collections.abc import Iterable

import msgspec

from kiosk.packs.library import Library
from kiosk.pages.words import SOURCE, Words
from kiosk.publish.sentences import Script, Sentence, script
from kiosk.settings import Settings

FILE = "languages.json"  # of a generation


def offered(settings: Settings, library: Library, words: Words) -> tuple[str, ...]:
    """Those languages of the site that can be heard on home, help and one whole path; the source always can.

    A language of which less is recorded is not shown; where none of the site's is left, the source is.
    """
    codes = settings.site.languages
    found = tuple(code for code in codes if code == SOURCE or whole(library, script(library, words, code), code))
    return found or (SOURCE,)


def whole(library: Library, said: Script, lang: str) -> bool:
    """Whether enough of a language can be heard to offer it."""
    return any(not missing(library, said.first(path.name), lang) for path in said.paths)


def missing(library: Library, sentences: Iterable[Sentence], lang: str) -> tuple[Sentence, ...]:
    """Those that nobody says in that language."""
    return tuple(row for row in sentences if not row.given and library.recorded(row.text, lang) is None)


def document(codes: tuple[str, ...]) -> bytes:
    """The offered languages as a file of a generation."""
    return msgspec.json.encode(codes)


def published(settings: Settings) -> tuple[str, ...]:
    """The languages that the current generation is in; the site's where there is none yet."""
    try:
        return msgspec.json.decode((settings.current / FILE).read_bytes(), type=tuple[str, ...])
    except (OSError, msgspec.DecodeError):
        return settings.site.languages
