"""A card or a file, open for writing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning.card import MIB
from provisioning.flash.target import BLOCK, Disk, make_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "card.img"
    make_file(path, 64 * MIB)
    return path


@pytest.fixture
def loop(file: Path) -> Iterator[Path]:
    """A block device, as a card is one."""
    name = run(["losetup", "--find", "--show", file]).out.decode().strip()
    yield Path(name)
    run(["losetup", "--detach", name])


def test_what_is_written_to_a_file_is_read_back(file: Path) -> None:
    target = Disk(file)
    target.write(BLOCK, b"x" * BLOCK)
    target.sync()
    assert target.size == 64 * MIB
    assert target.read(0, 2 * BLOCK) == bytes(BLOCK) + b"x" * BLOCK
    target.close()


def test_reading_behind_the_end_gives_less_and_not_what_was_there_before(file: Path) -> None:
    target = Disk(file)
    assert target.read(64 * MIB - BLOCK, 2 * BLOCK) == bytes(BLOCK)
    target.close()


@pytest.mark.root
@pytest.mark.needs("losetup")
def test_a_block_device_is_written_and_read_past_the_kernel_s_memory(loop: Path, file: Path) -> None:
    target = Disk(loop)
    target.write(MIB, b"y" * MIB)
    target.sync()
    assert target.size == 64 * MIB
    assert target.read(MIB, MIB) == b"y" * MIB
    target.close()
    assert file.read_bytes()[MIB : 2 * MIB] == b"y" * MIB


@pytest.mark.root
@pytest.mark.needs("losetup", "mkfs.ext4", "mount")
def test_the_kernel_refuses_a_card_that_is_mounted(loop: Path, tmp_path: Path) -> None:
    run(["mkfs.ext4", "-q", loop])
    place = tmp_path / "place"
    place.mkdir()
    run(["mount", loop, place])
    try:
        with pytest.raises(KioskError, match="đang được dùng"):
            Disk(loop)
    finally:
        run(["umount", place])
    Disk(loop).close()


def test_a_card_that_is_gone_is_told_as_the_system_says_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Disk(tmp_path / "sdz")
