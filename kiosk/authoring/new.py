"""A new path, as a frame that builds at once: lesson, picture, rows of pack.toml; nothing is overwritten."""

import json
import re
from importlib import resources
from pathlib import Path

from kiosk import durable
from kiosk.authoring import source
from kiosk.errors import KioskError
from kiosk.packs.manifest import MOST_SLUG

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOPIC = "chu-de"  # the picture of a new pack's topic


def add(folder: Path, lesson: str, title: str, topic: str = "") -> list[Path]:
    """Write the frame of a path into a source folder, and of the pack itself where there is none.

    Args:
        folder: the source; its name becomes a new pack's id.
        lesson: id of the lesson and the path.
        title: what stands on its tile; of a new pack's only topic too.
        topic: an id of pack.toml; the last of it unless given.

    Returns:
        The files that were written or added to.

    Raises:
        KioskError: an id or the title cannot be, or something of that name is there already; nothing was written.
    """
    for name in (lesson, folder.name):
        if not _SLUG.fullmatch(name) or len(name) > MOST_SLUG:
            hint = f"at most {MOST_SLUG} small letters without marks, digits and hyphens, as in phan-loai-rac"
            raise KioskError(f"{name!r} is no id", hint=hint)
    if not title.strip() or not title.isprintable():
        raise KioskError("the title is empty or holds a line break", hint="say in three or four words what is done")
    files = _files(folder, lesson, title.strip(), topic)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.replace(path, text.encode())
    return list(files)


def _files(folder: Path, lesson: str, title: str, topic: str) -> dict[Path, str]:
    table, picture = folder / "pack.toml", f"di-{lesson}"
    files = {
        folder / "lessons" / f"{lesson}.vi.md": _frame("lesson.md", title=json.dumps(title, ensure_ascii=False)),
        folder / "media" / f"{picture}.yaml": _frame("path.yaml"),
    }
    if table.exists():
        pack = source.read(folder).pack
        topics = [row.id for row in pack.topic]
        topic = topic or next(reversed(topics), "")
        if topic not in topics:
            raise KioskError(f"there is no topic {topic!r} in {table}", hint=f"there is {', '.join(topics) or 'none'}")
        if lesson in (row.id for row in pack.path):
            raise KioskError(f"the path {lesson} is there already", hint="choose another id")
        told = table.read_text(encoding="utf-8")
    else:
        topic = topic or folder.name
        told = _frame("pack.toml", pack=_quoted(folder.name), topic=_quoted(topic), title=_quoted(title))
        files[folder / "media" / f"{_TOPIC}.yaml"] = _frame("topic.yaml")
    for path in files:
        if path.exists():
            raise KioskError(f"{path} is there already", hint="choose another id, or go on with that file")
    rows = {"lesson": _quoted(lesson), "topic": _quoted(topic), "title": _quoted(title)}
    files[table] = told.rstrip("\n") + "\n" + _frame("path.toml", **rows, picture=_quoted(f"{picture}.svg"))
    return files


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False)


def _frame(name: str, **values: str) -> str:
    text = resources.files("kiosk.authoring").joinpath("frames", name).read_text(encoding="utf-8")
    return text.format(**values)
