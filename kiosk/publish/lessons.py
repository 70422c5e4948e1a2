"""The pages of lessons: a card each, with the cards beside it and the practice that follows the last."""

from collections.abc import Iterator

from kiosk.packs.lesson import Card, Lesson
from kiosk.packs.library import Library, Shelf
from kiosk.packs.manifest import LearningPath
from kiosk.pages import addresses
from kiosk.pages.render import Renderer
from kiosk.pages.views import CardView, Step
from kiosk.publish.voices import address as sound_address


def pages(library: Library, renderer: Renderer, lang: str, first: str) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every card of every path in one language."""
    for shelf in library.shelves():
        for pack, path in shelf.paths:
            lesson = library.lesson(pack, path.lesson, lang)
            for place in range(len(lesson.cards)):
                address = addresses.card(pack, lesson.id, lesson.cards[place].id, lang)
                yield address, renderer.card(_card(library, shelf, pack, path, lesson, place, lang=lang, first=first))


def _card(
    library: Library, shelf: Shelf, pack: str, path: LearningPath, lesson: Lesson, place: int, *, lang: str, first: str
) -> CardView:
    card = lesson.cards[place]
    last = place == len(lesson.cards) - 1
    return CardView(
        lang=lang,
        first=first,
        root=addresses.root(addresses.card(pack, lesson.id, card.id, lang)),
        title=lesson.title,
        picture=library.read(pack, card.picture).decode(),
        colour=shelf.topic.colour,
        number=place + 1,
        total=len(lesson.cards),
        sentences=card.sentences,
        path=addresses.path(pack, path.id, lang),
        pack=pack,
        scenario=path.scenario or "" if last else "",
        sound=sound_address(card.sound),
        voice=card.voice,
        back=_step(pack, lesson, lesson.cards[place - 1], lang) if place else None,
        next=None if last else _step(pack, lesson, lesson.cards[place + 1], lang),
    )


def _step(pack: str, lesson: Lesson, card: Card, lang: str) -> Step:
    return Step(address=addresses.card(pack, lesson.id, card.id, lang), sound=sound_address(card.sound))
