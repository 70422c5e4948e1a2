"""Counts that leave by hand: a file to a stick's folder, and what the collector said of the last one taken back in."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kiosk.durable import sync
from kiosk.errors import KioskError
from kiosk.events import carried
from kiosk.events.ack import decode
from kiosk.events.batch import Batch
from kiosk.events.carried import Load
from kiosk.events.ranges import Ranges
from kiosk.outbox.choose import fit
from kiosk.outbox.link import site_token
from kiosk.outbox.source import Source
from kiosk.settings import Upload

_EVENTS = 200_000  # of one file; more travel with the next visit
_PIECE = 4_000  # events that are tried at once; about what fits a batch
_ACKS = ".acks"


@dataclass(slots=True)
class Carried:
    """What a visit of the stick did.

    Attributes:
        returned: events that the collector holds, by acknowledgements found on the stick.
        refused: files of acknowledgements that were not its own or damaged.
        batches: written.
        events: in them.
        bytes: of the file.
        file: its name; empty when nothing waits.
    """

    returned: int = 0
    refused: int = 0
    batches: int = 0
    events: int = 0
    bytes: int = 0
    file: str = ""


def carry(upload: Upload, source: Source, folder: Path) -> Carried:
    """Take acknowledgements from a folder, then leave there what the collector still does not hold.

    Written again it replaces what it wrote before; what is on the box stays until it is acknowledged.

    Args:
        upload: the section of kiosk.toml: token and key.
        source: the journal.
        folder: of a mounted stick.

    Raises:
        KioskError: no key or token, or the folder cannot be read or written.
    """
    if not upload.key:
        raise KioskError("upload.key is not set, so nobody could be trusted with the counts", hint="copy it there")
    if not folder.is_dir():
        raise KioskError(f"{folder} is no folder", hint="name the folder of the mounted stick")
    token, done = site_token(upload.token), Carried()
    try:
        _take_back(upload.key, source, folder, done)
        _leave(Load(token, tuple(_batches(source, done, tell=upload.daily > 0))), upload.key, source, folder, done)
    except OSError as wrong:
        raise _unusable(folder, wrong) from wrong
    return done


def _unusable(folder: Path, wrong: OSError) -> KioskError:
    if wrong.errno == errno.ENOSPC:
        return KioskError("the stick is full", hint="take something off it, or try another")
    if wrong.errno == errno.EROFS:
        return KioskError("the stick takes nothing", hint="open its lock, or try another")
    if wrong.errno in {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ENOENT, errno.ENOTCONN}:
        return KioskError("the stick was taken out or is broken", hint="put it in again and wait until it is done")
    return KioskError(f"{folder} cannot be used: {wrong.strerror}", hint="try another stick")


def _take_back(key: str, source: Source, folder: Path, done: Carried) -> None:
    for path in sorted(folder.glob(f"*{_ACKS}")):
        if path.stat().st_size > carried.MOST:
            done.refused += 1
            continue
        try:
            for said in carried.split(path.read_bytes()):
                ack = decode(said, key=key)
                source.mark(ack)  # what is about another box changes nothing
                done.returned += ack.accepted.total
        except KioskError:
            done.refused += 1


def _batches(source: Source, done: Carried, *, tell: bool) -> Iterator[bytes]:
    """What waits as batches; `tell`: what is carried may be held before we hear of it, and that is written down."""
    found = (piece for waiting in source.unsent(_EVENTS) for piece in pieces(waiting))
    for part, data in islice(found, carried.BATCHES_MOST):
        if tell:
            source.tried(part)
        done.batches += 1
        done.events += len(part.events)
        yield data


def pieces(batch: Batch) -> Iterator[tuple[Batch, bytes]]:
    """A batch of any size as batches that fit the wire, with their bytes."""
    rest, gone = batch.events, batch.gone
    while True:
        part, data = fit(replace(batch, events=rest[:_PIECE], gone=gone))
        yield part, data
        sent = Ranges.of(seq for seq, _ in part.events)
        rest, gone = tuple(pair for pair in rest if pair[0] not in sent), gone - part.gone
        if not rest and not gone:
            return


def _leave(load: Load, key: str, source: Source, folder: Path, done: Carried) -> None:
    current = source.current()
    if current is None:
        return
    path = folder / f"domdom-{current.device[:8]}.carry"
    if not load.batches:
        path.unlink(missing_ok=True)  # all of it is held
        return
    data = carried.pack(load, key)
    draft = path.with_suffix(".part")
    try:
        _write(draft, data)
        draft.replace(path)
        sync(folder)
    finally:
        with suppress(OSError):  # a full stick is left as it was; one that is gone cannot be
            draft.unlink(missing_ok=True)
    done.bytes, done.file = len(data), path.name


def _write(draft: Path, data: bytes) -> None:
    draft.write_bytes(data)
    sync(draft)
    if _digest(draft) != hashlib.sha256(data).digest():
        raise KioskError("the stick does not hold what was written to it", hint="try another stick")


def _digest(path: Path) -> bytes:
    """What the stick itself holds, not what memory remembers of it."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if hasattr(os, "posix_fadvise"):  # not on every laptop
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return hashlib.file_digest(file, "sha256").digest()
    finally:
        os.close(handle)
