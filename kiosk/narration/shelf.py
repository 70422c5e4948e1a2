"""The village's recordings on the card: <data>/voices/<language>.json, and beside it the sounds by their content."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kiosk import durable
from kiosk.errors import KioskError
from kiosk.languages import language
from kiosk.narration.takes import Frame


class Shelf:
    """A folder of recordings. No update writes there, and only the village's own hands do.

    Args:
        folder: `Settings.voices`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def languages(self) -> tuple[str, ...]:
        """Those that have a frame, in order."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.json")))

    def begin(self, lang: str) -> bool:
        """Make the frame of a language; whether it is new.

        Raises:
            KioskError: no language has this code.
        """
        language(lang)
        if lang in self.languages():
            return False
        self.change(lang, lambda frame: frame)
        return True

    def read(self, lang: str) -> Frame:
        """The frame of a language; an empty one where nobody has begun.

        Raises:
            KioskError: no language has this code, or the file cannot be read.
        """
        language(lang)
        try:
            return msgspec.json.decode(self._file(lang).read_bytes(), type=Frame)
        except FileNotFoundError:
            return Frame(lang)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise KioskError(f"{self._file(lang)} cannot be read: {wrong}", hint="restore it from an export") from wrong

    def change(self, lang: str, how: Callable[[Frame], Frame]) -> Frame:
        """Change a frame in one step that no power cut divides, nobody else at it meanwhile.

        Raises:
            KioskError: what `how` refuses, or the card cannot be written; then the frame is as it was.
        """
        try:
            with self._locked():
                frame = how(self.read(lang))
                self._write(self._file(lang), msgspec.json.encode(frame, order="deterministic"))
                self._sweep(lang, frame)
                return frame
        except OSError as wrong:
            raise KioskError(f"the recording cannot be kept: {wrong.strerror}", hint="make room on the card") from wrong

    def sound(self, name: str) -> Path:
        """Where the MP3 of that name lies."""
        return self.folder / "sounds" / f"{name}.mp3"

    def keep(self, mp3: bytes) -> str:
        """Keep a sound; its name, which follows from its bytes.

        Raises:
            KioskError: the card cannot be written.
        """
        name = hashlib.sha256(mp3).hexdigest()[:16]
        try:
            self._write(self.sound(name), mp3)
        except OSError as wrong:
            raise KioskError(f"the recording cannot be kept: {wrong.strerror}", hint="make room on the card") from wrong
        return name

    def _file(self, lang: str) -> Path:
        return self.folder / f"{lang}.json"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, data)

    def _sweep(self, lang: str, frame: Frame) -> None:
        """Forget the sounds that no take speaks of any more."""
        others = (self.read(other) for other in self.languages() if other != lang)
        kept = {take.sound for one in (frame, *others) for take in one.takes}
        for path in self.folder.glob("sounds/*.mp3"):
            if path.stem not in kept:
                path.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        # The folder itself: a file made by root would lock the web out.
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
