"""What is wrong with a TOML document that should be a struct: every fault at once, each with its line and remedy."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from kiosk.findings import Finding, Level

MOST = 262_144  # characters; the longest honest file holds two certificates
_POSITION = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=(.*)$", re.DOTALL)
_KINDS = {
    bool: "true hoặc false, không có dấu ngoặc kép",
    int: "một số, không có dấu ngoặc kép",
    str: "chữ trong dấu ngoặc kép",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong.

    Attributes:
        key: section and name, "wifi.channel"; empty when the whole file is meant.
        what: what is wrong, one Vietnamese sentence; never the value of a secret.
        remedy: what to write instead.
        line: of the file, from 1; 0 when unknown.
    """

    key: str
    what: str
    remedy: str
    line: int = 0

    @property
    def finding(self) -> Finding:
        """The fault as a row of a table."""
        return row(self.key, self.line, Level.FAIL, self.what, self.remedy)


def row(key: str, line: int, level: Level, what: str, remedy: str) -> Finding:
    """A finding about a line of a file."""
    return Finding(f"dòng {line}" if line else "tệp", level, f"{key}: {what}" if key else what, remedy)


def decode(text: str) -> tuple[dict[str, Any], list[Fault]]:
    """The table of a TOML text; empty, with the one fault, when it is none."""
    if len(text) > MOST:
        return {}, [Fault("", f"Tệp dài {len(text)} chữ.", f"Tệp của một bản không quá {MOST} chữ. Tạo lại tệp.")]
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return {}, [Fault("", "Tệp lồng quá nhiều dấu ngoặc.", "Tạo lại tệp bằng: provision site new")]
    except ValueError as wrong:  # also a number of more digits than Python reads
        found = _POSITION.search(str(wrong))
        line = int(found.group(1)) if found else text.count("\n") + 1
        return {}, [Fault("", "Dòng này không đúng cách viết TOML.", _spelling(text, line), line)]


def faults(kind: type[msgspec.Struct], table: Mapping[str, Any], at: Mapping[str, int]) -> list[Fault]:
    """Every fault of the table as a document of sections; `at` says on which line a key stands."""
    return [placed(fault, at) for fault in _document(kind, table)]


def lines(text: str) -> dict[str, int]:
    """Key ("wifi.channel") or section ("wifi") -> its line, from 1, of a text that is TOML."""
    found: dict[str, int] = {}
    section, closing = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _HEADER.match(line):
            section = _bare(header.group(1))
            found.setdefault(section, number)
        elif key := _KEY.match(line):
            name = _bare(key.group(1))
            found.setdefault(f"{section}.{name}" if section else name, number)
            closing = _opened(key.group(2))
    return found


def place(key: str, at: Mapping[str, int]) -> int:
    """The line of a key, else of its section; 0 when neither is in the file."""
    return at.get(key) or at.get(key.partition(".")[0], 0)


def placed(fault: Fault, at: Mapping[str, int]) -> Fault:
    """The fault with its line."""
    return Fault(fault.key, fault.what, fault.remedy, place(fault.key, at))


def _bare(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _opened(value: str) -> str:
    for quotes in ('"""', "'''"):
        if value.count(quotes) == 1:
            return quotes
    return ""


def _spelling(text: str, line: int) -> str:
    written = text.splitlines()[line - 1] if line <= text.count("\n") + 1 and text else ""
    if written.count('"') % 2 or "“" in written or "”" in written:
        return 'Đóng, mở bằng dấu ngoặc kép thẳng: ssid = "DomDom Ban Bo"'
    return 'Viết lại dòng theo mẫu: tên = "chữ" hoặc tên = 12; mỗi tên một lần.'


def _document(kind: type[msgspec.Struct], table: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _strangers("", table, kind)
    for field in msgspec.structs.fields(kind):
        if not is_section(field.type):
            yield from _field("", field, table)
            continue
        inner = table.get(field.name, {})
        if not isinstance(inner, dict):
            yield Fault(field.name, "phải là một mục.", f"Viết [{field.name}] trên một dòng riêng.")
            continue
        yield from _strangers(f"{field.name}.", inner, field.type)
        for row in msgspec.structs.fields(field.type):
            yield from _field(f"{field.name}.", row, inner)


def is_section(kind: Any) -> bool:
    """Whether a field is a table of its own."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _strangers(before: str, table: Mapping[str, Any], kind: type[msgspec.Struct]) -> Iterator[Fault]:
    known = [field.name for field in msgspec.structs.fields(kind)]
    for name in table:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            remedy = f"Có phải là {near[0]}?" if near else f"Bỏ dòng này. Các tên có thể viết: {', '.join(known)}."
            shown = name if re.fullmatch(r"[\w-]{1,40}", name) else "…"
            yield Fault(f"{before}{shown}", "không có tên này.", remedy)


def _field(before: str, field: msgspec.structs.FieldInfo, table: Mapping[str, Any]) -> Iterator[Fault]:
    key = f"{before}{field.name}"
    if field.name not in table:
        if field.required:
            yield Fault(key, "còn thiếu.", f"Thêm dòng {field.name} = …: {wanted(field.type)}.")
        return
    try:
        msgspec.convert(table[field.name], type=field.type)
    except msgspec.ValidationError:
        yield Fault(key, _refused(field.type, table[field.name]), f"Viết {wanted(field.type)}.")


def _refused(kind: Any, value: Any) -> str:
    if is_secret(kind):
        return "không nhận được."
    most = _extra(kind).get("bytes", 0)
    if most and isinstance(value, str) and (size := len(value.encode("utf-8", "replace"))) > most:
        return f"dài {size} byte, nhiều nhất {most} byte."
    return f"không nhận được {_shown(value)}."


def wanted(kind: Any) -> str:
    """What a field takes, in Vietnamese."""
    if extra := _extra(kind):
        return str(extra["want"])
    if kind in _KINDS:
        return _KINDS[kind]
    return "một trong: " + ", ".join(f'"{choice}"' for choice in get_args(kind))


def is_secret(kind: Any) -> bool:
    """Whether a field's value must never be printed."""
    return bool(_extra(kind).get("secret"))


def _extra(kind: Any) -> dict[str, Any]:
    metas = [each for each in get_args(kind) if isinstance(each, msgspec.Meta) and each.extra]
    return metas[0].extra or {} if metas else {}


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004  half a line of a terminal
