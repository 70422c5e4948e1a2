"""A generation: every page and every sound that phones may ask for, in a folder of its own, complete before it is seen.

Its name follows from its content, so publishing twice changes nothing; one link says which generation is current.
"""

import gzip
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kiosk.durable import sync
from kiosk.errors import KioskError

# Media are compressed already, and byte ranges need the plain file.
_TWINNED = (".html", ".htm", ".svg", ".json", ".js")
_KEPT = 2  # the current one, and the one before it for whoever is still reading


def name(pages: Mapping[str, bytes], media: Mapping[str, Path]) -> str:
    """The generation's name: 16 hex digits over its addresses and bytes; media are named by their content already."""
    digest = hashlib.sha256()
    for address in sorted(pages):
        digest.update(f"{address}\0{hashlib.sha256(pages[address]).hexdigest()}\n".encode())
    for address in sorted(media):
        digest.update(f"{address}\n".encode())
    return digest.hexdigest()[:16]


def write(folder: Path, pages: Mapping[str, bytes], media: Mapping[str, Path]) -> Path:
    """Write a generation under `folder`, each text with its gzip twin, unless it is there already.

    Args:
        folder: where generations live.
        pages: address without the leading slash -> bytes.
        media: address -> the file to link (or to copy from another file system).

    Returns:
        Its folder, complete and on the card.

    Raises:
        KioskError: it cannot be written; the generations before it stay as they were.
    """
    done = folder / name(pages, media)
    if done.is_dir():
        return done
    draft = folder / f".{done.name}.new"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for address, data in pages.items():
            _page(draft / address, data)
        for address, source in media.items():
            _link(draft / address, source)
        _sync_tree(draft)
        draft.rename(done)
        sync(folder)
    except OSError as failed:
        shutil.rmtree(draft, ignore_errors=True)
        raise KioskError(
            f"the pages could not be written: {failed.strerror}", hint="free some space; the last ones stay in use"
        ) from failed
    return done


def switch(current: Path, generation: Path) -> None:
    """Make a generation the current one, in one step."""
    draft = current.with_name(f".{current.name}.new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(generation, current.parent))
    draft.replace(current)
    sync(current.parent)


def prune(folder: Path, current: Path) -> None:
    """Remove the generations that nobody reads any more, the newest kept, and drafts that a power cut left."""
    in_use = current.resolve()
    done = [entry for entry in folder.iterdir() if entry.is_dir() and entry.resolve() != in_use]
    drafts = [entry for entry in done if entry.name.startswith(".")]
    old = sorted((entry for entry in done if entry not in drafts), key=lambda entry: entry.stat().st_mtime)
    for entry in [*drafts, *old[: max(0, len(old) - _KEPT + 1)]]:
        shutil.rmtree(entry, ignore_errors=True)


def _page(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if path.suffix in _TWINNED:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))


def _link(path: Path, source: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, path)


def _sync_tree(folder: Path) -> None:
    """Bring a folder and all in it to the card before anything points at it."""
    for root, _, files in os.walk(folder):
        for file in files:
            sync(Path(root) / file)
        sync(Path(root))
