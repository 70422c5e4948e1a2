"""The image itself."""

import shutil
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning import card, mbr
from provisioning.card import BOOT, MIB, SYSTEM
from provisioning.image import disk
from provisioning.image.papers import digest

DAY = 1763769600
FILES = {"cmdline.txt": b"domdom.image=x\n", "vmlinuz": b"kernel" * 100_000}


@pytest.fixture(scope="module")
def boot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("disk") / "boot.vfat"
    disk.boot(FILES, DAY, path)
    return path


@pytest.mark.needs("mkfs.vfat", "mcopy", "fsck.vfat")
def test_the_boot_partition_holds_its_files_and_room_for_a_site(boot: Path) -> None:
    assert run(["mtype", "-i", boot, "::vmlinuz"]).out == FILES["vmlinuz"]
    assert run(["mtype", "-i", boot, "::site.toml"]).out == b"\n" * card.SITE_ROOM
    assert run(["fsck.vfat", "-n", boot], check=False).code == 0


@pytest.mark.needs("mkfs.vfat", "mcopy")
def test_the_same_files_give_the_same_boot_partition(boot: Path, tmp_path: Path) -> None:
    disk.boot(dict(reversed(FILES.items())), DAY, tmp_path / "again")
    assert digest(tmp_path / "again") == digest(boot)


@pytest.mark.needs("mksquashfs")
def test_the_same_tree_gives_the_same_system_whenever_its_files_were_written(tmp_path: Path) -> None:
    found = set()
    for name in ("one", "two"):
        tree = tmp_path / name
        (tree / "etc").mkdir(parents=True)
        (tree / "etc/hosts").write_text("127.0.0.1 localhost\n" * 5000)
        shutil.copystat(Path("/"), tree / "etc") if name == "two" else None
        disk.squash(tree, DAY, tmp_path / f"{name}.squashfs")
        found.add(digest(tmp_path / f"{name}.squashfs"))
    assert len(found) == 1


@pytest.mark.needs("mkfs.vfat", "mcopy")
def test_the_image_has_its_parts_where_the_table_says(boot: Path, tmp_path: Path) -> None:
    system = tmp_path / "system"
    system.write_bytes(b"hsqs" + bytes(3 * MIB) + b"end")
    image = tmp_path / "image"
    disk.assemble(boot, system, 0xABCD, image)
    with image.open("rb") as file:
        assert mbr.parse(file.read(512)) == card.table(0xABCD)
        file.seek(BOOT.start)
        assert file.read(3)[0] == 0xEB
        file.seek(SYSTEM.start)
        assert file.read(len(b"hsqs")) == b"hsqs"
        assert b"end" in file.read()
    assert image.stat().st_size % (4 * MIB) == 0
    assert image.stat().st_blocks * 512 < 16 * MIB


def test_a_system_larger_than_its_partition_is_told(tmp_path: Path) -> None:
    with (tmp_path / "system").open("wb") as file:
        file.truncate(SYSTEM.size + 1)
    with pytest.raises(KioskError, match="768 MB"):
        disk.assemble(tmp_path / "boot", tmp_path / "system", 1, tmp_path / "image")


@pytest.mark.needs("xz")
def test_an_image_is_packed_to_the_same_bytes_and_back(tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(bytes(40 * MIB) + b"end")
    for name in ("one.xz", "two.xz"):
        disk.pack(tmp_path / "image", tmp_path / name)
    assert digest(tmp_path / "one.xz") == digest(tmp_path / "two.xz")
    assert run(["xz", "--decompress", "--stdout", tmp_path / "one.xz"]).out.endswith(b"end")
