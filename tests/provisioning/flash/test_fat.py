"""One file of a FAT32 partition given other bytes; mtools and fsck judge the result."""

from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning.flash import fat

ROOM = 64 * 1024


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fat")
    path, filler = folder / "volume", folder / "site.toml"
    with path.open("wb") as file:
        file.truncate(252 << 20)
    run(["mkfs.vfat", "-F", "32", "--invariant", path])
    filler.write_bytes(b"\n" * ROOM)
    (folder / "another file with a long name.txt").write_text("stays")
    run(["mcopy", "-i", path, folder / "another file with a long name.txt", filler, "::"])
    return path


def _replaced(volume: Path, target: Path, data: bytes) -> Path:
    run(["cp", "--sparse=always", volume, target])
    with target.open("r+b") as file:
        for patch in fat.replace(lambda offset, size: _read(volume, offset, size), "site.toml", data):
            file.seek(patch.offset)
            file.write(patch.data)
    return target


def _read(path: Path, offset: int, size: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(size)


@pytest.mark.needs("mkfs.vfat", "mcopy", "fsck.vfat")
@pytest.mark.parametrize("length", [1, 700, 4096, 5000, ROOM])
def test_the_file_holds_the_new_bytes_and_the_file_system_is_whole(volume: Path, tmp_path: Path, length: int) -> None:
    data = bytes(33 + number % 90 for number in range(length))
    changed = _replaced(volume, tmp_path / "volume", data)
    assert run(["mtype", "-i", changed, "::site.toml"]).out == data
    assert run(["mtype", "-i", changed, "::another file with a long name.txt"]).out == b"stays"
    checked = run(["fsck.vfat", "-n", changed], check=False)
    assert checked.code == 0, checked.out.decode()


@pytest.mark.needs("mkfs.vfat", "mcopy")
def test_more_than_there_is_room_for_is_refused(volume: Path) -> None:
    with pytest.raises(KioskError, match="thẻ chỉ dành 65536"):
        fat.replace(lambda offset, size: _read(volume, offset, size), "site.toml", b"x" * (ROOM + 1))


@pytest.mark.needs("mkfs.vfat", "mcopy")
def test_a_file_that_is_not_there_is_told(volume: Path) -> None:
    with pytest.raises(KioskError, match=r"không có site2\.toml"):
        fat.replace(lambda offset, size: _read(volume, offset, size), "site2.toml", b"x")


def test_what_is_no_fat32_is_refused() -> None:
    with pytest.raises(KioskError, match="không phải FAT32"):
        fat.replace(lambda _offset, size: bytes(size), "site.toml", b"x")
