"""Everything that a source folder says, read before anything is made of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.authoring import described, markdown, pictures, scenarios
from kiosk.authoring.compose import draw
from kiosk.authoring.markdown import CardText, LessonText, QuestionText
from kiosk.authoring.source import PathRow, Source, TopicRow
from kiosk.authoring.speech import Wanted
from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from kiosk.pages.words import Words
from kiosk.practice.scenario import Scenario
from kiosk.practice.speech import spoken


@dataclass(slots=True)
class Contents:
    """A source, read.

    Attributes:
        source: the folder.
        words: the interface's words, for a voice.
        lessons: (lesson, language) -> text.
        scenarios: by id.
        drawings: the pictures of media/ by name, those of cards by where they are described, as a pack holds them.
        findings: what could not be read.
        accent: in which the machine speaks; its usual one when empty.
    """

    source: Source
    words: Words
    lessons: dict[tuple[str, str], LessonText] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    drawings: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    accent: str = ""

    def card(self, lesson: str, lang: str, card: CardText | QuestionText) -> Wanted:
        """How a card, question or answer is to be heard; a recording beside the text replaces the machine."""
        return self._wanted(lang, " ".join(card.sentences), "lessons", f"{lesson}.{lang}", card.id)

    def row(self, row: TopicRow | PathRow, lang: str) -> Wanted:
        """How a topic or path says what it is."""
        folder = "topics" if isinstance(row, TopicRow) else "paths"
        return self._wanted(lang, row.say.get(lang) or row.title[lang], folder, f"{row.id}.{lang}")

    def sentence(self, scenario: str, lang: str, key: str, text: str) -> Wanted:
        """How a sentence of a scenario is to be heard."""
        return self._wanted(lang, text, "practice", f"{scenario}.{lang}", key)

    def word(self, word: str, lang: str, text: str) -> Wanted:
        """How a word of the interface is to be heard."""
        return self._wanted(lang, text, "words", word)

    def _wanted(self, lang: str, text: str, *place: str) -> Wanted:
        return Wanted(lang, text, self.source.recording(*place), self.accent)

    def rows(self) -> Iterator[tuple[TopicRow | PathRow, str]]:
        """Every topic and path with each language that it has a title in."""
        pack = self.source.pack
        for row in pack.rows:
            yield from ((row, lang) for lang in pack.languages if lang in row.title)

    def voiced(self) -> Iterator[tuple[str, str, str]]:
        """Every (word id, language, text) that a voice pack says."""
        if self.source.pack.kind != "voice":
            return
        lang = self.source.pack.languages[0]
        for word in sorted(self.words.spoken()):
            text = self.words.catalogues[lang].words.get(word, "") if lang in self.words.catalogues else ""
            if text or self.source.recording("words", word):
                yield word, lang, text

    def wanted(self) -> Iterator[Wanted]:
        """Everything in the pack that can be heard."""
        for (lesson, lang), text in self.lessons.items():
            yield from (self.card(lesson, lang, card) for card in text.spoken())
        yield from (self.row(row, lang) for row, lang in self.rows())
        for name, scenario in self.scenarios.items():
            for key, texts in spoken(scenario):
                yield from (self.sentence(name, lang, key, text) for lang, text in texts.items() if text)
        yield from (self.word(word, lang, text) for word, lang, text in self.voiced())


def read(source: Source, words: Words) -> Contents:
    """Read a source; what cannot be read is a finding, so that an author sees all of it at once."""
    contents = Contents(source, words)
    with _gathered(contents):
        for lesson, lang, path in source.lesson_files():
            with _gathered(contents):
                text = markdown.parse(path.read_text(encoding="utf-8"), source.name(path))
                contents.drawings |= dict(_composed(text))
                contents.lessons[lesson, lang] = text
    for path in source.scenario_files():
        with _gathered(contents):
            contents.scenarios[path.stem] = _scenario(path, source.name(path))
    for path in source.pictures():
        with _gathered(contents):
            where, name = source.name(path), f"{path.stem}.svg"
            if name in contents.drawings:
                raise KioskError(f"{where}: this picture is there in two forms", hint="keep one of them")
            contents.drawings[name] = pictures.clean(drawn(path, where), where)
    return contents


def _composed(text: LessonText) -> Iterator[tuple[str, bytes]]:
    for card in text.pictured():
        if card.composed is not None:
            try:
                yield card.picture, pictures.clean(draw(card.composed), text.where)
            except KioskError as wrong:
                what = wrong.message.partition(": ")[2]
                raise KioskError(f"{text.where}:{card.line}: {what}", hint="leave a part out") from wrong


def drawn(path: Path, where: str) -> bytes:
    """A file of media/ as an SVG: drawn, or described in parts of the kit."""
    data = path.read_bytes()
    return draw(described.read(data.decode("utf-8", "replace"), where)) if path.suffix == ".yaml" else data


@contextmanager
def _gathered(contents: Contents) -> Iterator[None]:
    try:
        yield
    except KioskError as wrong:
        where, _, what = wrong.message.partition(": ")
        contents.findings.append(Finding(where, Level.FAIL, what, wrong.hint))


def _scenario(path: Path, where: str) -> Scenario:
    scenario = scenarios.load(path, where)
    if scenario.id != path.stem:
        raise KioskError(f"{where}:1: the scenario is called {scenario.id}", hint="name the file and its id alike")
    return scenario
