"""The roll-ups as tables for a spreadsheet: by day, by month, and by language with the dashboard's own caution."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from kiosk.collector.days import date_of, first_day
from kiosk.collector.figures import languages
from kiosk.collector.province import Province
from kiosk.collector.rollups.details import DETAILS
from kiosk.errors import KioskError
from kiosk.events.event import Value
from kiosk.events.kinds import by_code

Row = tuple[Value, ...]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def export(province: Province, folder: Path, now: int) -> dict[str, int]:
    """Write the tables into a folder; the number of rows of each by its file's name.

    Args:
        province: the database; what it holds settled is written.
        folder: made when it is missing; tables of the same name are replaced.
        now: seconds since 1970.

    Raises:
        KioskError: the folder cannot be written.
    """
    tables: dict[str, tuple[Row, Callable[[str], Iterator[Row]]]] = {
        "days.csv": (("site", "name", "day", "kind", "count"), lambda site: _days(province, site)),
        "months.csv": (
            ("site", "name", "month", "kind", "of", "what", "count"),
            lambda site: _months(province, site),
        ),
        "languages.csv": (("site", "name", "month", "language", "cards"), lambda site: _languages(province, site, now)),
    }
    sites = province.rows("SELECT site, name FROM site ORDER BY site")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {name: _write(folder / name, head, sites, rows) for name, (head, rows) in tables.items()}
    except OSError as wrong:
        raise KioskError(f"{folder} cannot be written: {wrong.strerror}", hint="name another folder") from wrong


def _write(path: Path, head: Row, sites: list[tuple[str, str]], rows: Callable[[str], Iterator[Row]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # with a mark, so that Excel reads Vietnamese
        writer = csv.writer(file)
        writer.writerow(head)
        for site, name in sites:
            for row in rows(site):
                writer.writerow([_plain(value) for value in (site, name, *row)])
                count += 1
    return count


def _plain(value: Value) -> Value:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _days(province: Province, site: str) -> Iterator[Row]:
    rows = province.rows("SELECT day, kind, many FROM daily WHERE site = ? ORDER BY day, kind", (site,))
    for day, code, many in rows:
        yield str(date_of(day)), by_code()[code].name, many


def _months(province: Province, site: str) -> Iterator[Row]:
    """For each row of the roll-up how many events, and a line more for each of its sums."""
    query = "SELECT month, kind, what, many, sums FROM detail WHERE site = ? ORDER BY month, kind, what"
    for number, code, what, many, sums in province.rows(query, (site,)):
        kind, month = by_code()[code].name, _month(number)
        kept, values = DETAILS[kind], msgspec.json.decode(what, type=list[Value])
        of = " ".join(f"{name}={value}" for name, value in zip(kept.words, values, strict=True))
        yield month, kind, of, "events", many
        for name, total in zip(kept.sums, msgspec.json.decode(sums, type=list[int]), strict=True):
            yield month, kind, of, name, total


def _languages(province: Province, site: str, now: int) -> Iterator[Row]:
    for month, cells in languages.over(province, site, now):
        for lang, many in cells:
            yield _month(month), lang or "others", many


def _month(number: int) -> str:
    return f"{date_of(first_day(number)):%Y-%m}"
