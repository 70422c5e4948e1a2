"""Every sentence that can be heard, in the order in which somebody meets them: what a voice has to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.languages import languages
from kiosk.packs.lesson import Card, Lesson, Question
from kiosk.packs.library import Library
from kiosk.packs.manifest import LearningPath, Topic, scenario_file
from kiosk.packs.village import SentenceId, sentence_id
from kiosk.pages.words import SOURCE, Words, chain
from kiosk.practice.route import screens
from kiosk.practice.scenario import Scenario
from kiosk.practice.shelf import built
from kiosk.practice.speech import spoken

Voice = Literal["", "machine", "person"]

GREETING: Final = "home.greeting"  # "whoever speaks this, tap here"
_GREETING_IN: Final = "home.greeting.in"  # the same, with the name of a language to be said in it
# The first part of a word's id -> where it is met. What is named nowhere here is met last.
_HOME: Final = ("home", "bar", "trust", "topics", "volume")
_PATH: Final = ("path", "card", "quiz", "tap", "done")
_HELP: Final = ("help",)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to be said.

    Attributes:
        name: where it stands: a word's id, `topic:ID`, `path:ID`, `card:LESSON/CARD`, `tap:SCENARIO/KEY`.
        text: the Vietnamese to be said in one's own language.
        given: whose voice an installed pack says it with in that language; empty where none does.
    """

    name: str
    text: str
    given: Voice = ""

    @property
    def id(self) -> SentenceId:
        """What its words are known by."""
        return sentence_id(self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that are met together.

    Attributes:
        name: `home`, `help`, `rest`, or a path's id.
        title: as people call it.
        sentences: each text once, in order.
    """

    name: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What there is to say in one language.

    Attributes:
        home: the first page and what stands on every page.
        help: the help page.
        paths: in the order of the home page; each with the words of its stages.
        rest: what few people meet.
    """

    home: Part
    help: Part
    paths: tuple[Part, ...]
    rest: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of it, in the order of use: the first path is met before help."""
        return (self.home, *self.paths[:1], self.help, *self.paths[1:], self.rest)

    def first(self, path: str = "") -> tuple[Sentence, ...]:
        """What a language needs before it is offered: home, that path (the first, unless named) and help.

        Raises:
            KeyError: there is no such path.
        """
        known = {part.name: part for part in self.paths}
        wanted = known[path] if path else next(iter(self.paths), Part("", "", ()))
        return _once(*self.home.sentences, *wanted.sentences, *self.help.sentences)

    def every(self) -> tuple[Sentence, ...]:
        """Each sentence once, in the order of use."""
        return _once(*(sentence for part in self.parts for sentence in part.sentences))


def script(library: Library, words: Words, lang: str) -> Script:
    """What the installed packs and the interface have to say in that language.

    Raises:
        KioskError: a pack is damaged.
    """
    shelves = [shelf for shelf in library.shelves() if shelf.paths]
    stages = tuple(_words(library, words, lang, _PATH))
    titles = (_title(f"topic:{shelf.topic.id}", shelf.topic, lang) for shelf in shelves if shelf.topic.place == "home")
    known = (*_HOME, *_PATH, *_HELP)
    rest = {word.partition(".")[0] for word in words.spoken()} - set(known)
    return Script(
        home=Part("home", "Trang đầu", _once(*_words(library, words, lang, _HOME), *titles)),
        help=Part("help", "Cần người giúp", _once(*_words(library, words, lang, _HELP))),
        paths=tuple(
            Part(path.id, path.title.get(SOURCE, path.id), _once(*_path(library, pack, path, lang), *stages))
            for shelf in shelves
            for pack, path in shelf.paths
        ),
        rest=Part("rest", "Trang khác", _once(*_words(library, words, lang, tuple(sorted(rest))))),
    )


def word_text(words: Words, word: str, lang: str) -> str:
    """The Vietnamese that a word of the interface says; the greeting names the language."""
    if word == GREETING and lang != SOURCE and lang in languages():
        return words.text(_GREETING_IN, SOURCE, language=languages()[lang].vietnamese)
    return words.text(word, SOURCE)


def title_text(row: Topic | LearningPath) -> str:
    """The Vietnamese that a tile says."""
    return next((row.title[code] for code in (*chain(SOURCE), *row.title) if row.title.get(code)), "")


def lesson_texts(library: Library, pack: str, lesson: str) -> dict[str, str]:
    """Card, question or answer -> the Vietnamese that it says, in the order of use."""
    return {one.id: " ".join(one.sentences) for one in _told(library.lesson(pack, lesson, SOURCE))}


def _told(lesson: Lesson) -> Iterator[Card | Question]:
    yield from lesson.cards
    for question in lesson.questions:
        yield question
        yield from question.answers


def _once(*sentences: Sentence) -> tuple[Sentence, ...]:
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        if sentence.text:
            first.setdefault(sentence.id, sentence)
    return tuple(first.values())


def _words(library: Library, words: Words, lang: str, kinds: tuple[str, ...]) -> Iterator[Sentence]:
    """The spoken words of these kinds, kind by kind, as the catalogue has them."""
    order = [word for word in words.catalogues[SOURCE].words if word in words.spoken()]
    for word in sorted(order, key=lambda word: kinds.index(_kind(word)) if _kind(word) in kinds else -1):
        if _kind(word) in kinds:
            sound = library.word_sound(word, lang)
            yield Sentence(word, word_text(words, word, lang), sound.voice if sound else "")


def _kind(word: str) -> str:
    return word.partition(".")[0]


def _title(name: str, row: Topic | LearningPath, lang: str) -> Sentence:
    sound = row.sound.get(lang)
    return Sentence(name, title_text(row), sound.voice if sound else "")


def _path(library: Library, pack: str, path: LearningPath, lang: str) -> Iterator[Sentence]:
    yield _title(f"path:{path.id}", path, lang)
    own = library.lesson(pack, path.lesson, lang)
    given: dict[str, Voice] = {one.id: one.voice for one in _told(own) if one.sound and own.lang == lang}
    for name, text in lesson_texts(library, pack, path.lesson).items():
        yield Sentence(f"card:{path.lesson}/{name}", text, given.get(name, ""))
    scenario = scenario_of(library, pack, path)
    if scenario:
        yield from _practice(scenario, lang)


def scenario_of(library: Library, pack: str, path: LearningPath) -> Scenario | None:
    """The scenario that a path ends with, as it was built; None where the path is its lesson alone."""
    return built(library, pack, scenario_file(path.scenario)) if path.scenario else None


def _practice(scenario: Scenario, lang: str) -> Iterator[Sentence]:
    voice: Voice = "machine" if scenario.machine else "person"
    places = {screen: place for place, screen in reversed([*enumerate(screens(scenario), 1)])}
    for key, texts in sorted(spoken(scenario), key=lambda row: places.get(row[0].partition(".")[0], 0)):
        if texts.get(SOURCE):
            given = voice if key in scenario.sounds.get(lang, {}) else ""
            yield Sentence(f"tap:{scenario.id}/{key}", texts[SOURCE], given)
