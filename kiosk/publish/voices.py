"""Where the sounds of packs stand in a generation, and who says what: the village's own people before any pack."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from kiosk.packs.lesson import Card, Lesson, Question
from kiosk.packs.library import Library
from kiosk.packs.manifest import LearningPath, Topic
from kiosk.pages.words import Words
from kiosk.publish.sentences import GREETING, lesson_texts, title_text, word_text

Told = TypeVar("Told", bound=Card | Question)


def address(member: str) -> str:
    """The address of a pack's sound: media/X.mp3 is asked for as m/X.mp3; "" stays ""."""
    return member.replace("media/", "m/", 1)


def voices(library: Library, words: Words, codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Language -> word id -> address, for every interface word that has a sound in that language."""
    return {
        code: {word: heard for word in sorted(words.spoken()) if (heard := word_sound(library, words, word, code))}
        for code in codes
    }


def greeting(library: Library, words: Words, code: str) -> str:
    """The address of a language's own invitation; "" where nobody has spoken it."""
    return word_sound(library, words, GREETING, code)


def said(library: Library, row: Topic | LearningPath, lang: str) -> str:
    """The address of what a tile says; a title is never borrowed from another language."""
    recorded = library.recorded(title_text(row), lang)
    if recorded:
        return address(recorded.path)
    return address(row.sound[lang].path) if lang in row.sound else ""


def narrated(library: Library, pack: str, name: str, lang: str) -> Lesson:
    """A lesson as it is heard in that language: what the village recorded takes the place of what the pack says."""
    told, texts = library.lesson(pack, name, lang), lesson_texts(library, pack, name)

    def heard(one: Told) -> Told:
        recorded = library.recorded(texts.get(one.id, ""), lang)
        return replace(one, sound=recorded.path, voice="person", seconds=recorded.seconds) if recorded else one

    questions = (replace(heard(row), answers=tuple(map(heard, row.answers))) for row in told.questions)
    return replace(told, cards=tuple(map(heard, told.cards)), questions=tuple(questions))


def word_sound(library: Library, words: Words, word: str, code: str) -> str:
    """The address of what says an interface word in that language; "" where nobody does."""
    recorded = library.recorded(word_text(words, word, code), code)
    if recorded:
        return address(recorded.path)
    sound = library.word_sound(word, code)
    return address(sound.path) if sound else ""
