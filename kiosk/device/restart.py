"""The narrow door to a restart: a file in memory. Nothing of ours may do it; systemd sees the file and does."""

from kiosk.errors import KioskError
from kiosk.settings import Settings


def ask(settings: Settings) -> None:
    """Ask for a restart of the box; asked twice it happens once.

    Raises:
        KioskError: the folder in memory takes no file.
    """
    try:
        settings.restart.touch()
    except OSError as wrong:
        raise KioskError(
            f"{settings.restart} cannot be made: {wrong.strerror}", hint="pull the plug instead"
        ) from wrong


def is_asked(settings: Settings) -> bool:
    """Whether one was asked for and is about to happen."""
    return settings.restart.exists()
