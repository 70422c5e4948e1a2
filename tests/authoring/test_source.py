import pytest

from kiosk.authoring import source
from kiosk.errors import KioskError


def change(folder, old, new):
    path = folder / "pack.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_source_folder_is_read(tiny):
    read = source.read(tiny)
    assert read.pack.id == "tiny"
    assert [(lesson, lang) for lesson, lang, _ in read.lesson_files()] == [("quet-ma", "vi")]
    assert [path.name for path in read.scenario_files()] == ["quet-ma.yaml"]
    assert [row.id for row in read.pack.rows] == ["tra-tien", "quet-ma"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"tra-tien"\ntitle', '"Trả tiền"\ntitle', "pack.toml: .*topic"),
        ("gold", "red", "colour"),
        ('"tay.svg"\n\n', '"../tay.svg"\n\n', "picture"),
        ('languages = ["vi"]', 'languages = ["xx"]', "language xx"),
        ('kind = "lessons"', 'kind = "code"', "kind"),
        ('kind = "lessons"', "kind = ", "pack.toml"),
        ('kind = "lessons"', 'kind = "lessons"\ncolour = "x"', "unknown field"),
    ],
)
def test_a_wrong_pack_toml_is_refused_by_its_name(tiny, old, new, said):
    change(tiny, old, new)
    with pytest.raises(KioskError, match=said):
        source.read(tiny)


def test_a_folder_without_pack_toml_is_refused(tmp_path):
    with pytest.raises(KioskError, match=r"no pack\.toml"):
        source.read(tmp_path)


@pytest.mark.parametrize("name", ["quet-ma.md", "quet-ma.en.md", "vi.md"])
def test_a_lesson_must_be_named_with_a_language_of_the_pack(tiny, name):
    (tiny / "lessons" / name).write_text("---\ntitle: x\n---\n", encoding="utf-8")
    with pytest.raises(KioskError, match=name):
        list(source.read(tiny).lesson_files())


def test_a_recording_is_found_in_any_form_but_not_in_two(tiny):
    folder = tiny / "lessons" / "quet-ma.vi"
    folder.mkdir()
    read = source.read(tiny)
    assert read.recording("lessons", "quet-ma.vi", "mot") is None
    (folder / "mot.ogg").touch()
    assert read.recording("lessons", "quet-ma.vi", "mot") == folder / "mot.ogg"
    (folder / "mot.wav").touch()
    with pytest.raises(KioskError, match="two forms"):
        read.recording("lessons", "quet-ma.vi", "mot")
