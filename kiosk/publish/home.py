"""The pages of the house itself: home, Bài khác, each topic, each path, help, Xong, connect."""

from collections.abc import Iterator, Mapping

from kiosk.languages import language
from kiosk.packs.library import Library, Shelf
from kiosk.packs.manifest import LearningPath, Topic
from kiosk.pages import addresses
from kiosk.pages.render import Renderer
from kiosk.pages.views import (
    ConnectedView,
    ConnectView,
    DoneView,
    Greeting,
    HelpView,
    HomeView,
    ListView,
    NotFoundView,
    PathView,
    Tile,
    TopicView,
)
from kiosk.pages.words import Words, chain
from kiosk.practice.narrated import by_machine
from kiosk.practice.scenario import Scenario
from kiosk.publish.order import arranged
from kiosk.publish.sentences import scenario_of
from kiosk.publish.voices import address as sound_address
from kiosk.publish.voices import greeting, narrated, said
from kiosk.settings import Settings


def pages(
    settings: Settings,
    library: Library,
    renderer: Renderer,
    greetings: tuple[Greeting, ...],
    lang: str,
    *,
    opened: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every page of the house in one of the languages that the greetings offer.

    `opened` as `order.arranged` takes it.
    """
    first = greetings[0].lang
    shelves = _shelves(library, opened)
    common = {"lang": lang, "first": first}
    view = home_view(library, greetings, lang, opened=opened)
    others = tuple(
        path_tile(library, shelf.topic, pack, path, lang)
        for shelf in shelves
        if not _at_home(shelf)
        for pack, path in shelf.paths
    )
    yield file(addresses.home(lang, first)), renderer.home(view)
    yield addresses.topics(lang), renderer.topics(ListView(tiles=view.tiles, others=others, **common))
    for shelf in shelves:
        if _several(shelf):
            address = addresses.topic(shelf.topic.id, lang)
            yield address, renderer.topic(_topic(library, shelf, root=addresses.root(address), **common))
        for pack, path in shelf.paths:
            address = addresses.path(pack, path.id, lang)
            yield address, renderer.path(_path(library, shelf, pack, path, **common))
    helper = settings.helper
    helped = HelpView(
        helper=helper.name,
        phone=helper.phone,
        hours=helper.hours,
        police=helper.police,
        thanks=library.village(lang).thanks,
        **common,
    )
    yield file(addresses.help_page(lang, first)), renderer.help(helped)
    yield addresses.done(lang), renderer.done(DoneView(**common))
    yield file(addresses.connect(lang, first)), renderer.connect(ConnectView(**common))
    where = f"http://{settings.portal.address}/"
    yield addresses.connected(lang), renderer.connected(ConnectedView(address=where, **common))
    yield addresses.missing(lang), renderer.missing(NotFoundView(**common))


def file(address: str) -> str:
    """The file that answers to an address: `/` is index.html, `/connect` is connect.html."""
    return address if address.endswith(".html") else f"{address or 'index'}.html"


def home_view(library: Library, greetings: tuple[Greeting, ...], lang: str, *, opened: Mapping[str, int]) -> HomeView:
    """The first page: the languages of the site, and a way into each topic that stands on it."""
    shelves = _shelves(library, opened)
    return HomeView(
        lang=lang,
        first=greetings[0].lang,
        greetings=greetings,
        tiles=tuple(_topic_tile(library, shelf, lang) for shelf in shelves if _at_home(shelf)),
        others=not all(map(_at_home, shelves)),
    )


def _at_home(shelf: Shelf) -> bool:
    return shelf.topic.place == "home"


def _shelves(library: Library, opened: Mapping[str, int]) -> list[Shelf]:
    return [shelf for shelf in arranged(library.shelves(), opened) if shelf.paths]


def greetings(settings: Settings, library: Library, words: Words, codes: tuple[str, ...]) -> tuple[Greeting, ...]:
    """The buttons of these languages."""
    return tuple(_greeting(settings, library, words, code) for code in codes)


def _greeting(settings: Settings, library: Library, words: Words, code: str) -> Greeting:
    known = language(code)
    return Greeting(
        lang=code,
        name=known.called(settings.site.mong_script),
        label=f"Tiếng {known.vietnamese}",
        pattern=known.pattern,
        drawn=known.font == "drawn",
        sound=greeting(library, words, code),
    )


def _several(shelf: Shelf) -> bool:
    """Whether a topic has a page of its own: one path is led straight to, and other paths stand behind Bài khác."""
    return shelf.topic.place == "home" and len(shelf.paths) > 1


def _up(shelf: Shelf, lang: str) -> str:
    """Where a path's page goes back to; empty for the home page."""
    if shelf.topic.place == "other":
        return addresses.topics(lang)
    return addresses.topic(shelf.topic.id, lang) if _several(shelf) else ""


def _topic_tile(library: Library, shelf: Shelf, lang: str) -> Tile:
    pack, path = shelf.paths[0]
    several, topic = _several(shelf), shelf.topic
    return Tile(
        title=in_language(topic.title, lang),
        picture=library.read(library.topic_pack(topic.id), topic.picture).decode(),
        colour=topic.colour,
        address=addresses.topic(topic.id, lang) if several else addresses.path(pack, path.id, lang),
        sound=said(library, topic, lang),
        trust=not several and _trust(scenario_of(library, pack, path)),
    )


def _topic(library: Library, shelf: Shelf, *, lang: str, first: str, root: str) -> TopicView:
    topic = shelf.topic
    return TopicView(
        lang=lang,
        first=first,
        root=root,
        title=in_language(topic.title, lang),
        picture=library.read(library.topic_pack(topic.id), topic.picture).decode(),
        colour=topic.colour,
        tiles=tuple(path_tile(library, shelf.topic, pack, path, lang) for pack, path in shelf.paths),
        sound=said(library, topic, lang),
    )


def path_tile(library: Library, topic: Topic, pack: str, path: LearningPath, lang: str) -> Tile:
    """The way to a path."""
    return Tile(
        title=in_language(path.title, lang),
        picture=library.read(pack, path.picture).decode(),
        colour=topic.colour,
        address=addresses.path(pack, path.id, lang),
        sound=said(library, path, lang),
        trust=_trust(scenario_of(library, pack, path)),
    )


def _path(library: Library, shelf: Shelf, pack: str, path: LearningPath, *, lang: str, first: str) -> PathView:
    card = narrated(library, pack, path.lesson, lang).cards[0]
    address = addresses.path(pack, path.id, lang)
    scenario = scenario_of(library, pack, path)
    return PathView(
        lang=lang,
        first=first,
        root=addresses.root(address),
        title=in_language(path.title, lang),
        picture=library.read(pack, path.picture).decode(),
        colour=shelf.topic.colour,
        pack=pack,
        up=_up(shelf, lang),
        watch=addresses.card(pack, path.lesson, card.id, lang),
        scenario=path.scenario or "",
        watch_sound=sound_address(card.sound),
        sound=said(library, path, lang),
        trust=_trust(scenario),
        machine=scenario is not None and by_machine(scenario, library, lang),
    )


def _trust(scenario: Scenario | None) -> bool:
    return scenario is not None and scenario.trust


def in_language(texts: dict[str, str], lang: str) -> str:
    """A title in that language or the nearest that there is."""
    for code in (*chain(lang), *texts):
        if texts.get(code):
            return texts[code]
    return ""
