"""What the recorder says of itself, in memory: the status reads it, also when the card cannot be read."""

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import msgspec

from kiosk import durable
from kiosk.events.epochs import Quality
from kiosk.settings import Settings

_NAME = "recorder.json"
_FULL_BYTES = 65_536


class Trouble(StrEnum):
    """Why events do not reach the card."""

    NONE = ""
    FULL = "full"
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    CARD = "card"
    STATE = "state"


_WORDS = {
    "database or disk is full": Trouble.FULL,
    "readonly database": Trouble.READ_ONLY,
    "malformed": Trouble.DAMAGED,
    "not a database": Trouble.DAMAGED,
}


def trouble_of(wrong: BaseException, folder: Path) -> Trouble:
    """Which trouble an error of the data folder's database is."""
    said = str(wrong)
    for words, trouble in _WORDS.items():
        if words in said:
            return trouble
    try:
        room = os.statvfs(folder)
    except OSError:
        return Trouble.CARD
    if room.f_flag & os.ST_RDONLY:
        return Trouble.READ_ONLY
    # A full disk also shows as an I/O error, where SQLite needs to grow a file beside the database.
    return Trouble.FULL if room.f_bavail * room.f_frsize < _FULL_BYTES else Trouble.CARD


class Note(msgspec.Struct, frozen=True):
    """The recorder's last words.

    Attributes:
        boot: the start of the system that they are from.
        at: uptime of them, in seconds.
        committed: uptime of the last commit; 0 before the first.
        epoch: the epoch it writes to.
        seq: the last seq.
        trouble: what is wrong now.
        message: the same in the words of the system.
        dropped: events given up since the recorder started.
        punches: whether the view log gives its memory back.
        seconds: seconds since 1970 minus uptime, as well as they are known.
        quality: how well; a number of events.epochs.Quality.
    """

    boot: str = ""
    at: int = 0
    committed: int = 0
    epoch: str = ""
    seq: int = 0
    trouble: Trouble = Trouble.NONE
    message: str = ""
    dropped: int = 0
    punches: bool = True
    seconds: int = 0
    quality: Quality = Quality.UNKNOWN


def write(settings: Settings, note: Note) -> None:
    """Leave the note; a memory folder that takes no file is no reason to stop."""
    with suppress(OSError):
        durable.replace(settings.run / _NAME, msgspec.json.encode(note), lasting=False)


def read(settings: Settings) -> Note | None:
    """The note; None when there is none, or none that can be read."""
    try:
        return msgspec.json.decode((settings.run / _NAME).read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError):
        return None
