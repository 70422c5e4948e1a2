"""The touchscreen's own pages: what invites, how a phone joins, what lies over every page, and its home and goodbye."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from kiosk.codes import draw, wifi
from kiosk.packs.library import Library
from kiosk.pages import addresses
from kiosk.pages.pictures import picture
from kiosk.pages.render import Renderer
from kiosk.pages.views import AttractView, DoneView, Greeting, JoinView, Tile, View
from kiosk.pages.words import Words
from kiosk.publish import home
from kiosk.publish.voices import word_sound
from kiosk.settings import Settings

_INVITE: Final = "touch.invite"
_JOIN: Final = "touch.join"
_FIRST: Final = "touch.join.on"  # what is done first on the page behind the tile


def pages(
    settings: Settings,
    library: Library,
    renderer: Renderer,
    words: Words,
    greetings: tuple[Greeting, ...],
    lang: str,
    *,
    opened: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page of the touchscreen in one of the languages that the greetings offer.

    `opened` as `home.pages` takes it.
    """
    first = greetings[0].lang
    common = {"lang": lang, "first": first}
    inside = {**common, "root": "../"}
    view = home.home_view(library, greetings, lang, opened=opened)
    join = (_join_tile(library, words, lang),) if settings.radio.ssid else ()
    more = replace(view, tiles=(*join, *view.tiles))
    yield _over(home.file(addresses.home(lang, first))), renderer.draw("touch/home.html", more)
    yield _over(addresses.done(lang)), renderer.draw("touch/done.html", DoneView(**common))
    voices = (word_sound(library, words, _INVITE, lang), *(row.sound for row in greetings))
    attract = AttractView(name=settings.site.name, tiles=view.tiles, voices=tuple(filter(None, voices)), **inside)
    yield addresses.touch("attract", lang), renderer.draw("touch/attract.html", attract)
    yield addresses.touch("layer", lang), renderer.draw("touch/layer.html", View(**inside))
    if settings.radio.ssid:
        yield addresses.touch("join", lang), renderer.draw("touch/join.html", _join(settings, words, inside))


def _over(address: str) -> str:
    """Where the touchscreen's own page for an address stands."""
    return f"{addresses.TOUCH}/{address}"


def _join_tile(library: Library, words: Words, lang: str) -> Tile:
    return Tile(
        title=words.text(_JOIN, lang),
        picture=picture("poster-wifi-on"),
        colour="rice",
        address=addresses.touch("join", lang),
        sound=word_sound(library, words, _JOIN, lang),
        opening=word_sound(library, words, _FIRST, lang),
    )


def _join(settings: Settings, words: Words, inside: dict[str, str]) -> JoinView:
    radio = settings.radio
    text = wifi.join(radio.ssid, security=radio.security, password=radio.password)
    code = draw.svg(text, label=words.text("touch.join.code", inside["lang"]))
    return JoinView(ssid=radio.ssid, password=radio.password, code=code, **inside)
