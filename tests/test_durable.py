"""A file in one piece: the old one or the new, and nothing left beside it."""

import os
import stat
from pathlib import Path

import pytest

from kiosk import durable


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("lasting", [True, False])
def test_bytes_take_the_place_of_others(tmp_path: Path, lasting: bool) -> None:
    file = tmp_path / "a.json"
    for data in (b"old", b"new"):
        durable.replace(file, data, lasting=lasting)
        assert (file.read_bytes(), names(tmp_path)) == (data, ["a.json"])


def test_a_mode_is_as_told_whatever_the_process_gives(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        durable.replace(tmp_path / "a", b"", lasting=False, mode=0o644)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_what_a_power_cut_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".a.new").write_bytes(b"ha")
    durable.replace(tmp_path / "a", b"whole")
    assert names(tmp_path) == ["a"]


def test_only_what_must_last_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = list[int]()
    monkeypatch.setattr(os, "fsync", waited.append)
    durable.replace(tmp_path / "memory", b"", lasting=False)
    assert not waited
    durable.replace(tmp_path / "card", b"")
    assert len(waited) == 2  # the file, then its name


def test_a_disk_that_refuses_leaves_the_old_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        durable.replace(tmp_path / "a", b"new")
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (b"old", ["a"])
