"""The languages that a site offers: those in which a whole first lesson can be heard."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from kiosk.packs.library import Library
from kiosk.pages.words import SOURCE, Words
from kiosk.publish.sentences import Sentence, script
from kiosk.settings import Settings

FILE = "languages.json"  # of a generation


class Heard(msgspec.Struct, frozen=True):
    """Of the sentences that a language needs before it is offered: how many who says.

    Attributes:
        person: people say.
        machine: only a machine says.
        silent: nobody says.
    """

    person: int = 0
    machine: int = 0
    silent: int = 0


class Offered(msgspec.Struct, frozen=True):
    """What a generation says of languages.

    Attributes:
        languages: those that it is in, the first chosen at the start.
        heard: by each language of the site: on home, help and the path that is nearest to be whole.
    """

    languages: tuple[str, ...]
    heard: Mapping[str, Heard]


def offered(settings: Settings, library: Library, words: Words) -> Offered:
    """Those languages of the site that can be heard on home, help and one whole path; the source always can.

    A language of which less is recorded is not shown; where none of the site's is left, the source is.
    """
    codes = settings.site.languages
    heard = {code: _nearest(library, words, code) for code in codes}
    found = tuple(code for code in codes if code == SOURCE or not heard[code].silent)
    return Offered(found or (SOURCE,), heard)


def _nearest(library: Library, words: Words, lang: str) -> Heard:
    """On the first path of those of which least is missing."""
    said = script(library, words, lang)
    ways = [count(library, said.first(path.name), lang) for path in said.paths]
    return min(ways, key=lambda way: way.silent, default=Heard(silent=1))


def count(library: Library, sentences: Iterable[Sentence], lang: str) -> Heard:
    """Who says these sentences in that language."""
    who = Counter("person" if library.recorded(row.text, lang) else row.given for row in sentences)
    return Heard(who["person"], who["machine"], who[""])


def missing(library: Library, sentences: Iterable[Sentence], lang: str) -> tuple[Sentence, ...]:
    """Those that nobody says in that language."""
    return tuple(row for row in sentences if not row.given and library.recorded(row.text, lang) is None)


def document(found: Offered) -> bytes:
    """It as a file of a generation."""
    return msgspec.json.encode(found, order="deterministic")


_DECODER: Final = msgspec.json.Decoder(Offered)  # before there are threads: see kiosk/practice/scenario.py


def read(settings: Settings) -> Offered | None:
    """What the current generation says; None where there is none yet."""
    try:
        return _DECODER.decode((settings.current / FILE).read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def published(settings: Settings) -> tuple[str, ...]:
    """The languages that the current generation is in; the site's where there is none yet."""
    found = read(settings)
    return found.languages if found and found.languages else settings.site.languages
