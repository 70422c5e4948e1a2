"""Where villages lie: a table that a province keeps anyway, read into the sites."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.collector import tokens
from kiosk.collector.province import Province
from kiosk.collector.rollups import totals
from kiosk.errors import KioskError

COLUMNS = ("site", "name", "commune", "latitude", "longitude")
_MILLION = 1_000_000
_TEXT_MOST = 120
_HINT = f"columns: {', '.join(COLUMNS)}; degrees such as 22.3968"


@dataclass(frozen=True, slots=True)
class Place:
    """A village's row; latitude and longitude in millionths of a degree, both or none."""

    site: str
    name: str
    commune: str
    latitude: int | None
    longitude: int | None


def parse(data: bytes) -> list[Place]:
    """The villages of a CSV with a header line, UTF-8, commas or semicolons.

    Raises:
        KioskError: names the line and what is wrong with it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise KioskError("the table is not UTF-8", hint="save it as CSV UTF-8") from wrong
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in COLUMNS[:3] if name not in (rows.fieldnames or ())]
    if missing:
        raise KioskError(f"the table has no column {missing[0]!r}", hint=_HINT)
    return list(_rows(rows))


def _rows(rows: "csv.DictReader[str]") -> Iterator[Place]:
    for row in rows:
        try:
            yield _place({name: (row.get(name) or "").strip() for name in COLUMNS})
        except ValueError as wrong:
            raise KioskError(f"line {rows.line_num}: {wrong}", hint=_HINT) from wrong


def _place(row: dict[str, str]) -> Place:
    if not tokens.is_site(row["site"]):
        raise ValueError(f"{row['site']!r} is not a site's id")
    if any(len(value) > _TEXT_MOST or not value.isprintable() for value in row.values()):
        raise ValueError(f"a value is longer than {_TEXT_MOST} characters or is no plain text")
    if bool(row["latitude"]) != bool(row["longitude"]):
        raise ValueError("latitude and longitude stand together")
    where = [_degrees(row[name], bound) for name, bound in (("latitude", 90), ("longitude", 180))]
    return Place(row["site"], row["name"] or row["site"], row["commune"], where[0], where[1])


def _degrees(text: str, bound: int) -> int | None:
    if not text:
        return None
    degrees = float(text.replace(",", "."))
    if not -bound <= degrees <= bound:
        raise ValueError(f"{text} is no such degree")
    return round(degrees * _MILLION)


def learn(province: Province, places: list[Place]) -> None:
    """Keep the villages; one that is new is made, without a token. Totals of communes that lose or gain one are due."""
    with province.transaction():
        held = dict(province.rows("SELECT site, commune FROM site"))
        moved: set[str] = set()
        for place in places:
            province.run(_LEARN, (place.site, place.name, place.commune, place.latitude, place.longitude))
            before = held.get(place.site)
            if before is not None and before != place.commune:
                moved |= {before, place.commune}
        totals.move(province, moved)


_LEARN = (
    "INSERT INTO site (site, name, commune, latitude, longitude) VALUES (?, ?, ?, ?, ?) ON CONFLICT (site) DO UPDATE "
    "SET name = excluded.name, commune = excluded.commune, latitude = excluded.latitude, longitude = excluded.longitude"
)
