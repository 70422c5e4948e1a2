"""The installed packs: every file once under its digest, and a manifest for each pack.

objects/ab/<sha256> is written before installed/<id>.json speaks of it, and the latter changes in one rename: a
power cut at any moment leaves the old pack or the new one. What such a cut leaves behind is cleared by the next
installation.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.durable import sync
from kiosk.errors import KioskError
from kiosk.packs import installed
from kiosk.packs.manifest import File, Manifest, decode, encode
from kiosk.packs.village import pack_id


class Store:
    """A folder of installed packs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def _incoming(self) -> Path:
        return self.folder / "incoming"

    @property
    def _installed(self) -> Path:
        return installed.place(self.folder)

    def object(self, sha256: str) -> Path:
        """Where the file of that digest lies, or would lie."""
        return self.folder / "objects" / sha256[:2] / sha256

    def manifests(self) -> list[Path]:
        """The manifests of what is installed, in order of their ids."""
        return installed.manifests(self.folder)

    def install(self, pack: Path, *, own: bool = False) -> Manifest:
        """Install a pack, in place of an older one of the same id.

        Args:
            pack: its file.
            own: whether it is what this village recorded; nobody else's takes its place.

        Raises:
            KioskError: the pack is not in order, or the folder cannot be written; then nothing has changed.
        """
        from kiosk.packs import archive  # noqa: PLC0415  who only reads what is installed carries no tar in memory

        archive.verify(pack)
        try:
            with self.locked():
                return self._install(pack, own=own)
        except OSError as wrong:
            what = f"{pack.name} cannot be installed in {self.folder}: {wrong.strerror}"
            raise KioskError(what, hint="make room, or check the disk") from wrong

    def _install(self, pack: Path, *, own: bool) -> Manifest:
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._incoming.mkdir(parents=True)
        try:
            return self._place(pack, own=own)
        finally:
            shutil.rmtree(self._incoming, ignore_errors=True)

    def _place(self, pack: Path, *, own: bool) -> Manifest:
        """Stage the files, then move them to their places, the manifest last."""
        from kiosk.packs import archive  # noqa: PLC0415  as above

        manifest = archive.read(pack, self._take)
        if not own and (manifest.kind == "village" or manifest.id.startswith(pack_id(""))):
            what = f"{pack.name} holds recordings of a village, and would take the place of this one's"
            raise KioskError(what, hint=f"kiosk voice merge {pack.name}")
        for staged in sorted(self._incoming.iterdir()):
            _move(staged, self.object(staged.name))
        written = self._incoming / f"{manifest.id}.json"
        _write(written, iter([encode(manifest)]))
        _move(written, self._installed / written.name)
        return manifest

    def _take(self, file: File, chunks: Iterator[bytes]) -> None:
        """Stage a file, unless the store already holds it whole."""
        if _digest(self.object(file.sha256)) == file.sha256:
            for _chunk in chunks:
                pass
        else:
            _write(self._incoming / file.sha256, chunks)

    def remove(self, name: str) -> None:
        """Take a pack away by its id; its files go with the next publishing.

        Raises:
            KioskError: it is not installed.
        """
        try:
            with self.locked():
                (self._installed / f"{name}.json").unlink()
                sync(self._installed)
        except FileNotFoundError as missing:
            raise KioskError(f"the pack {name} is not installed", hint="see kiosk pack list") from missing

    def sweep(self) -> int:
        """Delete files that no installed pack speaks of; how many.

        Raises:
            KioskError: a manifest cannot be read; then nothing is deleted.
        """
        with self.locked():
            kept = {file.sha256 for path in self.manifests() for file in decode(path.read_bytes()).files}
            unused = [path for path in (self.folder / "objects").glob("??/*") if path.name not in kept]
            for path in unused:
                path.unlink()
            return len(unused)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from changing the store meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty when there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    with path.open("wb") as target:
        for chunk in chunks:
            target.write(chunk)
    sync(path)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    sync(target.parent)
