"""What is installed, as those who publish and practise read it: by topic, path, lesson and language."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from kiosk.languages import languages
from kiosk.packs import lesson as documents
from kiosk.packs.lesson import Document, Lesson, Words
from kiosk.packs.manifest import File, LearningPath, Manifest, Sound, Topic, decode
from kiosk.packs.store import Store
from kiosk.packs.village import VILLAGE, Recording, Village, sentence_id


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic and what stands under it: (pack id, path) in the order shown."""

    topic: Topic
    paths: tuple[tuple[str, LearningPath], ...]


class Library:
    """The installed packs, read once; a pack that cannot be read is left out and reported in `findings`."""

    def __init__(self, store: Store, packs: tuple[Manifest, ...], findings: tuple[Finding, ...] = ()) -> None:
        self.store = store
        self.packs = packs
        self._files: dict[tuple[str, str], File] = {(pack.id, file.path): file for pack in packs for file in pack.files}
        self._damaged: list[Finding] = []
        self._words = self._documents("voice", "words.json", Words)
        self._villages = {found.language: found for found in self._documents("village", VILLAGE, Village)}
        self._recorded = {
            (lang, sentence_id(row.text)): row for lang, found in self._villages.items() for row in found.recordings
        }
        self.findings = (*findings, *self._damaged)

    @classmethod
    def open(cls, folder: Path) -> "Library":
        """The library of the store in that folder; empty when there is none."""
        store = Store(folder)
        packs: list[Manifest] = []
        findings: list[Finding] = []
        for path in store.manifests():
            try:
                packs.append(decode(path.read_bytes()))
            except (KioskError, OSError) as wrong:
                findings.append(Finding(f"pack {path.stem}", Level.FAIL, str(wrong), "install the pack again"))
        return cls(store, tuple(packs), tuple(findings))

    def pack(self, name: str) -> Manifest:
        """The pack of that id.

        Raises:
            KioskError: it is not installed.
        """
        for pack in self.packs:
            if pack.id == name:
                return pack
        raise KioskError(f"the pack {name} is not installed", hint="see kiosk pack list")

    def has(self, pack: str, path: str) -> bool:
        """Whether that pack holds that member."""
        return (pack, path) in self._files

    def file(self, pack: str, path: str) -> Path:
        """Where a member lies on this disk, to be linked or copied.

        Raises:
            KioskError: the pack does not hold it.
        """
        if not self.has(pack, path):
            raise KioskError(f"the pack {pack} holds no {path}", hint="install a newer version of it")
        return self.store.object(self._files[pack, path].sha256)

    def read(self, pack: str, path: str) -> bytes:
        """The bytes of a member, as they were when the pack was built.

        Raises:
            KioskError: the pack does not hold it, or the disk has lost or changed it.
        """
        where = self.file(pack, path)
        try:
            data = where.read_bytes()
        except OSError:  # gone, or a block that the card no longer gives
            data = b""
        if hashlib.sha256(data).hexdigest() != where.name:
            raise KioskError(f"{path} of the pack {pack} is damaged on this disk", hint="install the pack again")
        return data

    def shelves(self) -> tuple[Shelf, ...]:
        """Topics in the order first met, each with the paths of every pack."""
        topics: dict[str, Topic] = {}
        paths: dict[str, list[tuple[str, LearningPath]]] = {}
        for pack in self.packs:
            for topic in pack.topics:
                topics.setdefault(topic.id, topic)
            for path in pack.paths:
                paths.setdefault(path.topic, []).append((pack.id, path))
        return tuple(Shelf(topic, tuple(paths.get(name, ()))) for name, topic in topics.items())

    def practised(self, pack: str, scenario: str) -> tuple[Topic, LearningPath] | None:
        """The first path of that pack that ends with that scenario, and its topic."""
        for shelf in self.shelves():
            for name, path in shelf.paths:
                if (name, path.scenario) == (pack, scenario):
                    return shelf.topic, path
        return None

    def after(self, pack: str, path: str) -> tuple[Topic, str, LearningPath] | None:
        """The path that its authors put behind that one in its topic, with its topic and pack; None behind the last."""
        for shelf in self.shelves():
            names = [(name, one.id) for name, one in shelf.paths]
            if (pack, path) in names[:-1]:
                return shelf.topic, *shelf.paths[names.index((pack, path)) + 1]
        return None

    def topic_pack(self, topic: str) -> str:
        """The id of the pack whose picture and sound that topic is shown with.

        Raises:
            KioskError: no pack has it.
        """
        for pack in self.packs:
            if any(row.id == topic for row in pack.topics):
                return pack.id
        raise KioskError(f"no installed pack has the topic {topic}")

    def lessons(self, lang: str) -> Iterator[tuple[str, Lesson]]:
        """Every lesson as (pack id, lesson), in that language or the nearest that it has."""
        for pack in self.packs:
            for name in pack.lessons:
                yield pack.id, self.lesson(pack.id, name, lang)

    def lesson(self, pack: str, name: str, lang: str) -> Lesson:
        """A lesson in that language or the nearest that it has; `Lesson.lang` says which.

        Raises:
            KioskError: the pack has no such lesson, or it is damaged.
        """
        for code in chain(lang, self.pack(pack)):
            path = f"lessons/{name}.{code}.json"
            if self.has(pack, path):
                return documents.decode(self.read(pack, path), Lesson, f"{path} of the pack {pack}")
        raise KioskError(f"the pack {pack} has no lesson {name}", hint="install a newer version of it")

    def word_sound(self, word: str, lang: str) -> Sound | None:
        """How an interface word sounds in exactly that language; a person's voice before a machine's."""
        heard = [words.words[word] for words in self._words if words.language == lang and word in words.words]
        return min(heard, key=lambda sound: sound.voice != "person", default=None)

    def recorded(self, text: str, lang: str) -> Recording | None:
        """What somebody of the village recorded, in that language, of that Vietnamese sentence."""
        return self._recorded.get((lang, sentence_id(text)))

    def recorded_languages(self) -> tuple[str, ...]:
        """Those in which the village has recorded something."""
        return tuple(self._villages)

    def village(self, lang: str) -> Village:
        """Everything that the village has recorded in that language."""
        return self._villages.get(lang, Village(lang, ()))

    def media(self) -> Iterator[tuple[str, Path]]:
        """Every sound of every pack as (file name, where it lies), each name once."""
        found = {
            file.path.removeprefix("media/"): self.store.object(file.sha256)
            for pack in self.packs
            for file in pack.files
            if file.path.startswith("media/")
        }
        yield from sorted(found.items())

    def _documents(self, kind: str, path: str, shape: type[Document]) -> list[Document]:
        """That document of every pack of that kind; one that cannot be read is reported."""
        found: list[Document] = []
        for pack in self.packs:
            if pack.kind == kind:
                try:
                    found.append(documents.decode(self.read(pack.id, path), shape, f"{path} of the pack {pack.id}"))
                except KioskError as wrong:
                    self._damaged.append(Finding(f"pack {pack.id}", Level.FAIL, wrong.message, wrong.hint))
        return found


def chain(lang: str, pack: Manifest) -> tuple[str, ...]:
    """The languages to try for that one: itself, its fallbacks, then the pack's own in order."""
    wanted = [lang]
    known = languages()
    while wanted[-1] in known and known[wanted[-1]].fallback:
        wanted.append(known[wanted[-1]].fallback)
    return tuple(dict.fromkeys([*wanted, *pack.languages]))
