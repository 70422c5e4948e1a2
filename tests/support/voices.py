"""A voice for tests: sounds without ffmpeg, and a whole language as a village would have recorded it."""

from collections.abc import Iterable

from kiosk.narration import takes
from kiosk.narration.shelf import Shelf
from kiosk.narration.takes import Frame, Take
from kiosk.packs.library import Library
from kiosk.pages.words import read_words
from kiosk.publish.sentences import Script, Sentence, script
from kiosk.settings import Settings

SECONDS = 1.04  # of `hum`
_HEADERS = (b"\xff\xf3\x40\xc0", b"\xff\xf3\x42\xc0")  # without and with the padding byte


def hum(number: int = 0, frames: int = 40) -> bytes:
    """A second of silence in MP3 as the house writes it; each number gives other bytes."""
    return b"".join(_HEADERS[number >> bit & 1] + bytes(100 + (number >> bit & 1)) for bit in range(frames))


def said(settings: Settings, lang: str) -> Script:
    """Everything to be said in a language of that house."""
    return script(Library.open(settings.packs), read_words(), lang)


def speak(settings: Settings, lang: str, sentences: Iterable[Sentence], start: int = 0) -> Frame:
    """Record and approve these sentences."""
    shelf = Shelf(settings.voices)
    rows = list(sentences)

    def all_of_them(frame: Frame) -> Frame:
        for number, row in enumerate(rows, start):
            frame = takes.record(frame, Take(row.text, shelf.keep(hum(number)), SECONDS, "first"))
            frame = takes.approve(frame, row.id, "second")
        return frame

    return shelf.change(lang, all_of_them)
