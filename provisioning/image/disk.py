"""The image itself: a first sector, the boot partition, the system; the same files give the same bytes."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning import card, mbr
from provisioning.card import BOOT, MIB, SITE, SITE_ROOM, SYSTEM

_COMPRESSED: Final = ("-comp", "zstd", "-b", "128K", "-Xcompression-level")
_WELL, _FAST = "15", "1"


def squash(tree: Path, day: int, out: Path, *, fast: bool = False) -> None:
    """The tree as one read-only file system, packed well or fast."""
    plain = ("-noappend", "-no-progress", "-quiet", "-no-exports", "-all-time", str(day), "-mkfs-time", str(day))
    run(["mksquashfs", tree, out, *plain, *_COMPRESSED, _FAST if fast else _WELL], timeout=3600)


def boot(files: Mapping[str, bytes], day: int, out: Path) -> None:
    """The boot partition with these files in its root, and room for the site file."""
    folder = out.with_suffix(".files")
    folder.mkdir()
    try:
        for name, data in {**files, SITE: b"\n" * SITE_ROOM}.items():
            (folder / name).write_bytes(data)
            os.utime(folder / name, (day, day))
        with out.open("wb") as file:
            file.truncate(BOOT.size)
        dated = {"SOURCE_DATE_EPOCH": str(day), "TZ": "UTC"}
        run(["mkfs.vfat", "-F", "32", "-n", "DOMDOM", "--invariant", out], env=dated)
        run(["mcopy", "-m", "-i", out, *sorted(folder.iterdir()), "::"], env=dated)
    finally:
        shutil.rmtree(folder)


def assemble(boot_partition: Path, system: Path, signature: int, out: Path) -> None:
    """The image: what is not written of it is a hole.

    Raises:
        KioskError: the system is larger than its partition.
    """
    size = system.stat().st_size
    if size > SYSTEM.size:
        raise KioskError(f"hệ thống {size // MIB} MB, phân vùng chỉ {SYSTEM.size // MIB} MB", hint="bỏ bớt gói")
    with out.open("wb") as file:
        file.write(mbr.render(card.table(signature)))
        for partition, content in ((BOOT, boot_partition), (SYSTEM, system)):
            file.seek(partition.start)
            with content.open("rb") as data:
                _copy(data, file)
        file.truncate(SYSTEM.start + -(-size // (4 * MIB)) * 4 * MIB)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    """Copy to where the target stands; what is zero is a hole."""
    while data := source.read(MIB):
        if data.count(0) == len(data):
            target.seek(len(data), os.SEEK_CUR)
        else:
            target.write(data)


def pack(image: Path, out: Path) -> None:
    """The image as one file to hand on; in blocks, so that the number of processors changes no byte."""
    command = 'exec xz --threads=0 --block-size=16MiB -0 --stdout "$0" > "$1"'
    run(["sh", "-c", command, image, out], timeout=1800)
