"""A list of villages as people keep it in a spreadsheet -> what is known of each, with the row it came from."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from kiosk.errors import KioskError
from provisioning import models, names
from provisioning.faults import Fault
from provisioning.table_text import rows_of, text_of

_DOUBLE = "Bỏ một hàng; là hai bản khác nhau thì ghi thêm xã hoặc mã bản."
_HEADED = 10  # rows above the headings: a title, a date
_NUMBER = re.compile(r"[0-9]{1,4}")
# Excel takes a telephone for a number: the first 0 goes.
_SHORTENED = re.compile(r"[1-9][0-9]{8,9}")
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One village of the list.

    Attributes:
        number: of the row, as the spreadsheet counts.
        given: key of a site file -> value.
        faults: cells that say nothing; their `line` is the row.
    """

    number: int
    given: Mapping[str, Any]
    faults: tuple[Fault, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: its villages, and the headings that nobody knows."""

    rows: tuple[Row, ...]
    unknown: tuple[str, ...]


def read(data: bytes) -> Listed:
    """The villages of a file that Excel, LibreOffice or an editor wrote.

    Raises:
        KioskError: no text, no headings, no column of villages, no row.
    """
    cells = rows_of(text_of(data), _known)
    top = max(range(min(len(cells), _HEADED)), key=lambda number: _known(cells[number]), default=0)
    keys = [_key(heading) for heading in cells[top]] if cells else []
    if "site.village" not in keys:
        raise KioskError(
            "không thấy cột tên bản", hint='hàng đầu ghi tên cột, như "Tên bản", "Xã", "Máy", "Điện thoại"'
        )
    if twice := [cells[top][at] for at, key in enumerate(keys) if key and key in keys[:at]]:
        raise KioskError(f"hai cột cùng nghĩa: {twice[0]}", hint="bỏ hoặc đổi tên một cột")
    rows = tuple(_row(number, keys, row) for number, row in enumerate(cells[top + 1 :], top + 2) if any(row))
    if not rows:
        raise KioskError("danh sách không có bản nào", hint="mỗi bản một hàng, dưới hàng tên cột")
    return Listed(rows, tuple(name for name, key in zip(cells[top], keys, strict=True) if name and key is None))


def apart(rows: Sequence[Row]) -> list[Row]:
    """The rows with their sites' ids; a village that stands in the list twice is a fault of the later row."""
    found: dict[str, int] = {}
    told = []
    for row in rows:
        name = _id(row)
        first = found.setdefault(name, row.number) if name else row.number
        double = Fault("site.village", f"trùng với hàng {first}.", _DOUBLE, row.number)
        faults = (*row.faults, double) if first != row.number else row.faults
        told.append(Row(row.number, {**row.given, "site.id": name}, faults))
    return told


def _row(number: int, keys: Sequence[str | None], cells: Sequence[str]) -> Row:
    given: dict[str, Any] = {}
    faults = []
    for key, cell in zip(keys, cells, strict=False):
        if not key or not cell:
            continue
        try:
            given[key] = _value(key, cell)
        except KioskError as wrong:
            faults.append(Fault(key, wrong.message, wrong.hint, number))
    return Row(number, given, tuple(faults))


def _value(key: str, cell: str) -> Any:
    special = _READERS.get(key)
    return special(cell) if special else cell


def _model(cell: str) -> str:
    model = models.find(cell)
    if model is None:
        known = ", ".join(row.name.removeprefix("Raspberry ") for row in models.models().values() if row.image)
        raise KioskError(f'không biết máy "{cell[:40]}".', hint=f"Ghi một trong: {known}.")
    return model.id


def _choice(table: str, cell: str, hint: str) -> str:
    for value, words in _words()[table].items():
        if _plain(cell) in {_plain(word) for word in [value, *words]}:
            return value
    raise KioskError(f'không hiểu "{cell[:40]}".', hint=hint)


def _uplink(cell: str) -> str:
    return _choice("uplinks", cell, "Ghi: không, dây, USB 4G, wifi hoặc điện thoại.")


def _yes(cell: str) -> bool:
    return _choice("yes", cell, "Ghi: có hoặc không.") == "true"


def _languages(cell: str) -> list[str]:
    hint = "Ghi: Việt, Thái Đen, Mông Trắng, … ; Thái, Mông, Dao thì ghi rõ ngành nào."
    parts = [part.strip() for part in re.split(r"[,;/+]| và ", cell) if part.strip()]
    return [_choice("languages", part, hint) for part in parts]


def _count(cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        raise KioskError(f'"{cell[:40]}" không phải một số.', hint="Chỉ ghi số, như 20.")
    return int(cell)


def _telephone(cell: str) -> str:
    if _ROUNDED.fullmatch(cell):
        raise KioskError("Excel đã làm tròn số điện thoại.", hint="Định dạng cột là Text, ghi lại số.")
    digits = re.sub(r"[ .\-()]", "", cell).removeprefix("'")
    return f"0{digits}" if _SHORTENED.fullmatch(digits) and not digits.startswith(("1800", "1900")) else digits


_READERS = {
    "box.model": _model,
    "box.touchscreen": _yes,
    "uplink.kind": _uplink,
    "site.languages": _languages,
    "site.class_size": _count,
    "wifi.channel": _count,
    "helper.phone": _telephone,
    "helper.police": _telephone,
}


def _id(row: Row) -> str:
    own, village, commune = (str(row.given.get(key, "")) for key in ("site.id", "site.village", "site.commune"))
    return names.host_name(own) if own else names.site_id(village, commune)


def _known(headings: Sequence[str]) -> int:
    return sum(1 for heading in headings if _key(heading))


def _key(heading: str) -> str | None:
    """The site file's key; "" for a column that is meant for people; None when nobody knows it."""
    return _headings().get(_plain(heading))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", names.ascii_of(text.replace("✓", "x")).lower())


@cache
def _words() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files("provisioning").joinpath("spreadsheet.toml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(text)
    return found


@cache
def _headings() -> Mapping[str, str]:
    pairs = _words()["headings"].items()
    return {_plain(word): key for key, words in pairs for word in [key, *words] if word}
