"""A small pack made by hand, so that tests of reading do not lean on the program that builds."""

import hashlib
import io
from pathlib import Path

import msgspec

from kiosk.packs import archive, lesson, manifest


def entry(path: str, data: bytes) -> manifest.File:
    return manifest.File(path, len(data), hashlib.sha256(data).hexdigest())


def sealed(**changes) -> manifest.Manifest:
    """A manifest with these fields and the version that follows from them."""
    fields = {
        "format": 1,
        "id": "thu",
        "version": "",
        "kind": "lessons",
        "title": {"vi": "Thử"},
        "languages": ("vi", "en"),
        "topics": (),
        "paths": (),
        "lessons": (),
        "files": (),
    }
    made = manifest.Manifest(**{**fields, **changes})
    return msgspec.structs.replace(made, version=manifest.version_of(made))


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><path d='M0 0h8v8z'/></svg>"
SOUND = b"\xff\xf3" + b"tieng noi" * 300


def lesson_bytes(lang: str, sentence: str) -> bytes:
    card = lesson.Card("mot", "pictures/aa.svg", (sentence,), "media/00112233445566aa.mp3", "machine", 1.5)
    return lesson.encode(lesson.Lesson("quet-ma", lang, "Quét mã", (card,)))


FILES = {
    "lessons/quet-ma.en.json": lesson_bytes("en", "Scan."),
    "lessons/quet-ma.vi.json": lesson_bytes("vi", "Quét đi."),
    "media/00112233445566aa.mp3": SOUND,
    "pictures/aa.svg": SVG,
    "practice/quet-ma.json": b"{}",
}


def whole(**changes) -> manifest.Manifest:
    """The manifest of the pack that these tests read."""
    sound = {"vi": manifest.Sound("media/00112233445566aa.mp3", "machine", 1.5)}
    topic = manifest.Topic("tra-tien", {"vi": "Trả tiền"}, "gold", "pictures/aa.svg", sound)
    path = manifest.LearningPath(
        "quet-ma", "tra-tien", {"vi": "Quét mã"}, "quet-ma", "quet-ma", "pictures/aa.svg", sound
    )
    files = tuple(entry(name, data) for name, data in FILES.items())
    return sealed(**{"topics": (topic,), "paths": (path,), "lessons": ("quet-ma",), "files": files, **changes})


def packed(what: manifest.Manifest, files: dict[str, bytes]) -> bytes:
    """The bytes of a pack."""
    target = io.BytesIO()
    archive.write(what, files, target)
    return target.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; its lock aside, which holds nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
