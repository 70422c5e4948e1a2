import gzip
import os
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.publish import generation

PAGES = {"index.html": b"<p>home</p>" * 50, "bai/p/l/c.vi.html": b"<p>card</p>"}


@pytest.fixture
def media(tmp_path: Path) -> dict[str, Path]:
    sound = tmp_path / "object"
    sound.write_bytes(b"mp3")
    return {"m/0123456789abcdef.mp3": sound}


def test_a_generation_holds_each_page_with_its_gzip_twin_and_links_the_media(tmp_path: Path, media: dict) -> None:
    made = generation.write(tmp_path / "generations", PAGES, media)
    assert (made / "index.html").read_bytes() == PAGES["index.html"]
    assert gzip.decompress((made / "bai/p/l/c.vi.html.gz").read_bytes()) == PAGES["bai/p/l/c.vi.html"]
    assert (made / "m/0123456789abcdef.mp3").samefile(tmp_path / "object")
    assert not (made / "m/0123456789abcdef.mp3.gz").exists()


def test_the_same_content_is_the_same_generation(tmp_path: Path, media: dict) -> None:
    first = generation.write(tmp_path / "g", PAGES, media)
    before = first.stat().st_mtime_ns
    assert generation.write(tmp_path / "g", PAGES, media) == first
    assert first.stat().st_mtime_ns == before
    assert generation.write(tmp_path / "g", {**PAGES, "index.html": b"new"}, media) != first


def test_a_failure_leaves_the_current_generation_in_use(
    tmp_path: Path, media: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, current = tmp_path / "g", tmp_path / "current"
    first = generation.write(folder, PAGES, media)
    generation.switch(current, first)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KioskError, match="No space left"):
        generation.write(folder, {"index.html": b"new"}, media)
    assert current.resolve() == first
    assert [entry.name for entry in folder.iterdir()] == [first.name]


def test_old_generations_and_broken_drafts_go(tmp_path: Path, media: dict) -> None:
    folder, current = tmp_path / "g", tmp_path / "current"
    made = []
    for number in range(4):
        made.append(generation.write(folder, {"index.html": b"%d" % number}, media))
        os.utime(made[-1], (number, number))
    generation.switch(current, made[3])
    (folder / ".0123.new").mkdir()
    generation.prune(folder, current)
    assert sorted(entry.name for entry in folder.iterdir()) == sorted([made[2].name, made[3].name])


def test_the_current_one_stays_even_when_it_is_the_oldest(tmp_path: Path, media: dict) -> None:
    folder, current = tmp_path / "g", tmp_path / "current"
    made = [generation.write(folder, {"index.html": b"%d" % number}, media) for number in range(3)]
    for age, entry in enumerate(made):
        os.utime(entry, (age, age))
    generation.switch(current, made[0])
    generation.prune(folder, current)
    assert made[0].is_dir()
