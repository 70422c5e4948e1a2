import pytest

from kiosk.authoring import build
from kiosk.authoring.speech import say
from kiosk.errors import KioskError
from kiosk.findings import Level
from kiosk.packs.library import Library
from kiosk.packs.store import Store
from kiosk.pages.words import read_words
from kiosk.practice import scenario as practice

pytestmark = pytest.mark.needs("espeak-ng", "ffmpeg")


@pytest.fixture
def make(tiny, tmp_path, kept):
    """Build the tiny source as it now stands and open what was built."""

    def made(folder=tiny) -> tuple[build.Built, Library]:
        built = build.build(folder, tmp_path / "out", kept=kept)
        store = Store(tmp_path / "packs")
        if built.path:
            store.install(built.path)
        return built, Library.open(store.folder)

    return made


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def refused(built: build.Built) -> list[tuple[str, str]]:
    assert built.path is None
    with pytest.raises(KioskError, match="the pack is not built"):
        build.must(built)
    return [(finding.area, finding.what) for finding in built.findings if finding.level is Level.FAIL]


def test_a_built_pack_is_installed_and_read(make):
    built, library = make()
    assert built.findings == ()
    (shelf,) = library.shelves()
    ((pack, path),) = shelf.paths
    assert (pack, path.id, path.scenario) == ("tiny", "quet-ma", "quet-ma")
    lesson = library.lesson("tiny", "quet-ma", "vi")
    assert lesson.cards[1].sentences == ("Hai.", "Chạm vào đây.")
    assert library.read("tiny", lesson.cards[1].picture).startswith(b"<svg")
    sound = library.read("tiny", lesson.cards[1].sound)
    assert lesson.cards[1].voice == "machine"
    assert lesson.cards[1].seconds == round(len(sound) / 4000, 2)
    assert path.sound["vi"].path != shelf.topic.sound["vi"].path


def test_a_card_that_shows_a_screen_names_it_in_its_scenario(make):
    _, library = make()
    assert library.lesson("tiny", "quet-ma", "vi").cards[3].picture == "practice/quet-ma.json#dau"


def test_questions_and_their_answers_are_in_the_pack_and_heard(make):
    _, library = make()
    lesson = library.lesson("tiny", "quet-ma", "vi")
    assert [[(one.id, one.right) for one in question.answers] for question in lesson.questions] == [
        [("bam-tay", True), ("bam-may", False)],
        [("giu-tien", False), ("giu-the", True)],
        [("nghe-loa", True), ("nghe-may", False), ("nghe-gio", False)],
    ]
    for one in (*lesson.questions, *(answer for question in lesson.questions for answer in question.answers)):
        assert library.has("tiny", one.sound)
    assert library.read("tiny", lesson.questions[0].answers[1].picture).startswith(b"<svg")


def test_what_a_scenario_says_and_shows_is_in_the_pack(make):
    _, library = make()
    scenario = practice.decode(library.read("tiny", "practice/quet-ma.json"), "x")
    assert set(scenario.sounds["vi"]) == {
        "title", "dau.say.mot", "dau.say.hai", "dau.say.ba", "dau.lead", "dau.c2", "hai.say", "ba.say", "bon.say",
    }  # fmt: skip
    for path in (*scenario.sounds["vi"].values(), *scenario.pictures.values()):
        assert library.has("tiny", path)
    assert set(scenario.pictures) == {"tay.svg"}
    assert scenario.machine


def test_the_same_source_builds_the_same_bytes_without_anything_kept(tiny, tmp_path):
    built = [build.build(tiny, tmp_path / name, kept=None) for name in ("one", "two")]
    one, two = (build.must(one)[0] for one in built)
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


def test_a_changed_sentence_makes_a_new_version_in_place_of_the_old(make, tiny, tmp_path):
    first, _ = make()
    (tmp_path / "out" / "tiny-two-0123456789abcdef.pack").touch()
    edit(tiny / "lessons" / "quet-ma.vi.md", "Ba.", "Ba nhé.")
    second, _ = make()
    assert first.path != second.path
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        ["tiny-two-0123456789abcdef.pack", second.path.name]
    )


