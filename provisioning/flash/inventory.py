"""Which card went where: a table that a spreadsheet opens, one row a card, only ever added to."""

import csv
import io
import os
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

# A spreadsheet takes a file for Vietnamese only with this mark in front.
_MARK: Final = "\ufeff"
_NAMES: Final = ("nối tiếp", "bản", "ảnh", "ngày", "thẻ", "GB", "kết quả")


@dataclass(frozen=True, slots=True)
class Row:
    """One card, flashed or tried.

    Attributes:
        serial: of the card; of the reader where it hides the card's.
        site: id of its site.
        image: id of its image.
        day: when.
        name: of card or reader, by its maker.
        size: in GB as sold, one decimal.
        result: "được", or what went wrong.
    """

    serial: str
    site: str
    image: str
    day: date
    name: str
    size: float
    result: str


def line(row: Row) -> str:
    """The row as a line of the table."""
    return _lines([str(value) for value in astuple(row)])


def header() -> str:
    """The first line, one name for each field of a row."""
    return _MARK + _lines(_NAMES[: len(fields(Row))])


def add(path: Path, row: Row) -> None:
    """Write a row at the end, on the disk before this returns; a new table gets its header."""
    fresh = not path.exists() or path.stat().st_size == 0
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write((header() if fresh else "") + line(row))
        file.flush()
        os.fsync(file.fileno())


def _lines(words: list[str] | tuple[str, ...]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow([_harmless(word) for word in words])
    return text.getvalue()


def _harmless(word: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{word}" if word.startswith(("=", "+", "-", "@")) else word
