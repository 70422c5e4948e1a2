import errno
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.packs import lesson, manifest
from kiosk.packs.library import Library
from kiosk.packs.store import Store
from tests.packs.made import FILES, SOUND, entry, packed, sealed, whole


def voice(name: str, lang: str, sound: manifest.Sound) -> tuple[manifest.Manifest, dict[str, bytes]]:
    files = {
        "media/00112233445566aa.mp3": SOUND,
        "words.json": lesson.encode(lesson.Words(lang, {"home.done": sound})),
    }
    rows = tuple(entry(path, data) for path, data in files.items())
    return sealed(id=name, kind="voice", languages=(lang,), files=rows), files


@pytest.fixture
def store(tmp_path: Path, pack: Path) -> Store:
    store = Store(tmp_path / "packs")
    store.install(pack)
    return store


def add(store: Store, made: manifest.Manifest, files: dict[str, bytes]) -> None:
    path = store.folder.parent / "added.pack"
    path.write_bytes(packed(made, files))
    store.install(path)


def test_no_folder_is_an_empty_library(tmp_path):
    library = Library.open(tmp_path / "none")
    assert library.packs == ()
    assert library.shelves() == ()
    assert list(library.media()) == []


def test_topics_hold_the_paths_of_every_pack(store):
    add(store, whole(id="them"), FILES)
    library = Library.open(store.folder)
    (shelf,) = library.shelves()
    assert [(pack, path.id) for pack, path in shelf.paths] == [("them", "quet-ma"), ("thu", "quet-ma")]
    assert library.topic_pack("tra-tien") == "them"


@pytest.mark.parametrize(("asked", "given"), [("vi", "vi"), ("en", "en"), ("hmv", "vi")])
def test_a_lesson_comes_in_the_language_asked_or_the_nearest(store, asked, given):
    assert Library.open(store.folder).lesson("thu", "quet-ma", asked).lang == given


def test_lessons_are_listed_once_each(store):
    assert [(pack, row.id, row.lang) for pack, row in Library.open(store.folder).lessons("en")] == [
        ("thu", "quet-ma", "en")
    ]


def test_every_sound_has_a_name_and_a_place(store):
    ((name, where),) = Library.open(store.folder).media()
    assert name == "00112233445566aa.mp3"
    assert where.read_bytes() == SOUND


def test_a_word_is_heard_from_a_person_before_a_machine(store):
    machine = manifest.Sound("media/00112233445566aa.mp3", "machine", 1.0)
    person = manifest.Sound("media/00112233445566aa.mp3", "person", 2.0)
    add(store, *voice("a-may", "vi", machine))
    assert Library.open(store.folder).word_sound("home.done", "vi") == machine
    add(store, *voice("b-nguoi", "vi", person))
    library = Library.open(store.folder)
    assert library.word_sound("home.done", "vi") == person
    assert library.word_sound("home.done", "en") is None
    assert library.word_sound("home.nothing", "vi") is None


def test_a_pack_that_cannot_be_read_is_left_out_and_reported(store):
    (store.folder / "installed" / "xau.json").write_text('{"format":9}')
    library = Library.open(store.folder)
    assert [pack.id for pack in library.packs] == ["thu"]
    assert [finding.area for finding in library.findings] == ["pack xau"]


def test_a_block_that_the_card_no_longer_gives_is_a_damaged_file_not_a_fault_of_ours(store, monkeypatch):
    def fail(path):
        raise OSError(errno.EIO, "Input/output error", str(path))

    library = Library.open(store.folder)
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(KioskError, match="damaged"):
        library.read("thu", "media/00112233445566aa.mp3")
    assert [finding.area for finding in Library.open(store.folder).findings] == ["pack thu"]


def test_a_voice_whose_words_are_damaged_is_silent_and_reported(store):
    made, files = voice("a-may", "vi", manifest.Sound("media/00112233445566aa.mp3", "machine", 1.0))
    add(store, made, files)
    Library.open(store.folder).file("a-may", "words.json").write_bytes(b"")
    library = Library.open(store.folder)
    assert library.word_sound("home.done", "vi") is None
    assert "damaged" in library.findings[0].what


@pytest.mark.parametrize(
    "ask",
    [
        lambda library: library.pack("khac"),
        lambda library: library.file("thu", "media/khac.mp3"),
        lambda library: library.read("khac", "words.json"),
        lambda library: library.lesson("thu", "khac", "vi"),
        lambda library: library.topic_pack("khac"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(store, ask):
    with pytest.raises(KioskError):
        ask(Library.open(store.folder))
