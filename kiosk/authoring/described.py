"""A picture as its author describes it: the lines between ```picture and ``` of a lesson, or a file of media/.

- ground: market
- seller: {at: left, mood: glad}
- hand-phone: {at: right, shows: qr}
"""

import difflib
import re
from typing import Any, NoReturn, TypeVar, get_args

import msgspec
import yaml

from kiosk.authoring import parts
from kiosk.authoring.scene import MOST, Does, Frame, Item, Mood, Picture, Place, Placed, several
from kiosk.errors import KioskError

_WRITE = "write - phone: {at: right, shows: qr}; see content/PICTURES.md"
_LISTED = "content/PICTURES.md lists all of them"
_LONG = 40
FRAMES: tuple[Frame, ...] = get_args(Frame)
_FIELD = re.compile(r"field `([^`]+)`|at `\$\.([a-z]+)")

Entry = tuple[str, yaml.Node | None, int]  # name, value, line
Word = TypeVar("Word", bound=str)


def read(text: str, where: str, above: int = 0) -> Picture:
    """The picture that those lines describe.

    Args:
        text: YAML, a list of parts from the back to the front.
        where: the file, as its author names it.
        above: how many lines of the file stand above the text.

    Raises:
        KioskError: not such a list, or something in it that the kit does not have; names file and line.
    """
    reader = _Reader(where, above)
    entries = reader.entries(text)
    frame = reader.word(entries.pop(0), FRAMES) if entries and entries[0][0] == "frame" else "card"
    ground = reader.word(entries.pop(0), parts.names("grounds")) if entries and entries[0][0] == "ground" else ""
    items = tuple(reader.item(name, node, line) for name, node, line in entries)
    if not 0 < len(items) <= MOST:
        raise KioskError(f"{where}:{above + 1}: a picture has 1 to {MOST} parts", hint=_WRITE)
    return Picture(ground, items, frame)


class _Reader:
    """Knows the file, for what is said of it."""

    def __init__(self, where: str, above: int) -> None:
        self.where, self.above = where, above

    def refuse(self, line: int, what: str, hint: str = _WRITE) -> NoReturn:
        raise KioskError(f"{self.where}:{self.above + line + 1}: {what}", hint=hint)

    def entries(self, text: str) -> list[Entry]:
        """Every (name, value, line) of the list."""
        try:
            node = yaml.SafeLoader(text).get_single_node()
        except yaml.MarkedYAMLError as wrong:
            line = wrong.problem_mark.line if wrong.problem_mark else 0
            self.refuse(line, f"not YAML: {wrong.problem}", "mind colons, commas and brackets")
        except (yaml.YAMLError, RecursionError) as wrong:
            self.refuse(0, f"not YAML: {' '.join(str(wrong).split())}")
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(0, "a picture is a list of parts, each behind a hyphen")
        return [self.entry(one) for one in node.value]

    def entry(self, node: yaml.Node) -> Entry:
        """`name`, `name: place` or `name: {...}`."""
        line = node.start_mark.line
        if isinstance(node, yaml.ScalarNode):
            return str(node.value), None, line
        if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
            self.refuse(line, "a line of a picture is one part and how it stands")
        name, value = node.value[0]
        if not isinstance(name, yaml.ScalarNode):
            self.refuse(line, "a line of a picture is one part and how it stands")
        return str(name.value), value, line

    def word(self, entry: Entry, there: tuple[Word, ...]) -> Word:
        """One of those words, behind its name."""
        name, node, line = entry
        said = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        return self.known(said, there, name, line)

    def known(self, name: str, there: tuple[Word, ...], kind: str, line: int) -> Word:
        """The name, if it is one of those."""
        if name not in there:
            near = difflib.get_close_matches(name, [str(one) for one in there], n=3)
            said = f"there is no {kind} {name!r}" + (f"; near it: {', '.join(near)}" if near else "")
            self.refuse(line, said, _LISTED if near and len(there) > _LONG else f"there is {', '.join(there)}")
        return there[there.index(name)]

    def item(self, name: str, node: yaml.Node | None, line: int) -> Item:
        """A part and how it stands."""
        self.known(name, tuple(parts.parts()), "part", line)
        placed = self.placed(name, node, line)
        about = parts.parts()[name]
        for one in (*several(placed.shows), *several(placed.says), *several(placed.thinks)):
            self.known(one, showable(), "picture to show", line)
        if placed.holds is not None:
            self.known(placed.holds, tuple(parts.parts()), "part", line)
        if placed.holds and placed.does:
            self.refuse(line, f"{name} has one arm to hold or to do something", "keep holds or does")
        for given, able, key, those in (
            (placed.shows, about.slot, "shows", [one for one, part in parts.parts().items() if part.slot]),
            (placed.tap, about.group == "phone" or name == "computer", "tap", ["phone", "computer"]),
            (placed.mood, about.faces, "mood", _people()),
            (placed.does or placed.holds, about.sleeve, "does and holds", _people()),
            (placed.says or placed.thinks, about.sleeve, "says and thinks", _people()),
        ):
            if given and not able:
                self.refuse(line, f"{name} has no {key}", f"these have: {', '.join(those)}")
        return Item(name, placed)

    def placed(self, name: str, node: yaml.Node | None, line: int) -> Placed:
        """How the part stands there."""
        if node is None:
            return Placed()
        try:
            plain = {"at": node.value} if isinstance(node, yaml.ScalarNode) else _plain(node)
            return msgspec.convert(plain, Placed)
        except msgspec.ValidationError as wrong:
            found = _FIELD.search(str(wrong))
            key = (found[1] or found[2]) if found else ""
            said = str(wrong).partition(" - at ")[0].replace("Object contains unknown", "there is no")
            self.refuse(_line(node, key, line), f"{name}: {key}: {said}" if key else f"{name}: {said}", _there_is(key))
        except (yaml.YAMLError, ValueError, RecursionError) as wrong:
            self.refuse(line, f"{name}: {' '.join(str(wrong).split())[:80]}", "write numbers and words only")


def showable() -> tuple[str, ...]:
    """Everything that a screen, a bubble or a hand can show."""
    return (*parts.names("screens"), *parts.icons(), *parts.parts())


def _people() -> list[str]:
    return [name for name, part in parts.parts().items() if part.sleeve]


def _plain(node: yaml.Node) -> Any:
    """The value of that node; not a number is refused, and a key that stands there twice."""
    plain = yaml.SafeLoader("").construct_document(node)
    if isinstance(node, yaml.MappingNode) and len(plain) < len(node.value):
        raise ValueError("a word is there twice")
    if isinstance(plain, dict) and any(value != value for value in plain.values()):  # noqa: PLR0124  so is NaN known
        raise ValueError("not a number")
    return plain


def _line(node: yaml.Node, key: str, line: int) -> int:
    """The line of that key, where it is written."""
    if isinstance(node, yaml.MappingNode):
        return next((int(name.start_mark.line) for name, _ in node.value if name.value == key), line)
    return line


def _there_is(key: str) -> str:
    """What may be written there."""
    words = {"at": get_args(Place), "tap": get_args(Place), "mood": get_args(Mood), "does": get_args(Does)}.get(key)
    if words is None:
        words = () if key in Placed.__struct_fields__ else Placed.__struct_fields__
    return f"there is {', '.join(words)}" if words else _WRITE
