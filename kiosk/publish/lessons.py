"""The pages of lessons: a card each, then the questions with their answers, then the practice that follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.packs.lesson import Answer, Card, Lesson, Question
from kiosk.packs.library import Library
from kiosk.packs.manifest import LearningPath
from kiosk.pages import addresses, prune, shrink
from kiosk.pages.render import Renderer, js
from kiosk.pages.screen import Screen
from kiosk.pages.views import AnswerView, CardView, Pick, QuestionView, Step
from kiosk.practice.shelf import built
from kiosk.practice.still import still
from kiosk.publish.drawings import Drawings
from kiosk.publish.home import path_tile
from kiosk.publish.voices import address as sound_address
from kiosk.publish.voices import narrated

VOICE: Final = "voice.js"


def pages(library: Library, renderer: Renderer, lang: str, first: str) -> Iterator[tuple[str, str]]:
    """(address, HTML) of every card, question and answer of every path in one language, whole and from inside.

    The first page of a lesson has the style of all, and a script goes on from it by insides. Every other page has only
    what itself needs: it comes whole where there is no script, and after a reload.
    """
    for shelf in library.shelves():
        for pack, path in shelf.paths:
            lesson = narrated(library, pack, path.lesson, lang)
            drawn = dict(_Pages(library, pack, path, shelf.topic.colour, lesson, lang, first).drawn(renderer))
            yield from whole(drawn)


def whole(drawn: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pages of a lesson as `Renderer` draws them, by address: each with only the style it needs, and its inside."""
    insides = {address: shrink.inside(text) for address, text in drawn.items()}
    first = next(iter(drawn))
    for address, text in drawn.items():
        if address == first:
            yield address, prune.page(text, *insides.values(), script=js(VOICE))
        else:
            yield address, prune.page(shrink.alone(text), script=js(VOICE))
        yield addresses.inside(address), insides[address]


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of one lesson on its path."""

    library: Library
    pack: str
    path: LearningPath
    colour: str
    lesson: Lesson
    lang: str
    first: str

    def drawn(self, renderer: Renderer) -> Iterator[tuple[str, str]]:
        for place, card in enumerate(self.lesson.cards):
            yield self.address(card), renderer.card(CardView(**self.card(place)))
        for place, question in enumerate(self.lesson.questions):
            yield self.address(question), renderer.question(self.question(place))
            for answer in question.answers:
                yield self.address(answer), renderer.answer(self.answer(place, answer))

    def card(self, place: int) -> dict[str, Any]:
        cards = self.lesson.cards
        follows = (*map(self.step, cards[place + 1 :]), *map(self.step, self.lesson.questions[:1]))
        return {
            **self.shown(cards[place]),
            "number": place + 1,
            "total": len(cards),
            "back": self.step(cards[place - 1]) if place else None,
            "next": follows[0] if follows else None,
            **({} if follows else self.practice()),
        }

    def practice(self) -> dict[str, Any]:
        """What follows the lesson: its scenario, or else the next path."""
        if self.path.scenario:
            return {"scenario": self.path.scenario}
        found = self.library.after(self.pack, self.path.id)
        return {"then": path_tile(self.library, *found, self.lang)} if found else {}

    def question(self, place: int) -> QuestionView:
        question = self.lesson.questions[place]
        before: Card | Question = self.lesson.questions[place - 1] if place else self.lesson.cards[-1]
        return QuestionView(
            **self.said(question),
            number=place + 1,
            total=len(self.lesson.questions),
            picks=tuple(
                Pick(address=self.address(one), sound=sound_address(one.sound), picture=self.drawing(one))
                for one in question.answers
            ),
            back=self.step(before),
        )

    def answer(self, place: int, answer: Answer) -> AnswerView:
        follows = self.lesson.questions[place + 1 :]
        return AnswerView(
            **self.shown(answer),
            number=place + 1,
            total=len(self.lesson.questions),
            right=answer.right,
            back=self.step(self.lesson.questions[place]),
            next=self.step(follows[0]) if follows else None,
            **({} if follows else self.practice()),
        )

    def shown(self, card: Card) -> dict[str, Any]:
        path = addresses.path(self.pack, self.path.id, self.lang)
        return {**self.said(card), "picture": self.picture(card), "path": path, "pack": self.pack}

    def said(self, one: Card | Question) -> dict[str, Any]:
        address = self.address(one)
        return {
            "lang": self.lang,
            "first": self.first,
            "root": addresses.root(address),
            "beside": address.removesuffix(address.rpartition("/")[2]),
            "title": self.lesson.title,
            "colour": self.colour,
            "sentences": one.sentences,
            "sound": sound_address(one.sound),
            "voice": one.voice,
        }

    def step(self, one: Card | Question) -> Step:
        return Step(address=self.address(one), sound=sound_address(one.sound))

    def address(self, one: Card | Question) -> str:
        return addresses.card(self.pack, self.lesson.id, one.id, self.lang)

    def picture(self, card: Card) -> str | Screen:
        member, name = card.screen
        if not name:
            return self.drawing(card)
        scenario = built(self.library, self.pack, member)
        return still(scenario, name, self.lang, Drawings(self.library, self.pack).draw)

    def drawing(self, card: Card) -> str:
        return self.library.read(self.pack, card.picture).decode()
