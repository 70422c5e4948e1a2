"""What this start of the box found, left in memory by the program that runs first, as root."""

from pathlib import Path

import msgspec

from kiosk.settings import Settings

NAME = "start.json"


class Start(msgspec.Struct, frozen=True):
    """How a box came up.

    Attributes:
        data: how its data did: "made" anew, "kept" as it was, "aside" and made anew, in "memory" because the card takes
            nothing; empty where nobody looked.
        site: which site it is: of its "card", "kept" from an earlier start, of the "image" where none is known.
        wrong: why the card's own site file was not taken, Vietnamese.
        fingerprint: of the box.
        trouble: what could not be done.
    """

    data: str = ""
    site: str = ""
    wrong: str = ""
    fingerprint: str = ""
    trouble: tuple[str, ...] = ()


def place(settings: Settings) -> Path:
    """The file."""
    return settings.run / NAME


def read(settings: Settings) -> Start | None:
    """How this box came up; None where nothing was left, as on a laptop."""
    try:
        return msgspec.json.decode(place(settings).read_bytes(), type=Start)
    except (OSError, msgspec.DecodeError):
        return None