def test_a_recording_beside_the_text_takes_the_machines_place(make, tiny):
    folder = tiny / "lessons" / "quet-ma.vi"
    folder.mkdir()
    (folder / "ba.wav").write_bytes(say("Ba, ba, ba.", "vi"))
    _, library = make()
    assert [card.voice for card in library.lesson("tiny", "quet-ma", "vi").cards] == [
        "machine", "machine", "person", "machine", "machine",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "what"),
    [
        ("lessons/quet-ma.vi.md", "Ba.", "<b>Ba.</b>", "lessons/quet-ma.vi.md:16", "HTML in a lesson"),
        ("lessons/quet-ma.vi.md", "Ba.", "<script>x()</script>", "lessons/quet-ma.vi.md:16", "HTML in a lesson"),
        ("lessons/quet-ma.vi.md", "## nam\n![](tay.svg)\nNăm.\n", "", "lessons/quet-ma.vi.md:1", "4 cards"),
        ("lessons/quet-ma.vi.md", "## ba\n![](tay.svg)", "## ba\n![](x.svg)", "lessons/quet-ma.vi.md:14", "no media"),
        ("media/tay.svg", "<path", "<script/><path", "media/tay.svg:5", "script"),
        ("practice/quet-ma.yaml", "surface: app", "surface: apps", "practice/quet-ma.yaml:15", "Invalid enum value"),
        ("practice/quet-ma.yaml", "id: quet-ma", "id: khac", "practice/quet-ma.yaml:1", "called khac"),
        ("practice/quet-ma.yaml", "name: tay.svg", "name: khong-co", "practice/quet-ma.yaml:20", "no picture khong-co"),
        ("pack.toml", 'lesson = "quet-ma"', 'lesson = "khac"', "pack.toml", "lesson khac"),
        ("pack.toml", 'scenario = "quet-ma"', 'scenario = "khac"', "pack.toml", "scenario khac"),
        ("pack.toml", 'topic = "tra-tien"', 'topic = "khac"', "pack.toml", "topic khac"),
        ("pack.toml", '{ vi = "Quét mã" }', '{ en = "Scan" }', "pack.toml", "no title in vi"),
        ("pack.toml", 'kind = "lessons"', 'kind = "voice"', "pack.toml", "a voice has one language"),
        ("pack.toml", 'kind = "lessons"', 'kind = "lessons"\nengine = ""', "sound", "26 sentences in vi"),
    ],
)  # fmt: skip
def test_a_source_that_is_wrong_builds_nothing_and_says_where(make, tiny, file, old, new, where, what):
    edit(tiny / file, old, new)
    built, library = make()
    assert [area for area, said in refused(built) if what in said] == [where]
    assert library.packs == ()


def test_everything_that_is_wrong_is_said_at_once(make, tiny):
    edit(tiny / "lessons" / "quet-ma.vi.md", "Ba.", "- Ba.")
    edit(tiny / "media" / "tay.svg", "<path", "<text/><path")
    edit(tiny / "practice" / "quet-ma.yaml", "surface: app", "surface: apps")
    built, _ = make()
    areas = {area for area, _ in refused(built)}
    assert {"lessons/quet-ma.vi.md:16", "media/tay.svg:5", "practice/quet-ma.yaml:15"} <= areas


def test_a_picture_that_nobody_shows_is_only_named(make, tiny):
    (tiny / "media" / "thua.svg").write_bytes((tiny / "media" / "tay.svg").read_bytes())
    built, _ = make()
    assert [(finding.area, finding.level) for finding in built.findings] == [("media/thua.svg", Level.WARN)]


def test_a_recording_under_a_wrong_name_is_named(make, tiny):
    (tiny / "lessons" / "quet-ma.vi").mkdir()
    (tiny / "lessons" / "quet-ma.vi" / "muoi.wav").touch()
    built, _ = make()
    assert [(finding.area, finding.level) for finding in built.findings] == [
        ("lessons/quet-ma.vi/muoi.wav", Level.WARN)
    ]


def test_a_voice_says_the_words_that_are_marked_as_spoken(make, tmp_path, monkeypatch):
    folder = tmp_path / "voice"
    folder.mkdir()
    (folder / "pack.toml").write_text(
        'id = "giong"\nkind = "voice"\nlanguages = ["vi"]\ntitle = { vi = "Giọng" }\n', encoding="utf-8"
    )
    words = read_words()
    spoken = frozenset({"bar.done", "bar.topics"})
    catalogue = type(words.catalogues["vi"])(words.catalogues["vi"].words, spoken)
    monkeypatch.setattr(build, "read_words", lambda: type(words)({"vi": catalogue}))
    (folder / "words").mkdir()
    (folder / "words" / "bar.done.wav").write_bytes(say("Xong rồi.", "vi"))
    _, library = make(folder)
    assert library.word_sound("bar.done", "vi").voice == "person"
    assert library.word_sound("bar.topics", "vi").voice == "machine"
    assert library.word_sound("home.first", "vi") is None
