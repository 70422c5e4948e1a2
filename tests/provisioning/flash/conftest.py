"""A small image as `provision image` leaves it: a real FAT32 with room for the site, and a bit of system."""

import hashlib
import lzma
from pathlib import Path

import pytest

from kiosk.process import run
from provisioning import card, mbr
from provisioning.card import BOOT, MIB, SYSTEM, Manifest


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked image, with its manifest and its packed form beside it."""
    folder = tmp_path_factory.mktemp("image")
    path, volume, filler = folder / "domdom-thu.img", folder / "boot", folder / "site.toml"
    with volume.open("wb") as file:
        file.truncate(BOOT.size)
    filler.write_bytes(b"\n" * card.SITE_ROOM)
    run(["mkfs.vfat", "-F", "32", "--invariant", volume])
    run(["mcopy", "-i", volume, filler, "::"])
    with path.open("wb") as file:
        file.write(mbr.render(card.table(0x1234ABCD)))
        file.seek(SYSTEM.start)
        file.write(b"system" * 1000)
        file.truncate(SYSTEM.start + 4 * MIB)
    run(["dd", f"if={volume}", f"of={path}", "bs=4M", "seek=1", "conv=notrunc,sparse", "status=none"])
    volume.unlink()
    data = path.read_bytes()
    manifest = Manifest(
        id="domdom-thu", suite="trixie", day="2026-11-22", touchscreen=False, models=("pi-3b", "pi-4b"),
        size=len(data), sha256=hashlib.sha256(data).hexdigest(), packages=0,
    )  # fmt: skip
    path.with_suffix(".json").write_text(card.render(manifest), encoding="utf-8")
    (folder / "domdom-thu.img.xz").write_bytes(lzma.compress(data, preset=0))
    return path
