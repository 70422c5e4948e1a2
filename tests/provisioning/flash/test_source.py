"""An image on the technician's disk."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from kiosk.errors import KioskError
from provisioning.card import BOOT, Manifest, render
from provisioning.flash import source

pytestmark = pytest.mark.needs("mkfs.vfat", "mcopy")


def _copied(image: Path, folder: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(image.parent / name, folder / name)
    return folder / names[0]


def test_a_packed_image_is_unpacked_once_and_is_what_its_manifest_says(image: Path, tmp_path: Path) -> None:
    packed = _copied(image, tmp_path, "domdom-thu.img.xz", "domdom-thu.json")
    opened = source.open_image(packed)
    assert opened.path == tmp_path / "domdom-thu.img"
    packed.write_bytes(b"")
    assert source.open_image(packed).manifest.id == "domdom-thu"


def test_what_a_site_changes_lies_on_the_boot_partition(image: Path, plain: str) -> None:
    patches = source.open_image(image).with_site(plain)
    assert any(plain.encode()[:40] in patch.data for patch in patches)
    assert all(BOOT.start <= patch.offset < BOOT.end for patch in patches)


def test_an_image_without_its_manifest_is_refused(image: Path, tmp_path: Path) -> None:
    with pytest.raises(KioskError, match=r"không có domdom-thu\.json"):
        source.open_image(_copied(image, tmp_path, "domdom-thu.img.xz"))


def test_a_packed_image_that_was_cut_short_is_told(image: Path, tmp_path: Path) -> None:
    packed = _copied(image, tmp_path, "domdom-thu.img.xz", "domdom-thu.json")
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(KioskError, match="bị cắt cụt"):
        source.open_image(packed)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["domdom-thu.img.xz", "domdom-thu.json"]


def test_another_file_under_the_image_s_name_is_refused(image: Path, tmp_path: Path) -> None:
    path = tmp_path / "domdom-thu.img"
    _copied(image, tmp_path, "domdom-thu.json")
    path.write_bytes(b"raspios" * 1000)
    with pytest.raises(KioskError, match="khác với"):
        source.open_image(path)


def test_a_foreign_image_with_a_manifest_of_its_own_is_refused(tmp_path: Path) -> None:
    data = bytes(510) + b"\x55\xaa" + bytes(512)
    path = tmp_path / "other.img"
    path.write_bytes(data)
    manifest = Manifest("o", "trixie", "2026-11-22", False, (), len(data), hashlib.sha256(data).hexdigest(), 0)
    path.with_suffix(".json").write_text(render(manifest))
    with pytest.raises(KioskError, match="không phải ảnh thẻ"):
        source.open_image(path)


def test_the_youngest_image_of_a_folder_is_taken(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="chưa có ảnh"):
        source.find(tmp_path)
    for age, name in enumerate(("old.img.xz", "new.img.xz")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (age, age))
    assert source.find(tmp_path).name == "new.img.xz"
