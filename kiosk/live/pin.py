"""The staff PIN: compared with the hash that the site's file brought, no more often than the guesses allow."""

import threading
from enum import StrEnum
from pathlib import Path
from typing import Final

from kiosk.live.guesses import Guesses

_SHORTEST, _LONGEST = 4, 12  # digits, as the technician's tool takes them
_HASH_MOST: Final = 500  # characters


class Tried(StrEnum):
    """What came of a PIN."""

    RIGHT = "right"
    WRONG = "wrong"
    EARLY = "early"
    NONE = "none"


class Pin:
    """The PIN of this house.

    Args:
        file: holds its argon2id hash; empty where the site has none.
        guesses: counts the wrong ones.
    """

    def __init__(self, file: str, guesses: Guesses) -> None:
        self._file = file
        self._guesses = guesses
        self._lock = threading.Lock()  # each look takes 19 MiB for a moment

    @property
    def given(self) -> bool:
        """Whether the site has one."""
        return bool(self._hash())

    @property
    def left(self) -> int:
        """Seconds until the next guess is looked at."""
        return self._guesses.left()

    def attempt(self, digits: str) -> Tried:
        """Look at a PIN; what cannot be one is wrong and costs nothing."""
        known = self._hash()
        if not known:
            return Tried.NONE
        if not (digits.isascii() and digits.isdigit() and _SHORTEST <= len(digits) <= _LONGEST):
            return Tried.WRONG
        with self._lock:
            if self._guesses.take():
                return Tried.EARLY
            if not _matches(known, digits):
                return Tried.WRONG
            self._guesses.right()
            return Tried.RIGHT

    def _hash(self) -> str:
        try:
            return Path(self._file).read_text(encoding="ascii")[:_HASH_MOST].strip() if self._file else ""
        except (OSError, UnicodeDecodeError):
            return ""


def _matches(known: str, digits: str) -> bool:
    import argon2  # noqa: PLC0415  a library of its own, which a house needs once a week

    try:
        return argon2.PasswordHasher().verify(known, digits)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
