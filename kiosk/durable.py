"""A file in one piece: brought to the card before anything goes on, and never seen half written."""

import os
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """Bring a file's bytes, or a folder's names, to the disk.

    Raises:
        OSError: it is not there, or the disk refuses.
    """
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, data: bytes, *, lasting: bool = True, mode: int | None = None) -> None:
    """Put bytes in the place of a file: who reads it sees the old ones or the new.

    Args:
        path: the file; its folder is there.
        data: all of its bytes.
        lasting: whether a power cut must find the old or the new too; in memory nothing outlives one.
        mode: its rights; what the process gives otherwise.

    Raises:
        OSError: the file is the old one still, or, where only its name could not be brought to the disk, the new.
    """
    # On a disk the next write takes the place of what a power cut left; in memory two programs may write at once.
    draft = path.with_name(f".{path.name}.{'new' if lasting else os.urandom(4).hex()}")
    try:
        draft.write_bytes(data)
        if mode is not None:
            draft.chmod(mode)
        if lasting:
            sync(draft)
        draft.replace(path)
    except OSError:
        with suppress(OSError):  # a stick that was torn out takes its draft along
            draft.unlink(missing_ok=True)
        raise
    if lasting:
        sync(path.parent)
