"""The one error that a person reads."""


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
