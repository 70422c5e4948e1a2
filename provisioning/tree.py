"""A rendered site on a disk: `site.toml` and `rootfs/`, laid out as on the target."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError

SITE, ROOT = "site.toml", "rootfs"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file of the target; its owner is root."""

    text: str
    mode: int = 0o644
    group: str = "root"


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds: the site file's text, empty when there is none, and path ("etc/hosts") -> text."""

    site: str
    files: Mapping[str, str]


def lay(folder: Path, site: str, files: Mapping[str, tuple[str, int]]) -> Path:
    """Write the site file and path -> (text, mode) into the folder, in place of what was rendered there before.

    Returns:
        the root of the tree.

    Raises:
        KioskError: the folder holds other things, or a path leads out of it.
    """
    root = folder / ROOT
    strangers = (
        sorted(each.name for each in folder.iterdir() if each.name not in (SITE, ROOT)) if folder.exists() else []
    )
    if strangers:
        raise KioskError(f"{folder} có thứ khác: {strangers[0]}", hint="chọn thư mục trống")
    shutil.rmtree(root, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / SITE, site, mode=_PRIVATE)
    for path, (text, mode) in files.items():
        target = root / path.lstrip("/")
        if not target.resolve().is_relative_to(root.resolve()):
            raise KioskError(f"{path} nằm ngoài thư mục", hint="báo lỗi này cho người viết mẫu")
        target.parent.mkdir(parents=True, exist_ok=True)
        save(target, text, mode=mode)
    return root


def save(path: Path, text: str, *, mode: int = _PRIVATE) -> None:
    """Write a file whose mode never was wider than it is in the end."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as file:
        file.write(text)
        os.fchmod(file.fileno(), mode)
    draft.replace(path)


def look(folder: Path) -> Tree:
    """What `lay` wrote, or a bare root.

    Raises:
        KioskError: there is no rendered tree, or a file of it is no text.
    """
    root = root_of(folder)
    site = folder / SITE
    try:
        files = {
            path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        return Tree(site.read_text(encoding="utf-8") if site.is_file() else "", files)
    except (OSError, UnicodeDecodeError) as wrong:
        raise KioskError(f"không đọc được {folder}: {wrong}", hint="dựng lại: provision render") from wrong


def root_of(folder: Path) -> Path:
    """The root of the tree in the folder, or the folder itself where it is one.

    Raises:
        KioskError: neither.
    """
    root = folder / ROOT if (folder / ROOT).is_dir() else folder
    if not (root / "etc").is_dir():
        raise KioskError(f"{folder} không có hệ thống đã dựng", hint="dựng trước: provision render SITE -o DIR")
    return root
