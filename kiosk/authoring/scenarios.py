"""A scenario as written: YAML, judged by practice's own model, with the line of what is wrong.

msgspec names the place by a path in which the keys of tables are hidden (`$.screens[...].blocks[0]`); the key is
found again by asking about one entry at a time.
"""

import datetime
import difflib
import re
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import msgspec
import yaml

from kiosk.errors import KioskError
from kiosk.practice.model import known_keys, known_kinds
from kiosk.practice.scenario import Scenario

_HINT = "see content/SCENARIOS.md"
_QUOTES = "mind the indentation; put quotes around words with a comma, a colon, a question mark or braces"
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[(\.\.\.)\]")
_FIELD = re.compile(r"field `([^`]+)`")
_UNQUOTED = re.compile(r"Expected `str[^`]*`, got `(int|float|bool|date)")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")

Step = str | int | None  # a key, a place in a list, or a table's entry whose key is hidden
Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | datetime.date | None


def load(path: Path, where: str) -> Scenario:
    """The scenario in that file.

    Raises:
        KioskError: not UTF-8 or YAML, a key twice, or not a scenario; names file, line and what was expected.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), where)
    except (OSError, UnicodeDecodeError) as wrong:
        raise KioskError(f"{where}: cannot be read as UTF-8", hint="save it again as UTF-8") from wrong


def parse(text: str, where: str) -> Scenario:
    """The scenario in that text; errors as of `load`."""
    node, plain = _read(text, where)
    try:
        return msgspec.convert(plain, Scenario)
    except msgspec.ValidationError as wrong:
        said, _, _path = str(wrong).partition(" - at ")
        keys = _keys(plain, str(wrong))
        below = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).lstrip(".")
        line = _line(node, keys, _FIELD.search(said))
        place = f"{where}:{line}: {below or 'the scenario'}"
        raise KioskError(f"{place}: {said}", hint=_hint(said, keys)) from wrong


def _hint(said: str, keys: list[str | int]) -> str:
    """What was expected there, as far as it is known."""
    unknown = _UNKNOWN.search(said)
    if unknown and not re.fullmatch(r"[a-z_]+", unknown[1]):
        return _QUOTES
    if unknown:
        near = difflib.get_close_matches(unknown[1], known_keys(), 1)
        return f"did you mean {near[0]}? {_HINT}" if near else _HINT
    if _UNQUOTED.search(said):
        return "put quotes around numbers, dates, yes and no"
    kinds = known_kinds().get(str(keys[-1]), ()) if keys and said.startswith("Invalid") else ()
    return f"write one of {', '.join(kinds)}" if kinds else _HINT


class Lines:
    """Where in a file the parts of its scenario stand.

    Args:
        path: the YAML, which has been read before.
        where: the file as its author names it.
    """

    def __init__(self, path: Path, where: str) -> None:
        self._node, _ = _read(path.read_text(encoding="utf-8"), where)

    def of(self, place: Sequence[str | int]) -> int:
        """The line of that place; of the nearest above it that is written."""
        return _line(self._node, list(place), None)


def _read(text: str, where: str) -> tuple[yaml.Node, Plain]:
    """The tree with its lines, and its plain value."""
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise KioskError(f"{where}:1: the file is empty", hint=_HINT)
        _once(node, where)
        plain: Plain = loader.construct_document(node)
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise KioskError(f"{where}:{line}: not YAML: {wrong.problem}", hint=_QUOTES) from wrong
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise KioskError(f"{where}:1: not YAML: {' '.join(str(wrong).split())}", hint="save it as UTF-8") from wrong
    return node, plain


def _once(node: yaml.Node, where: str) -> None:
    """Refuse a key that stands twice in a table, of which YAML would silently take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise KioskError(f"{where}:{key.start_mark.line + 1}: {key.value} is there twice", hint="keep one")
            seen.add(str(key.value))
            _once(value, where)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _once(value, where)


def _keys(plain: Plain, said: str) -> list[str | int]:
    """The whole path to what msgspec refused, hidden keys found again."""
    keys: list[str | int] = []
    for place, step in enumerate(steps := _steps(said)):
        here = _at(plain, keys)
        if step is not None:
            keys.append(step)
        elif isinstance(here, dict):
            guilty = [key for key in here if _only(plain, keys, key) == said]
            keys.append(guilty[0] if guilty else next(iter(here)))
        if not isinstance(_at(plain, keys), dict | list) and place < len(steps) - 1:
            break
    return keys


def _steps(said: str) -> list[Step]:
    path = said.partition("$")[2]
    steps: list[Step] = [key or (int(index) if index else None) for key, index, _ in _STEP.findall(path)]
    return [*steps, None] if "at `key` in" in said else steps


def _at(plain: Plain, keys: list[str | int]) -> Plain:
    for key in keys:
        if isinstance(plain, dict) and isinstance(key, str):
            plain = plain.get(key)
        elif isinstance(plain, list) and isinstance(key, int):
            plain = plain[key]
    return plain


def _only(plain: Plain, keys: list[str | int], kept: Hashable) -> str:
    """What msgspec says of the same document when the table at `keys` has only that entry."""
    try:
        msgspec.convert(_reduced(plain, keys, kept), Scenario)
    except msgspec.ValidationError as wrong:
        return str(wrong)
    return ""


def _reduced(plain: Plain, keys: list[str | int], kept: Hashable) -> Plain:
    if not keys:
        return {key: value for key, value in plain.items() if key == kept} if isinstance(plain, dict) else plain
    first, rest = keys[0], keys[1:]
    if isinstance(plain, dict):
        return {key: _reduced(value, rest, kept) if key == first else value for key, value in plain.items()}
    if isinstance(plain, list):
        return [_reduced(value, rest, kept) if place == first else value for place, value in enumerate(plain)]
    return plain


def _line(node: yaml.Node, keys: list[str | int], field: re.Match[str] | None) -> int:
    """The line of that place; of the field in it that msgspec speaks of, where it is written."""
    wanted = [*keys, field[1]] if field else keys
    line = node.start_mark.line
    for key in wanted:
        found = next(_children(node, key), None)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _children(node: yaml.Node, key: str | int) -> Iterator[tuple[int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((name.start_mark.line, value) for name, value in node.value if name.value == str(key))
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        yield node.value[key].start_mark.line, node.value[key]
