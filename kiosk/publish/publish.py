"""The library and the site's settings become the generation that phones see."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.packs.library import Library
from kiosk.pages import addresses, prune
from kiosk.pages.render import Renderer, js, script_address
from kiosk.pages.words import Words
from kiosk.publish import generation, home, lessons, touch
from kiosk.publish.offered import FILE, Offered, document, offered
from kiosk.publish.voices import voices
from kiosk.settings import Settings
from kiosk.usage import used


def publish(settings: Settings, words: Words) -> Path:
    """Render every page in every language of the site and make them current; the same content changes nothing.

    Returns:
        The folder of the generation.

    Raises:
        KioskError: no pack is installed, one is damaged, or the pages cannot be written; the last generation stays.
    """
    library = Library.open(settings.packs)
    if library.findings:
        worst = library.findings[0]
        raise KioskError(f"{worst.area}: {worst.what}", hint=worst.remedy)
    if not any(pack.paths for pack in library.packs):
        raise KioskError("no pack with lessons is installed", hint="kiosk pack install FILE")
    found = offered(settings, library, words)
    pages = rendered(settings, library, words, found, used.lessons(settings))
    made = generation.write(settings.generations, pages, media(library))
    generation.switch(settings.current, made)
    generation.prune(settings.generations, settings.current)
    with suppress(OSError):  # what replaced packs left behind; a generation has links of its own
        library.store.sweep()
    return made


def rendered(
    settings: Settings, library: Library, words: Words, found: Offered, opened: Mapping[str, int]
) -> dict[str, bytes]:
    """Every page by its address, in these languages, the first of which has the short addresses.

    `opened` as `order.arranged` takes it.
    """
    codes = found.languages
    renderer = Renderer(words, voices(library, words, codes))
    greetings = home.greetings(settings, library, words, codes)
    pages: dict[str, str] = {script_address(lessons.VOICE): js(lessons.VOICE)}
    for lang in codes:
        house = home.pages(settings, library, renderer, greetings, lang, opened=opened)
        pages.update((address, prune.page(text, script=js(lessons.VOICE))) for address, text in house)
        pages.update(lessons.pages(library, renderer, lang, codes[0]))
        pages.update(touch.pages(settings, library, renderer, words, greetings, lang, opened=opened))
    # nginx and the touchscreen know these by the site's first language, offered or not.
    for page in (addresses.missing, partial(addresses.touch, "attract"), partial(addresses.touch, "layer")):
        pages.setdefault(page(settings.site.languages[0]), pages[page(codes[0])])
    return {**{address: text.encode() for address, text in pages.items()}, FILE: document(found)}


def media(library: Library) -> dict[str, Path]:
    """Every sound by its address."""
    return {f"m/{name}": path for name, path in library.media()}
