"""A path is made by content/HUONG-DAN.md alone: its commands and its files, in their order, to the letter."""

import re
import shlex
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from kiosk.authoring import new
from kiosk.cli import content
from kiosk.cli.preview import TURN, Preview
from kiosk.errors import KioskError

GUIDE = Path(__file__).resolve().parents[2] / "content" / "HUONG-DAN.md"
BLOCK = re.compile(r"^(`{3,})(sh|markdown|yaml)\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`(content/[^`]+\.(?:md|yaml))`")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty desk, and a house of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KIOSK_RUN", str(tmp_path / "run"))
    return tmp_path


def run(line):
    """A command of the guide; what it printed."""
    program, group, *rest = shlex.split(line)
    assert program == "kiosk"
    words = [str(found) for word in rest for found in (sorted(Path().glob(word)) if "*" in word else [word])]
    command = {"pack": content.pack, "publish": content.publish}[group]
    done = CliRunner().invoke(command, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def follow(text):
    """Every block of the guide: a command is given, a file is written where the words above it say."""
    said = []
    for found in BLOCK.finditer(text):
        kind, body = found[2], found[3]
        if kind != "sh":
            Path(NAMED.findall(text[: found.start()])[-1]).write_text(body, encoding="utf-8")
        elif " preview " not in body:
            said.append(run(body.strip()))
    return "".join(said)


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_a_path_is_made_by_the_guide_to_the_letter(desk):
    text = GUIDE.read_text(encoding="utf-8").replace("\nkiosk publish\n```", "\n```\n\n```sh\nkiosk publish\n```")
    said = follow(text)
    assert "FAIL" not in said
    assert "WARN" not in said
    made = desk / "data" / "current"
    assert "Làm chữ to" in (made / "topics.vi.html").read_text(encoding="utf-8")
    path = (made / "bai/xa-minh/chu-to.vi.html").read_text(encoding="utf-8")
    assert "bai/xa-minh/chu-to/mat-kem.vi.html" in path
    lesson = {page.name.partition(".")[0] for page in (made / "bai/xa-minh/chu-to").glob("*.html")}
    assert {"mat-kem", "hoi-keo", "ben-phai", "bo-may"} < lesson
    assert len(lesson) == 5 + 3 + 6


@pytest.mark.needs("espeak-ng", "ffmpeg")
def test_a_preview_shows_what_was_saved_and_what_is_wrong_over_the_last_pages(desk):
    run('kiosk pack new xa-minh chu-to --title "Làm chữ to"')
    lesson = desk / "xa-minh" / "lessons" / "chu-to.vi.md"
    preview = Preview(desk / "xa-minh", desk / "house", desk / "speech")
    preview.settings.run.mkdir(parents=True)
    assert preview.look() == ()
    client = Client(preview.app())

    def page():
        return client.get("/bai/xa-minh/chu-to/viec-mot.vi.html", headers={"Accept-Encoding": "gzip"})

    assert list(preview.pages()) == ["bai/xa-minh/chu-to.vi.html"]
    assert "Việc thứ nhất" in page().text
    assert TURN in page().text
    assert client.get(TURN).json == {"turn": 1, "problem": ""}
    before = preview.stamp()
    time.sleep(0.01)
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("Việc thứ nhất mình", "Trước hết mình"), "utf-8")
    assert preview.stamp() != before
    preview.look()
    assert "Trước hết" in page().text
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("Trước hết", "<b>Trước"), "utf-8")
    preview.look()
    assert client.get(TURN).json["turn"] == 3
    assert "lessons/chu-to.vi.md:17: HTML in a lesson" in client.get(TURN).json["problem"]
    assert "Trước hết" in page().text


@pytest.mark.parametrize(
    ("lesson", "title", "topic", "said"),
    [
        ("Bài 1", "Bài", "", "'Bài 1' is no id"),
        ("a" * 40, "Bài", "", "is no id"),
        ("hai", " ", "", "the title is empty"),
        ("hai", "Bài\nhai", "", "line break"),
        ("hai", "Bài hai", "khong-co", "there is no topic 'khong-co'"),
        ("mot", "Bài một", "", "the path mot is there already"),
        ("ba", "Bài ba", "", "ba.vi.md is there already"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_written(tmp_path, lesson, title, topic, said):
    folder = tmp_path / "xa-minh"
    new.add(folder, "mot", 'Bài "một"')
    (folder / "lessons" / "ba.vi.md").write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(KioskError) as refused:
        new.add(folder, lesson, title, topic)
    assert said in refused.value.message
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
