"""The manifest: what a pack is, what it holds, and the digest of every file in it."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

import msgspec

from kiosk.errors import KioskError

FORMAT = 1
MOST_FILES = 4096
MOST_FILE = 8 * 1024 * 1024
MOST_PACK = 512 * 1024 * 1024
MOST_MANIFEST = 2 * 1024 * 1024
MOST_SLUG = 39  # characters; a longer address is no line of the view log, so its cards would be seen and not counted

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=MOST_SLUG)]
Lang = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}\Z")]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
# Whole names, no dots in front, no way up: what a pack may call a file.
Member = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(words\.json|village\.json|(lessons|practice|media|pictures)/[a-z0-9][a-z0-9-]*(\.[a-z0-9]+){1,2})\Z",
        max_length=120,
    ),
]
Voice = Literal["machine", "person"]
Colour = Literal["gold", "sky", "clay", "rice"]
Place = Literal["home", "other"]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document of a pack, or a part of one."""


class Sound(Row, frozen=True):
    """A sentence that can be heard.

    Attributes:
        path: the member that holds it, media/<16 hex>.mp3.
        voice: whose voice it is.
        seconds: how long it lasts.
    """

    path: Member
    voice: Voice
    seconds: float


class File(Row, frozen=True):
    """A member of the pack: its path, its size in bytes, its SHA-256."""

    path: Member
    size: Annotated[int, msgspec.Meta(ge=0, le=MOST_FILE)]
    sha256: Digest

    @property
    def scenario(self) -> str:
        """The id of the scenario that it is, as `scenario_file` names it; empty for any other file."""
        folder, _, name = self.path.partition("/")
        return name.removesuffix(".json") if folder == "practice" else ""


def scenario_file(scenario: str) -> str:
    """Where in a pack the scenario of that id lies."""
    return f"practice/{scenario}.json"


class Topic(Row, frozen=True, omit_defaults=True):
    """What paths have in common; topics of the same id in several packs are one.

    Attributes:
        place: `home`: a tile of the home page; `other`: its paths stand behind Bài khác.
    """

    id: Slug
    title: dict[Lang, str]
    colour: Colour
    picture: Member
    sound: dict[Lang, Sound]
    place: Place = "home"


class LearningPath(Row, frozen=True):
    """Three stages about one thing to do: a lesson to see, a scenario together, the scenario alone.

    What is done with no finger on a phone has no scenario: its lesson is all of it.
    """

    id: Slug
    topic: Slug
    title: dict[Lang, str]
    lesson: Slug
    scenario: Slug | None
    picture: Member
    sound: dict[Lang, Sound]


class Manifest(Row, frozen=True):
    """A pack.

    Attributes:
        format: of this document; 1.
        id: the pack's name in addresses and counts.
        version: 16 hex digits that follow from everything else here; see `version_of`.
        kind: `lessons`; `voice`: the interface's words spoken in one language (words.json); or `village`: what
            people of a village have recorded in one language (village.json).
        title: by language.
        languages: every language it has something in, its source language first.
        topics: in the order shown.
        paths: in the order shown.
        lessons: ids; each is lessons/<id>.<lang>.json in one or more of the languages.
        files: every member but this one, by path.
    """

    format: int
    id: Slug
    version: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{16})?\Z")]
    kind: Literal["lessons", "voice", "village"]
    title: dict[Lang, str]
    languages: Annotated[tuple[Lang, ...], msgspec.Meta(min_length=1)]
    topics: tuple[Topic, ...]
    paths: tuple[LearningPath, ...]
    lessons: tuple[Slug, ...]
    files: Annotated[tuple[File, ...], msgspec.Meta(max_length=MOST_FILES)]

    @property
    def name(self) -> str:
        """The name of its file: <id>-<version>.pack."""
        return f"{self.id}-{self.version}.pack"


# What a pack of that kind cannot do without.
_DOCUMENTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"lessons": frozenset(), "voice": frozenset({"words.json"}), "village": frozenset({"village.json"})}
)


class _Format(msgspec.Struct):
    format: int


def encode(manifest: Manifest) -> bytes:
    """The manifest as JSON, the same bytes for the same value."""
    return msgspec.json.encode(manifest, order="deterministic")


def version_of(manifest: Manifest) -> str:
    """The version that follows from a manifest's content: 16 hex digits."""
    return hashlib.sha256(encode(msgspec.structs.replace(manifest, version=""))).hexdigest()[:16]


_DECODER: Final = msgspec.json.Decoder(Manifest)  # before there are threads: see kiosk/practice/scenario.py


def decode(data: bytes) -> Manifest:
    """A manifest that holds together.

    Raises:
        KioskError: not a manifest, of another format, a version that does not follow from the content, a file
            named twice, or something that is spoken of and not there.
    """
    try:
        known = msgspec.json.decode(data, type=_Format).format
        if known != FORMAT:
            raise KioskError(f"the pack has format {known}, this program knows {FORMAT}", hint="update the software")
        manifest = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise KioskError(f"the pack's manifest cannot be read: {wrong}", hint="build the pack again") from wrong
    check(manifest)
    return manifest


class _Named(msgspec.Struct):
    id: str
    version: str


def named(data: bytes) -> tuple[str, str] | None:
    """Id and version of a manifest, the rest unread: as a whole it takes two megabytes; None when it is none."""
    try:
        found = msgspec.json.decode(data, type=_Named)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found.id, found.version


def check(manifest: Manifest) -> None:
    """Refuse a manifest that contradicts itself.

    Raises:
        KioskError: says what.
    """
    paths = {file.path for file in manifest.files}
    if len(paths) != len(manifest.files):
        raise KioskError("the pack's manifest names a file twice", hint="build the pack again")
    if sum(file.size for file in manifest.files) > MOST_PACK:
        raise KioskError(f"the pack declares more than {MOST_PACK} bytes", hint="split the pack")
    lost = sorted(_spoken_of(manifest) - paths)
    if lost:
        raise KioskError(f"the pack's manifest speaks of {lost[0]}, which is not in it", hint="build the pack again")
    _check_names(manifest)
    if manifest.version != version_of(manifest):
        raise KioskError("the pack's version does not follow from its content", hint="build the pack again")


def _spoken_of(manifest: Manifest) -> set[str]:
    """Every member that the manifest's rows cannot do without."""
    shown: tuple[Topic | LearningPath, ...] = (*manifest.topics, *manifest.paths)
    wanted = {row.picture for row in shown} | {sound.path for row in shown for sound in row.sound.values()}
    wanted |= {scenario_file(path.scenario) for path in manifest.paths if path.scenario}
    return wanted | _DOCUMENTS[manifest.kind]


def _check_names(manifest: Manifest) -> None:
    paths = {file.path for file in manifest.files}
    topics = {topic.id for topic in manifest.topics}
    for lesson in manifest.lessons:
        if not any(f"lessons/{lesson}.{lang}.json" in paths for lang in manifest.languages):
            raise KioskError(f"the pack names the lesson {lesson}, which is not in it", hint="build the pack again")
    for path in manifest.paths:
        if path.topic not in topics or path.lesson not in manifest.lessons:
            raise KioskError(f"the path {path.id} names a topic or lesson not in the pack", hint="build it again")
