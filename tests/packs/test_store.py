import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.packs.library import Library
from kiosk.packs.store import Store
from tests.packs.made import FILES, entry, lesson_bytes, packed, sealed, tree, whole

NEWER = {**FILES, "lessons/quet-ma.vi.json": lesson_bytes("vi", "Giữ yên tay.")}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The same pack with one changed file."""
    path = tmp_path / "newer.pack"
    path.write_bytes(packed(whole(files=tuple(entry(name, data) for name, data in NEWER.items())), NEWER))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "packs")


def test_an_installed_pack_is_found_with_every_file(store, pack):
    manifest = store.install(pack)
    library = Library.open(store.folder)
    assert library.packs == (manifest,)
    assert {path: library.read("thu", path) for path in FILES} == FILES


def test_a_newer_version_takes_the_place_of_the_older(store, pack, newer):
    store.install(pack)
    manifest = store.install(newer)
    library = Library.open(store.folder)
    assert library.packs == (manifest,)
    assert library.read("thu", "lessons/quet-ma.vi.json") == NEWER["lessons/quet-ma.vi.json"]


def test_installing_twice_changes_nothing(store, pack):
    store.install(pack)
    before = tree(store.folder)
    store.install(pack)
    assert tree(store.folder) == before


def test_a_file_of_two_packs_lies_there_once(store, pack, tmp_path):
    store.install(pack)
    before = set(tree(store.folder))
    other = tmp_path / "other.pack"
    other.write_bytes(packed(whole(id="khac"), FILES))
    store.install(other)
    assert set(tree(store.folder)) - before == {"installed/khac.json"}


@pytest.mark.parametrize("damage", [lambda data: data[:-9000], lambda data: data.replace(b"noi", b"nghe", 1)])
def test_a_refused_pack_leaves_the_store_as_it_was(store, pack, newer, damage):
    store.install(pack)
    before = tree(store.folder)
    newer.write_bytes(damage(newer.read_bytes()))
    with pytest.raises(KioskError):
        store.install(newer)
    assert tree(store.folder) == before


def test_a_refused_pack_does_not_even_make_the_store(store, pack):
    pack.write_bytes(pack.read_bytes()[:-9000])
    with pytest.raises(KioskError):
        store.install(pack)
    assert not store.folder.exists()


def test_a_stick_that_changes_between_two_readings_installs_nothing(store, pack, newer, monkeypatch):
    store.install(pack)
    before = tree(store.folder)
    monkeypatch.setattr("kiosk.packs.archive.verify", lambda path: None)
    newer.write_bytes(newer.read_bytes()[:-9000])
    with pytest.raises(KioskError):
        store.install(newer)
    assert Library.open(store.folder).packs == (whole(),)
    assert tree(store.folder) == before


def test_a_full_disk_is_said_in_a_line(store, pack, newer, monkeypatch):
    store.install(pack)
    before = tree(store.folder)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KioskError, match="No space left") as wrong:
        store.install(newer)
    assert "make room" in wrong.value.hint
    assert tree(store.folder) == before


def test_a_damaged_file_is_noticed_and_healed_by_installing_again(store, pack):
    store.install(pack)
    library = Library.open(store.folder)
    library.file("thu", "pictures/aa.svg").write_bytes(b"<svg/>")
    with pytest.raises(KioskError, match="damaged on this disk"):
        library.read("thu", "pictures/aa.svg")
    store.install(pack)
    assert library.read("thu", "pictures/aa.svg") == FILES["pictures/aa.svg"]


def test_sweeping_takes_only_what_no_pack_speaks_of(store, pack, newer):
    store.install(pack)
    assert store.sweep() == 0
    manifest = store.install(newer)
    assert store.sweep() == 1
    assert [file for file in manifest.files if not store.object(file.sha256).exists()] == []


def test_a_removed_pack_is_gone_and_removing_it_again_says_so(store, pack):
    store.install(pack)
    store.remove("thu")
    assert Library.open(store.folder).packs == ()
    with pytest.raises(KioskError, match="not installed"):
        store.remove("thu")


def install_and_die(store: Store, pack: Path, after: int) -> bool:
    """Install in a child that is killed before the given line of the store is run; whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = after

        def lines(frame, event, _arg):
            nonlocal left
            left -= event == "line"
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return lines

        sys.settrace(lambda frame, *_: lines if frame.f_code.co_filename.endswith("packs/store.py") else None)
        store.install(pack)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_a_kill_before_any_line_leaves_the_old_pack_or_the_new_one(store, pack, newer, tmp_path):
    old = store.install(pack)
    new = Store(tmp_path / "else").install(newer)
    shutil.copytree(store.folder, tmp_path / "before")
    seen = []
    for after in range(10_000):
        shutil.rmtree(store.folder)
        shutil.copytree(tmp_path / "before", store.folder)
        ended = install_and_die(store, newer, after)
        library = Library.open(store.folder)
        assert library.packs in ((old,), (new,))
        assert library.findings == ()
        for file in library.packs[0].files:
            library.read("thu", file.path)
        seen.append(library.packs[0].version)
        if ended:
            break
    assert len(seen) > 60
    assert set(seen) == {old.version, new.version}
    assert seen == sorted(seen, key=[old.version, new.version].index)


def test_what_a_kill_left_behind_is_cleared_by_the_next_installation(store, pack, newer):
    store.install(pack)
    assert not install_and_die(store, newer, 70)
    store.install(newer)
    assert not (store.folder / "incoming").exists()
    assert Library.open(store.folder).read("thu", "lessons/quet-ma.vi.json") == NEWER["lessons/quet-ma.vi.json"]


def test_an_empty_pack_is_installed(store, tmp_path):
    path = tmp_path / "empty.pack"
    path.write_bytes(packed(sealed(), {}))
    assert store.install(path).files == ()
