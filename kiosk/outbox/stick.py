"""A visit of a stick, from when it was found to when it may be taken out, told to who stands at the box.

One function for all who call it: the unit that a stick starts, the command line, a page. Mounting is the system's work.
"""

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk import clock, durable
from kiosk.errors import KioskError
from kiosk.live import errors
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.outbox.carry import Carried
    from kiosk.outbox.source import Source

_MODE = 0o660  # the pages' program reads it, and another that carries next replaces it
_SYSTEMS = frozenset({"vfat", "exfat", "ext4", "ext3", "ext2", "ntfs3", "fuseblk"})
_PLACES = ("/run/kiosk-stick/", "/media/", "/run/media/", "/mnt/", "/Volumes/")


WISH = "wish"  # in a folder of memory: somebody waits for what a visit leaves there


class Stage(StrEnum):
    """How far a visit is."""

    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


class Visit(msgspec.Struct, frozen=True):
    """A visit of a stick, or of a volunteer's phone.

    Attributes:
        boot: the start of the system that it is from.
        at: uptime in seconds.
        stage: how far it is.
        folder: where the stick is mounted.
        file: what was left on it; empty when nothing waits.
        events: in that file.
        bytes: of it.
        returned: events that the collector holds, by what the stick brought.
        refused: files of acknowledgements that were not ours or damaged.
        said: what went wrong, one sentence.
        hint: what to do.
    """

    boot: str
    at: int
    stage: Stage
    folder: str
    file: str = ""
    events: int = 0
    bytes: int = 0
    returned: int = 0
    refused: int = 0
    said: str = ""
    hint: str = ""

    @property
    def over(self) -> bool:
        """Whether the stick may be taken out: nothing is written any more, and nobody holds it."""
        return self.stage is not Stage.WRITING and not os.path.ismount(self.folder)


def visit(settings: Settings, source: "Source", folder: Path) -> "Carried":
    """Take acknowledgements from a folder and leave there what waits; each stage is told in memory.

    Args:
        settings: the house.
        source: the journal.
        folder: of the mounted stick.

    Raises:
        KioskError: it could not be done; what is on the box stays as it is.
    """
    # Two megabytes of cryptography and of links: who only shows what is told does not carry them.
    from kiosk.outbox.carry import carry  # noqa: PLC0415

    told = Visit(clock.boot_id(), int(clock.uptime()), Stage.WRITING, str(folder.absolute()))
    _tell(settings, told)
    with suppress(OSError):
        (folder / WISH).unlink(missing_ok=True)
    try:
        done = carry(settings.upload, source, folder)
    except KioskError as wrong:
        _tell(settings, msgspec.structs.replace(told, stage=Stage.FAILED, said=wrong.message, hint=wrong.hint))
        errors.leave(settings, "carry", wrong)
        raise
    _tell(
        settings,
        msgspec.structs.replace(
            told,
            stage=Stage.DONE,
            file=done.file,
            events=done.events,
            bytes=done.bytes,
            returned=done.returned,
            refused=done.refused,
        ),
    )
    return done


def last(settings: Settings) -> Visit | None:
    """The last visit since the start of the system; None when there was none."""
    try:
        found = msgspec.json.decode(_place(settings).read_bytes(), type=Visit)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.boot == clock.boot_id() else None


def parse_mounts(text: str) -> list[Path]:
    """The sticks that are mounted, from /proc/self/mounts: file systems of sticks at places of sticks."""
    rows = (line.split(" ") for line in text.splitlines())
    return [
        Path(row[1].encode().decode("unicode_escape"))
        for row in rows
        if len(row) > 2 and row[2] in _SYSTEMS and row[1].startswith(_PLACES)  # noqa: PLR2004  device, place, kind
    ]


def find(mounts: Path = Path("/proc/self/mounts")) -> Path:
    """The one stick that is mounted here.

    Raises:
        KioskError: there is none, or more than one.
    """
    try:
        found = parse_mounts(mounts.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        found = []
    if not found:
        raise KioskError("no stick is mounted here", hint="put one in, or name its folder")
    if len(found) > 1:
        raise KioskError(f"{len(found)} sticks are mounted here", hint="name the folder of one of them")
    return found[0]


def _place(settings: Settings) -> Path:
    return settings.run / "carry.json"


def _tell(settings: Settings, told: Visit) -> None:
    """Leave it; a memory folder that takes no file is no reason to stop."""
    path = _place(settings)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, msgspec.json.encode(told), lasting=False, mode=_MODE)
