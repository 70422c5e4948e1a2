"""The built pack as one file: a plain tar, first the manifest, then exactly the files that it names.

A pack comes from a stick or over the air: nothing in it is believed before it is checked, and nothing is held in
memory beyond one chunk, or one lesson or scenario.
"""

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import KioskError
from kiosk.packs.ledger import Ledger
from kiosk.packs.manifest import MOST_MANIFEST, File, Manifest, decode, encode

MANIFEST = "manifest.json"
CHUNK = 64 * 1024
_BLOCK = tarfile.BLOCKSIZE
_RECORD = tarfile.RECORDSIZE
_HINT = "get the pack again from where it came"

Take = Callable[[File, Iterator[bytes]], None]


def write(manifest: Manifest, files: Mapping[str, bytes], target: BinaryIO) -> None:
    """Write a pack; the same manifest and files give the same bytes.

    Args:
        manifest: names every file.
        files: the bytes of each by path.
        target: where it goes.
    """
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        _add(tar, MANIFEST, encode(manifest))
        for file in manifest.files:
            _add(tar, file.path, files[file.path])


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_info(name, len(data)), io.BytesIO(data))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    return info


def read(path: Path, take: Take) -> Manifest:
    """Read a pack from end to end, checking each file before the next.

    Args:
        path: the pack.
        take: called for each file of the manifest, in order, with its chunks; must draw them all. The last chunk
            comes only if size and digest are right, else KioskError is raised inside the drawing.

    Raises:
        KioskError: anything that is not exactly as the manifest says; names the pack and what was wrong.
    """
    try:
        source = path.open("rb")
    except OSError as wrong:
        raise KioskError(f"{path.name} cannot be read: {wrong.strerror}", hint=_HINT) from wrong
    try:
        with source:
            return _read(source, take)
    except KioskError as wrong:
        raise KioskError(f"{path.name} is refused: {wrong.message}", hint=wrong.hint or _HINT) from wrong


def verify(path: Path) -> Manifest:
    """Read a pack and keep nothing of it.

    Raises:
        KioskError: as `read`.
    """

    def drop(_file: File, chunks: Iterator[bytes]) -> None:
        for _chunk in chunks:
            pass

    return read(path, drop)


def _read(source: BinaryIO, take: Take) -> Manifest:
    size = _header(source, MANIFEST)
    if size > MOST_MANIFEST:
        raise KioskError(f"its manifest is larger than {MOST_MANIFEST} bytes")
    manifest = decode(b"".join(_body(source, size)))
    ledger = Ledger()
    for file in manifest.files:
        if _header(source, file.path) != file.size:
            raise KioskError(f"{file.path} is not of the size that the manifest says")
        take(file, ledger.passing(file, _checked(source, file)))
    _end(source)
    ledger.close(manifest)
    return manifest


def _header(source: BinaryIO, expected: str) -> int:
    """The size of the next member, which must be a plain file of that name."""
    block = _draw(source, _BLOCK)
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError) as wrong:
        what = "ends too early" if len(block) < _BLOCK or not any(block) else "is not a pack, or is damaged"
        raise KioskError(f"it {what}, where {expected} should stand") from wrong
    if info.name != expected:
        raise KioskError(f"it holds {info.name[:80]!r} where {expected} should stand")
    if not info.isreg():
        raise KioskError(f"{expected} is not a plain file in it")
    if block != _info(expected, info.size).tobuf(tarfile.USTAR_FORMAT):
        raise KioskError(f"the header of {expected} is not one that a build writes")
    return info.size


def _draw(source: BinaryIO, most: int) -> bytes:
    """At most that many bytes; a stick pulled out is the pack's failure, not the store's."""
    try:
        return source.read(most)
    except OSError as wrong:
        raise KioskError(f"it cannot be read: {wrong.strerror}", hint=_HINT) from wrong


def _body(source: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left:
        chunk = _draw(source, min(CHUNK, left))
        if not chunk:
            raise KioskError("it is cut off")
        left -= len(chunk)
        yield chunk
    padding = _draw(source, -size % _BLOCK)
    if len(padding) != -size % _BLOCK or any(padding):
        raise KioskError("it is cut off" if not any(padding) else "something is hidden between its files")


def _checked(source: BinaryIO, file: File) -> Iterator[bytes]:
    """The chunks of a file, the last one held back until the digest is right."""
    digest = hashlib.sha256()
    held = b""
    for chunk in _body(source, file.size):
        digest.update(chunk)
        yield held
        held = chunk
    if digest.hexdigest() != file.sha256:
        raise KioskError(f"{file.path} does not have the digest that the manifest says")
    yield held


def _end(source: BinaryIO) -> None:
    """Two empty blocks, zeros up to a whole record, then nothing."""
    here = source.tell()
    wanted = -(-(here + 2 * _BLOCK) // _RECORD) * _RECORD - here
    rest = _draw(source, wanted + 1)
    if any(rest) or len(rest) > wanted:
        raise KioskError("something follows its last file")
    if len(rest) < wanted:
        raise KioskError("it is cut off at its end")
