"""From a source folder to a pack: read, judge, speak, gather, write; the same source gives the same bytes."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from kiosk.authoring import links, source
from kiosk.authoring.contents import Contents, read
from kiosk.authoring.markdown import CardText, LessonText, QuestionText
from kiosk.authoring.source import PathRow, TopicRow
from kiosk.authoring.speech import Wanted, hear
from kiosk.errors import KioskError
from kiosk.findings import Finding, Level, worst
from kiosk.packs import archive, lesson
from kiosk.packs.manifest import FORMAT, File, LearningPath, Manifest, Sound, Topic, check, scenario_file, version_of
from kiosk.pages.words import read_words
from kiosk.practice import scenario as practice
from kiosk.practice.pictured import pictures
from kiosk.practice.speech import spoken
from kiosk.sound import Speech


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        path: the pack; None when the findings refuse it.
        manifest: what is in it; None as above.
        findings: what is to be said of its source.
    """

    path: Path | None
    manifest: Manifest | None
    findings: tuple[Finding, ...]


def build(folder: Path, out: Path, *, kept: Path | None, accent: str = "") -> Built:
    """Build the pack of a source folder, in place of its older builds in `out`.

    Args:
        folder: the source.
        out: where <id>-<version>.pack goes.
        kept: where made sounds are kept between builds; None: all are made.
        accent: of the machine's voice, as speech.toml names it; its usual one when empty.

    Raises:
        KioskError: pack.toml cannot be read, or espeak-ng or ffmpeg fail.
    """
    contents = read(source.read(folder), read_words())
    contents.accent = accent
    findings = tuple(links.judge(contents))
    if worst(findings) is Level.FAIL:
        return Built(None, None, findings)
    parcel = _Parcel(contents, hear(contents.wanted(), kept))
    manifest = parcel.fill()
    out.mkdir(parents=True, exist_ok=True)
    path = out / manifest.name
    written = path.with_suffix(".new")
    with written.open("wb") as target:
        archive.write(manifest, parcel.files, target)
    archive.verify(written)
    written.replace(path)
    _forget(manifest, out)
    return Built(path, manifest, findings)


def _forget(manifest: Manifest, out: Path) -> None:
    """Delete older builds of the same pack, so that a folder of packs can be installed as it stands."""
    own = re.compile(rf"{re.escape(manifest.id)}-[0-9a-f]{{16}}\.pack")
    for path in out.iterdir():
        if own.fullmatch(path.name) and path.name != manifest.name:
            path.unlink()


@dataclass(slots=True)
class _Parcel:
    """The members of a pack to be, by path."""

    contents: Contents
    heard: Mapping[Wanted, Speech]
    files: dict[str, bytes] = field(default_factory=dict)

    def fill(self) -> Manifest:
        """Gather everything and say what it is."""
        pack = self.contents.source.pack
        for (name, lang), text in self.contents.lessons.items():
            self.files[f"lessons/{name}.{lang}.json"] = lesson.encode(self._lesson(name, lang, text))
        for name, scenario in self.contents.scenarios.items():
            self.files[scenario_file(name)] = practice.encode(self._scenario(scenario))
        if pack.kind == "voice":
            self.files["words.json"] = lesson.encode(self._words())
        made = Manifest(
            format=FORMAT,
            id=pack.id,
            version="",
            kind=pack.kind,
            title=pack.title,
            languages=pack.languages,
            topics=tuple(self._topic(row) for row in pack.topic),
            paths=tuple(self._path(row) for row in pack.path),
            lessons=tuple(sorted({name for name, _ in self.contents.lessons})),
            files=tuple(_row(path, data) for path, data in sorted(self.files.items())),
        )
        made = msgspec.structs.replace(made, version=version_of(made))
        check(made)
        return made

    def _lesson(self, name: str, lang: str, text: LessonText) -> lesson.Lesson:
        def told(card: CardText) -> dict[str, Any]:
            return {"id": card.id, "picture": self._shown(card), **said(card)}

        def said(one: CardText | QuestionText) -> dict[str, Any]:
            sound = self._sound(self.contents.card(name, lang, one))
            return {"sentences": one.sentences, "sound": sound.path, "voice": sound.voice, "seconds": sound.seconds}

        cards = tuple(lesson.Card(**told(card)) for card in text.cards)
        questions = tuple(
            lesson.Question(
                id=one.id,
                answers=tuple(lesson.Answer(**told(each), right=each.id == one.right) for each in one.answers),
                **said(one),
            )
            for one in text.questions
        )
        return lesson.Lesson(name, lang, text.title, cards, questions)

    def _scenario(self, scenario: practice.Scenario) -> practice.Scenario:
        sounds: dict[str, dict[str, str]] = {}
        machine = False
        for key, texts in spoken(scenario):
            for lang, text in texts.items():
                if text:
                    wanted = self.contents.sentence(scenario.id, lang, key, text)
                    sounds.setdefault(lang, {})[key] = self._sound(wanted).path
                    machine = machine or wanted.voice == "machine"
        drawn = {name: self._picture(name) for name in pictures(scenario) if name.endswith(".svg")}
        return msgspec.structs.replace(scenario, sounds=sounds, pictures=drawn, machine=machine)

    def _words(self) -> lesson.Words:
        words = {word: self._sound(self.contents.word(word, lang, text)) for word, lang, text in self.contents.voiced()}
        return lesson.Words(self.contents.source.pack.languages[0], words)

    def _topic(self, row: TopicRow) -> Topic:
        return Topic(row.id, row.title, row.colour, self._picture(row.picture), self._said(row), row.place)

    def _path(self, row: PathRow) -> LearningPath:
        picture = self._picture(row.picture)
        return LearningPath(row.id, row.topic, row.title, row.lesson, row.scenario, picture, self._said(row))

    def _said(self, row: TopicRow | PathRow) -> dict[str, Sound]:
        return {lang: self._sound(self.contents.row(row, lang)) for one, lang in self.contents.rows() if one == row}

    def _shown(self, card: CardText) -> str:
        return lesson.screen(*card.screen) if card.screen else self._picture(card.picture)

    def _picture(self, name: str) -> str:
        data = self.contents.drawings[name]
        return self._take("pictures", data, "svg")

    def _sound(self, wanted: Wanted) -> Sound:
        speech = self.heard[wanted]
        return Sound(self._take("media", speech.mp3, "mp3"), wanted.voice, speech.seconds)

    def _take(self, folder: str, data: bytes, ending: str) -> str:
        """Take a file under the digest of its bytes, and say where it lies."""
        path = f"{folder}/{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        self.files[path] = data
        return path


def _row(path: str, data: bytes) -> File:
    return File(path, len(data), hashlib.sha256(data).hexdigest())


def must(built: Built) -> tuple[Path, Manifest]:
    """The pack that was made.

    Raises:
        KioskError: the findings refuse it.
    """
    if built.path is None or built.manifest is None:
        number = sum(finding.level is Level.FAIL for finding in built.findings)
        raise KioskError(f"the pack is not built: {number} to correct", hint="see the table above")
    return built.path, built.manifest
