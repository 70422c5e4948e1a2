"""The village's own packs: what is approved, packed for the pages, for a stick, and from another village's stick."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.errors import KioskError
from kiosk.languages import language
from kiosk.narration import mp3, takes
from kiosk.narration.recording import LONGEST
from kiosk.narration.shelf import Shelf
from kiosk.narration.takes import Frame, Take
from kiosk.packs import archive, lesson
from kiosk.packs.library import Library
from kiosk.packs.manifest import FORMAT, File, Manifest, check, version_of
from kiosk.packs.store import Store
from kiosk.packs.village import VILLAGE, Recording, Village, pack_id
from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Merged:
    """What another village's pack brought.

    Attributes:
        language: its code.
        gained: how many sentences are new here.
        held: how many it brought in all.
    """

    language: str
    gained: int
    held: int


def install(settings: Settings) -> tuple[str, ...]:
    """Install the village's packs as its recordings now are; the languages of those that changed.

    Raises:
        KioskError: a recording is lost, or the card cannot be written; the packs before stay.
    """
    shelf, store = Shelf(settings.voices), Store(settings.packs)
    installed = {pack.id: pack.version for pack in Library.open(settings.packs).packs}
    changed = []
    for lang in shelf.languages():
        manifest, files = packed(shelf, lang)
        if not manifest.files[1:] and manifest.id not in installed:
            continue
        if installed.get(manifest.id) != manifest.version:
            with tempfile.TemporaryDirectory(dir=settings.voices) as folder:
                store.install(_write(Path(folder), manifest, files), own=True)
            changed.append(lang)
    return tuple(changed)


def export(shelf: Shelf, lang: str, folder: Path) -> Path:
    """Write what is approved in a language as a pack to carry elsewhere.

    Raises:
        KioskError: nothing is approved, a recording is lost, or the folder cannot be written.
    """
    manifest, files = packed(shelf, lang)
    if not manifest.files[1:]:
        raise KioskError(f"nothing is approved in {lang} yet", hint=f"see kiosk voice list {lang}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, manifest, files)
    except OSError as wrong:
        raise KioskError(f"{folder} cannot be written: {wrong.strerror}", hint="take another stick") from wrong


def merge(shelf: Shelf, pack: Path) -> Merged:
    """Take in the recordings of another village's pack: those of sentences that this one has not approved itself.

    Raises:
        KioskError: not such a pack, or damaged; then nothing has changed.
    """
    shelf.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf.folder) as name:
        held = Path(name)
        manifest = archive.read(pack, lambda file, chunks: _stage(held, file, chunks))
        if manifest.kind != "village":
            raise KioskError(f"{pack.name} holds no recordings of a village", hint=f"kiosk pack install {pack.name}")
        where = f"{VILLAGE} of {pack.name}"
        brought = lesson.decode((held / VILLAGE).read_bytes(), Village, where)
        language(brought.language)
        seconds = [_seconds(held, row, pack.name) for row in brought.recordings]
        gained = 0

        def taken(frame: Frame) -> Frame:
            nonlocal gained
            rows = tuple(
                Take(row.text, shelf.keep(_staged(held, row.path).read_bytes()), long)
                for row, long in zip(brought.recordings, seconds, strict=True)
            )
            made, gained = takes.merge(frame, rows, brought.thanks)
            return made

        shelf.change(brought.language, taken)
    return Merged(brought.language, gained, len(brought.recordings))


def packed(shelf: Shelf, lang: str) -> tuple[Manifest, Mapping[str, bytes]]:
    """The pack of a language's approved recordings: its manifest and its members.

    Raises:
        KioskError: a recording is lost or damaged.
    """
    frame = shelf.read(lang)
    files: dict[str, bytes] = {}
    rows = []
    for take in frame.approved:
        path = f"media/{take.sound}.mp3"
        files[path] = _kept(shelf, take)
        rows.append(Recording(take.text, path, take.seconds))
    files[VILLAGE] = lesson.encode(Village(lang, tuple(rows), frame.thanks))
    entries = [File(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()]
    made = Manifest(
        format=FORMAT,
        id=pack_id(lang),
        version="",
        kind="village",
        title={"vi": f"Giọng người trong bản, tiếng {language(lang).vietnamese}"},
        languages=(lang,),
        topics=(),
        paths=(),
        lessons=(),
        # The document first, so that who reads it knows what follows.
        files=tuple(sorted(entries, key=lambda file: (file.path != VILLAGE, file.path))),
    )
    made = msgspec.structs.replace(made, version=version_of(made))
    check(made)
    return made, files


def _kept(shelf: Shelf, take: Take) -> bytes:
    try:
        data = shelf.sound(take.sound).read_bytes()
    except OSError:  # gone, or a block that the card no longer gives
        data = b""
    if hashlib.sha256(data).hexdigest()[: len(take.sound)] != take.sound:
        raise KioskError(f"the recording of “{take.text}” is damaged on this card", hint="record it again")
    return data


def _write(folder: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Path:
    path = folder / manifest.name
    with path.open("wb") as target:
        archive.write(manifest, files, target)
    return path


def _stage(folder: Path, file: File, chunks: Iterator[bytes]) -> None:
    with _staged(folder, file.path).open("wb") as target:
        for chunk in chunks:
            target.write(chunk)


def _staged(folder: Path, path: str) -> Path:
    return folder / path.replace("/", "-")


def _seconds(folder: Path, row: Recording, name: str) -> float:
    """How long a recording lasts that came from elsewhere, if it is one that old phones play."""
    staged = _staged(folder, row.path)
    long = mp3.seconds(staged.read_bytes()) if staged.exists() else 0
    if not 0 < long <= LONGEST:
        raise KioskError(f"{name}: {row.path} is not a sound as this house makes them", hint="export it again there")
    return round(long, 2)
