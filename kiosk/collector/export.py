"""The roll-ups as tables for a spreadsheet: by day, by month, by language with the dashboard's own caution, by box."""

import csv
import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kiosk.collector.days import date_of, first_day
from kiosk.collector.figures import languages
from kiosk.collector.figures.boxes import boxes
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS, SUMS
from kiosk.errors import KioskError
from kiosk.events.event import Value
from kiosk.events.kinds import by_code

Row = tuple[Value, ...]
FORMS = ("csv", "parquet")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
_MARK = "\ufeff"  # so that Excel reads Vietnamese
_GROUP = 50_000  # rows that a Parquet file holds together
_LINES = 200  # rows that are sent together


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, which of them are numbers, and its rows, made as they are asked for."""

    head: tuple[str, ...]
    numbers: frozenset[str]
    rows: Iterator[Row]


def table(province: Province, name: str, now: int, *, commune: str = "") -> Table:
    """A table of what is settled.

    Args:
        province: the database.
        name: of `TABLES`.
        now: seconds since 1970.
        commune: its villages only; empty: all.
    """
    head, numbers, rows = TABLES[name]
    return Table(("site", "name", "commune", *head), frozenset(numbers), rows(province, now, commune))


def export(province: Province, folder: Path, now: int, form: str = "csv") -> dict[str, int]:
    """Write every table into a folder; the number of rows of each by its file's name.

    Args:
        province: the database; what it holds settled is written.
        folder: made when it is missing; tables of the same name are replaced.
        now: seconds since 1970.
        form: of `FORMS`.

    Raises:
        KioskError: the folder cannot be written, or Parquet is not installed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            f"{name}.{form}": write(table(province, name, now), folder / f"{name}.{form}") for name in TABLES
        }  # fmt: skip
    except OSError as wrong:
        raise KioskError(f"{folder} cannot be written: {wrong.strerror}", hint="name another folder") from wrong


def write(wanted: Table, path: Path) -> int:
    """Write a table into a file, in the form that its name ends in; how many rows.

    Raises:
        KioskError: Parquet is not installed.
    """
    return _parquet(wanted, path) if path.suffix == ".parquet" else _csv(wanted, path)


def lines(wanted: Table) -> Iterator[str]:
    """A table as the text of a CSV, some lines at a time."""
    text = io.StringIO()
    writer = csv.writer(text)
    text.write(_MARK)
    writer.writerow(wanted.head)
    while True:
        yield text.getvalue()
        text.seek(0)
        text.truncate()
        some = list(islice(wanted.rows, _LINES))
        if not some:
            return
        writer.writerows([_plain(value) for value in row] for row in some)


def has_parquet() -> bool:
    """Whether the library that writes it is here."""
    return importlib.util.find_spec("pyarrow") is not None


def _csv(wanted: Table, path: Path) -> int:
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for part in lines(wanted):
            file.write(part)
            written += part.count("\r\n")
    return written - 1


def _parquet(wanted: Table, path: Path) -> int:
    if not has_parquet():
        raise KioskError("Parquet needs pyarrow", hint="pip install 'domdom[province]'")
    arrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    types = {True: arrow.int64(), False: arrow.string()}
    schema = arrow.schema([(name, types[name in wanted.numbers]) for name in wanted.head])
    written = 0
    with parquet.ParquetWriter(path, schema) as file:
        while some := list(islice(wanted.rows, _GROUP)):
            columns = [list(column) for column in zip(*some, strict=True)]
            file.write_table(arrow.table(dict(zip(wanted.head, columns, strict=True)), schema=schema))
            written += len(some)
    return written


def _plain(value: Value) -> Value:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _sites(province: Province, commune: str) -> list[tuple[str, str, str]]:
    rows = province.rows("SELECT site, name, commune FROM site ORDER BY site")
    return [(site, name, of) for site, name, of in rows if commune in ("", of)]


def _days(province: Province, _now: int, commune: str) -> Iterator[Row]:
    for site in _sites(province, commune):
        rows = province.rows("SELECT day, kind, many FROM daily WHERE site = ? ORDER BY day, kind", (site[0],))
        for day, code, many in rows:
            yield *site, str(date_of(day)), by_code()[code].name, many


def _months(province: Province, _now: int, commune: str) -> Iterator[Row]:
    """For each row of the roll-up how many events, and a line more for each of its sums."""
    for site in _sites(province, commune):
        for number, code, what, many, *sums in province.rows(_MONTHS, (site[0],)):
            kind, month = by_code()[code].name, _month(number)
            kept = DETAILS[kind]
            of = " ".join(f"{name}={value}" for name, value in kept.named(what).items())
            yield *site, month, kind, of, "events", many
            for name, total in zip(kept.sums, sums, strict=False):
                yield *site, month, kind, of, name, total


_MONTHS = (
    f"SELECT month, kind, what, many, {', '.join(SUMS)} FROM detail "  # noqa: S608  our own names
    "WHERE site = ? ORDER BY month, kind, what"
)


def _languages(province: Province, now: int, commune: str) -> Iterator[Row]:
    for site in _sites(province, commune):
        for month, cells in languages.over(province, site[0], now):
            for lang, many in cells:
                yield *site, _month(month), lang or "others", many


def _boxes(province: Province, now: int, commune: str) -> Iterator[Row]:
    for box in sorted(boxes(province, now, commune=commune), key=lambda one: (one.site, one.device)):
        heard = (str(date_of(box.first)), str(date_of(box.last)))
        seen = (box.celsius, box.disk, box.memory, box.stations, box.signal, box.refused)
        yield box.site, box.name, box.commune, box.device, box.version, *heard, *seen, " ".join(box.amiss)


def _month(number: int) -> str:
    return f"{date_of(first_day(number)):%Y-%m}"


_Rows = Callable[[Province, int, str], Iterator[Row]]
_SEEN = ("celsius", "disk_free_mib", "memory_mib", "stations", "signal_dbm", "refused")
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], _Rows]] = {
    "days": (("day", "kind", "count"), ("count",), _days),
    "months": (("month", "kind", "of", "what", "count"), ("count",), _months),
    "languages": (("month", "language", "cards"), ("cards",), _languages),
    "boxes": (("device", "version", "first", "last", *_SEEN, "amiss"), _SEEN, _boxes),
}
