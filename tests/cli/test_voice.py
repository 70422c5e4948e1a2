import pytest
from click.testing import CliRunner

from kiosk.cli import voice as commands
from kiosk.cli.main import kiosk
from kiosk.errors import KioskError
from kiosk.narration.shelf import Shelf
from kiosk.sound import Speech
from tests.support.voices import hum, said, speak


@pytest.fixture
def run(house, monkeypatch):
    """Runs a command of that house, its sitting as named."""
    monkeypatch.setattr(commands.settings, "read", lambda: house)
    house.run.mkdir()

    def command(*words, sitting="morning", **options):
        monkeypatch.setattr(commands, "_sitting", lambda: sitting)
        done = CliRunner().invoke(kiosk, ["voice", *words], **options)
        if isinstance(done.exception, KioskError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return command


@pytest.fixture
def recording(tmp_path, monkeypatch):
    """A file that is taken for speech."""
    monkeypatch.setattr("kiosk.narration.desk.prepare", lambda source: Speech(hum()))
    file = tmp_path / "said.wav"
    file.touch()
    return str(file)


def test_a_language_goes_from_its_frame_to_the_pages(house, run, recording):
    assert "sentences until it is offered" in run("new", "blt")
    assert "nothing changed" in run("new", "blt")
    first = [line.split(maxsplit=1)[0] for line in run("list", "blt", "--missing").splitlines()[:-1]]
    assert first == [str(number) for number in range(1, len(said(house, "blt").first()) + 1)]
    for number in first:
        run("record", "blt", number, recording)
    assert "no" not in run("list", "blt", "--missing").splitlines()[0].split()[0]
    assert f"{len(first)} approved" in run("approve", "blt", "--heard", sitting="evening")
    assert "enough to be offered" in run("list", "blt")
    assert (house.current / "home.blt.html").exists()


def test_who_recorded_cannot_approve(house, run, recording):
    run("record", "blt", "home.first", recording)
    with pytest.raises(KioskError, match="same sitting"):
        run("approve", "blt", "--heard")
    with pytest.raises(KioskError, match="nothing waits"):
        run("approve", "blt", "2", sitting="evening")
    assert Shelf(house.voices).read("blt").approved == ()


def test_what_the_second_person_finds_wrong_is_recorded_again(house, run, recording, monkeypatch):
    heard = []
    monkeypatch.setattr(commands.process, "run", lambda command: heard.append(command[-1]))
    run("record", "blt", "home.first", recording)
    assert "0 approved" in run("approve", "blt", sitting="evening", input="n\n")
    assert [path.suffix for path in heard] == [".mp3"]
    assert Shelf(house.voices).read("blt").takes == ()


def test_voices_are_carried_thanked_and_merged(house, run, tmp_path):
    speak(house, "blt", said(house, "blt").first())
    assert "Bà Ín" in run("thank", "blt", "Bà Ín")
    pack = run("export", "blt", "-o", str(tmp_path / "stick")).strip()
    assert "0 of" in run("merge", pack)
    with pytest.raises(KioskError, match="nothing is approved"):
        run("export", "twh")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("new", "xyz"), "no language has the code 'xyz'"),
        (("list", "xyz"), "no language has the code 'xyz'"),
        (("list", "blt", "--path", "khong-co"), "no path 'khong-co'"),
        (("record", "blt", "9999", __file__), "no sentence '9999'"),
        (("record", "blt", "card:x/y", __file__), "no sentence"),
        (("merge", __file__), "is refused"),
    ],
)
def test_what_there_is_not_is_refused_in_one_line(run, words, why):
    with pytest.raises(KioskError, match=why) as refused:
        run(*words)
    assert refused.value.hint


@pytest.mark.needs("ffmpeg")
def test_a_microphone_that_is_not_there_is_said(run):
    with pytest.raises(KioskError, match="microphone"):
        run("record", "blt", "home.first", "--device", "khong-co-mic", input="\n")
