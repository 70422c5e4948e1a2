"""The data partition on a real block device with the real programs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.process import run
from provisioning import card, mbr
from provisioning.card import MIB
from provisioning.first_boot.data import ASIDE, KEPT, MADE, MEMORY, BlockDisk, bring_up

pytestmark = [pytest.mark.root, pytest.mark.needs("losetup", "mkfs.ext4", "e2fsck", "mount")]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[str]:
    path = tmp_path / "card.img"
    with path.open("wb") as file:
        file.write(mbr.render(card.table(7)))
        file.truncate(card.SMALLEST)
    name = run(["losetup", "--find", "--show", "--partscan", path]).out.decode().strip()
    yield name
    run(["umount", tmp_path / "data"], check=False)
    run(["losetup", "--detach", name])


@pytest.fixture
def disk(device: str, tmp_path: Path) -> BlockDisk:
    return BlockDisk(device, str(tmp_path / "data"))


def test_a_new_card_gets_its_file_system_and_what_is_kept_there_stays(disk: BlockDisk, tmp_path: Path) -> None:
    assert bring_up(disk).how == MADE
    assert os.statvfs(tmp_path / "data").f_ffree > 60_000
    (tmp_path / "data/usage.db").write_text("counts")
    run(["umount", tmp_path / "data"])
    assert not (tmp_path / "data/usage.db").exists()
    assert bring_up(disk).how == KEPT
    assert (tmp_path / "data/usage.db").read_text() == "counts"


def test_a_damaged_superblock_is_mended(disk: BlockDisk, device: str, tmp_path: Path) -> None:
    area = bring_up(disk).area
    (tmp_path / "data/usage.db").write_text("counts")
    run(["umount", tmp_path / "data"])
    _wipe(device, area.start, 64 * 1024)
    assert bring_up(disk).how == KEPT
    assert (tmp_path / "data/usage.db").read_text() == "counts"


def test_a_file_system_beyond_help_is_set_aside_and_not_touched(disk: BlockDisk, device: str, tmp_path: Path) -> None:
    former = bring_up(disk).area
    run(["umount", tmp_path / "data"])
    _wipe(device, former.start, former.size)
    with Path(device).open("r+b") as file:
        file.seek(former.start + 100 * MIB)
        file.write(b"what a technician may still find")
    mounted = bring_up(disk)
    assert (mounted.how, mounted.former) == (ASIDE, former)
    (tmp_path / "data/usage.db").write_text("new counts")
    run(["umount", tmp_path / "data"])
    assert bring_up(disk).how == KEPT
    assert (tmp_path / "data/usage.db").read_text() == "new counts"
    with Path(device).open("rb") as file:
        file.seek(former.start + 100 * MIB)
        assert file.read(12) == b"what a techn"


def test_a_card_that_cannot_be_written_any_more_leaves_memory(device: str, disk: BlockDisk, tmp_path: Path) -> None:
    run(["blockdev", "--setro", device])
    try:
        assert bring_up(disk).how == MEMORY
        assert run(["findmnt", "--noheadings", "--output", "FSTYPE", tmp_path / "data"]).out.strip() == b"tmpfs"
    finally:
        run(["blockdev", "--setrw", device])


def _wipe(device: str, start: int, size: int) -> None:
    """As a card forgets: what was there is not there any more."""
    run(
        [
            "dd",
            "if=/dev/zero",
            f"of={device}",
            "bs=1M",
            "oflag=seek_bytes",
            "iflag=count_bytes",
            f"seek={start}",
            f"count={size}",
            "conv=notrunc",
        ]
    )
