"""How the last upload ended, kept in memory for the status."""

from pathlib import Path

import msgspec

from kiosk import durable
from kiosk.errors import KioskError
from kiosk.settings import Settings


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One run of the outbox.

    Attributes:
        at: uptime in seconds when it ended.
        ok: whether the collector took everything that was sent.
        said: what went wrong, one sentence; empty when nothing did.
        hint: what to do.
        events: events that the collector took in it.
        aside: events that it set aside.
        until: uptime before which the collector wants nothing; 0 when it said no such thing.
        unset: whether the clock was not set from NTP, though it was waited for.
    """

    at: int
    ok: bool
    said: str = ""
    hint: str = ""
    events: int = 0
    aside: int = 0
    until: int = 0
    unset: bool = False


def place(settings: Settings) -> Path:
    """The file, in memory: it is gone after a power cut."""
    return settings.run / "upload.json"


def write(settings: Settings, outcome: Outcome) -> None:
    """Replace the outcome of the run before.

    Raises:
        KioskError: the folder cannot be written.
    """
    path = place(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, msgspec.json.encode(outcome), lasting=False)
    except OSError as wrong:
        raise KioskError(f"{path} cannot be written: {wrong.strerror}", hint="check KIOSK_RUN") from wrong


def read(settings: Settings) -> Outcome | None:
    """The last run since the start; None when there was none."""
    try:
        return msgspec.json.decode(place(settings).read_bytes(), type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None
