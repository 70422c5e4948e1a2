"""The source folder of a pack: pack.toml, and where its lessons, scenarios, pictures and recordings lie."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from kiosk.errors import KioskError
from kiosk.languages import languages
from kiosk.packs.manifest import Colour, Lang, Place, Row, Slug

RECORDINGS = ("mp3", "wav", "ogg", "m4a")

Picture = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*\.svg\Z")]


class TopicRow(Row, frozen=True):
    """[[topic]]: a tile of the home page, or paths behind Bài khác; `say` is what it says, its title unless given."""

    id: Slug
    title: dict[Lang, str]
    colour: Colour
    picture: Picture
    say: dict[Lang, str] = msgspec.field(default_factory=dict)
    place: Place = "home"


class PathRow(Row, frozen=True):
    """[[path]]: a lesson and its scenario, if it has one, under one title; `say` as in a topic."""

    id: Slug
    topic: Slug
    title: dict[Lang, str]
    lesson: Slug
    picture: Picture
    scenario: Slug | None = None
    say: dict[Lang, str] = msgspec.field(default_factory=dict)


class PackFile(Row, frozen=True):
    """pack.toml. `engine` names the machine that speaks where nobody has recorded a sentence; empty: nobody does."""

    id: Slug
    kind: Literal["lessons", "voice"]
    languages: Annotated[tuple[Lang, ...], msgspec.Meta(min_length=1)]
    title: dict[Lang, str]
    engine: Literal["espeak-ng", ""] = "espeak-ng"
    topic: tuple[TopicRow, ...] = ()
    path: tuple[PathRow, ...] = ()

    @property
    def rows(self) -> tuple[TopicRow | PathRow, ...]:
        """Topics, then paths."""
        return (*self.topic, *self.path)


@dataclass(frozen=True, slots=True)
class Source:
    """A source folder and its pack.toml."""

    folder: Path
    pack: PackFile

    def lesson_files(self) -> Iterator[tuple[str, str, Path]]:
        """Every lesson file as (lesson, language, path), in order.

        Raises:
            KioskError: a file is not named <lesson>.<language>.md, or its language is not one of the pack's.
        """
        for path in sorted(self.folder.glob("lessons/*.md")):
            lesson, _, lang = path.stem.rpartition(".")
            if not lesson or lang not in self.pack.languages:
                known = ", ".join(self.pack.languages)
                raise KioskError(
                    f"{self.name(path)} is not named <lesson>.<language>.md",
                    hint=f"the languages of this pack are {known}; see pack.toml",
                )
            yield lesson, lang, path

    def scenario_files(self) -> list[Path]:
        """Every scenario file, in order."""
        return sorted(self.folder.glob("practice/*.yaml"))

    def pictures(self) -> list[Path]:
        """Every file of media/ that is a picture, in order: drawn, or described in parts of the kit."""
        return sorted([*self.folder.glob("media/*.svg"), *self.folder.glob("media/*.yaml")])

    def picture(self, name: str) -> Path:
        """Where a picture of that name belongs, or is described."""
        drawn = self.folder / "media" / name
        described = drawn.with_suffix(".yaml")
        return described if described.exists() else drawn

    def recording(self, *place: str) -> Path | None:
        """A person's recording at that place (without ending), or None.

        Raises:
            KioskError: there are two.
        """
        stem = self.folder.joinpath(*place)
        if not stem.parent.is_dir():  # most of what is asked for, thousands of times
            return None
        found = [path for ending in RECORDINGS if (path := stem.with_name(f"{stem.name}.{ending}")).exists()]
        if len(found) > 1:
            raise KioskError(f"{self.name(found[0])} is there in two forms", hint="keep one of them")
        return found[0] if found else None

    def name(self, path: Path) -> str:
        """A file as its author names it: from the source folder."""
        return path.relative_to(self.folder).as_posix()


def read(folder: Path) -> Source:
    """The source in that folder.

    Raises:
        KioskError: no pack.toml, or something in it is missing, unknown or of the wrong kind.
    """
    try:
        text = (folder / "pack.toml").read_text(encoding="utf-8")
        pack = msgspec.toml.decode(text, type=PackFile)
    except OSError as wrong:
        raise KioskError(f"{folder} holds no pack.toml", hint="name the folder of a pack's source") from wrong
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise KioskError(f"{folder.name}/pack.toml: {wrong}", hint="correct that line") from wrong
    unknown = [lang for lang in pack.languages if lang not in languages()]
    if unknown:
        raise KioskError(f"{folder.name}/pack.toml: the language {unknown[0]} is not in kiosk/languages.toml")
    return Source(folder, pack)
