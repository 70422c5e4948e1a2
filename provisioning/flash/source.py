"""An image on the technician's disk: unpacked once, held to its manifest."""

import hashlib
import lzma
import mmap
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import KioskError
from provisioning import card, mbr
from provisioning.card import BOOT, MIB, SITE, Manifest
from provisioning.flash import fat
from provisioning.flash.fat import Patch

_PACKED: Final = ".xz"


@dataclass(frozen=True, slots=True)
class Image:
    """An image that is what its manifest says.

    Attributes:
        path: of the unpacked file.
        manifest: what it is.
    """

    path: Path
    manifest: Manifest

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes from an offset."""
        with self.path.open("rb") as file:
            return os.pread(file.fileno(), size, offset)

    def with_site(self, text: str) -> list[Patch]:
        """What makes the image that of a site: its file on the boot partition.

        Raises:
            KioskError: there is no room for it.
        """
        found = fat.replace(lambda offset, size: self.read(BOOT.start + offset, size), SITE, text.encode())
        return [Patch(BOOT.start + each.offset, each.data) for each in found]


def find(folder: Path) -> Path:
    """The youngest image in a folder, as `provision image` leaves them.

    Raises:
        KioskError: there is none.
    """
    found = sorted(folder.glob("*.img.xz"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise KioskError(f"{folder} chưa có ảnh thẻ", hint="dựng trước: provision image, hoặc chỉ ra bằng --image")
    return found[-1]


def open_image(path: Path) -> Image:
    """The image of a file `.img` or `.img.xz`, with its manifest `.json` beside it.

    Raises:
        KioskError: no manifest, no room to unpack, or other bytes than the manifest says.
    """
    plain = path.with_suffix("") if path.suffix == _PACKED else path
    beside = plain.with_suffix(".json")
    if not beside.exists():
        raise KioskError(f"không có {beside.name} bên cạnh ảnh", hint="chép cả tệp .json mà provision image ghi ra")
    manifest = card.manifest(beside.read_text(encoding="utf-8"), beside.name)
    if path.suffix == _PACKED and not (plain.exists() and plain.stat().st_size == manifest.size):
        _unpack(path, plain)
    return _checked(plain, manifest)


def _unpack(path: Path, plain: Path) -> None:
    draft = plain.with_suffix(".part")
    try:
        with lzma.open(path) as packed, draft.open("wb") as file:
            shutil.copyfileobj(packed, file, MIB)
        draft.replace(plain)
    except (lzma.LZMAError, EOFError) as wrong:
        raise KioskError(f"{path.name} bị cắt cụt hoặc hỏng", hint="chép lại tệp ấy") from wrong
    finally:
        draft.unlink(missing_ok=True)


def _checked(path: Path, manifest: Manifest) -> Image:
    if path.stat().st_size != manifest.size or _digest(path) != manifest.sha256:
        raise KioskError(f"{path.name} khác với {path.stem}.json", hint="chép lại cả hai tệp từ nơi đã dựng")
    image = Image(path, manifest)
    if mbr.parse(image.read(0, mbr.SECTOR)).partitions[0] != BOOT:
        raise KioskError(f"{path.name} không phải ảnh thẻ Đom Đóm", hint="dựng lại: provision image")
    return image


def _digest(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as whole:
        return hashlib.sha256(whole).hexdigest()
