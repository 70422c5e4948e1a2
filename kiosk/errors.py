"""The one error that a person reads, and where any error arose."""

import traceback
from dataclasses import dataclass
from pathlib import PurePath


class KioskError(Exception):
    """What went wrong, and what to do about it.

    Raised anywhere, printed only by the command line or shown by a page.

    Args:
        message: one sentence without a final full stop.
        hint: what the reader can do now; empty when the message says it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The one line that a terminal shows."""
        return f"{self.message} — {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an error arose: its class, and file and line of our innermost frame; file empty where there is none."""

    kind: str
    file: str = ""
    line: int = 0


def origin(error: BaseException) -> Origin:
    """Where an error arose; never its message, which may quote what somebody sent."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "kiosk" in PurePath(frame.filename).parts] or frames
    if not ours:
        return Origin(type(error).__name__)
    return Origin(type(error).__name__, PurePath(ours[-1].filename).name, ours[-1].lineno or 0)
