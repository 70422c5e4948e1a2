"""Many rows in one statement: columns that PostgreSQL unfolds, or a row that SQLite runs again and again.

Arrays are written here: the driver takes as long to write them as the server to store them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from kiosk.collector.province import Province

Cell = str | int | bytes | None


def insert(province: Province, table: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
    """Put rows into a table, and say how many were new. Call it inside a transaction.

    A row whose key is there already changes nothing.

    Args:
        province: the database.
        table: a table of ours.
        columns: the names of ours that each row has values for.
        rows: the values.
    """
    if not rows:
        return 0
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    if not province.server:
        marks = ", ".join("?" * len(columns))
        done = province.database.connection().executemany(f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING", rows)
        return int(done.rowcount)
    arrays = ", ".join(f"%s::{_TYPES[column]}[]" for column in columns)
    values = [_literal(column, cells) for column, cells in zip(columns, zip(*rows, strict=True), strict=True)]
    whole = f"{into} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING"  # noqa: S608  our own names
    return int(province.database.execute_sql(whole, values).rowcount)


def _literal(column: str, cells: Iterable[Cell]) -> str:
    """The cells as the text of a PostgreSQL array."""
    write = _WRITERS.get(_TYPES[column], str)
    return f"{{{','.join('NULL' if cell is None else write(cell) for cell in cells)}}}"


def _quoted(cell: Cell) -> str:
    return '"' + str(cell).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hex(cell: Cell) -> str:
    return f'"\\\\x{bytes(cell).hex()}"' if isinstance(cell, bytes) else _quoted(cell)


_TYPES: Mapping[str, str] = {
    "site": "text",
    "device": "bytea",
    "epoch": "bytea",
    "seq": "bigint",
    "first": "bigint",
    "last": "bigint",
    "reason": "text",
    "kind": "smallint",
    "at": "integer",
    "payload": "text",
    "day": "integer",
    "month": "integer",
    "what": "text",
    "lang": "text",
    "many": "bigint",
    "sum1": "bigint",
    "sum2": "bigint",
    "sum3": "bigint",
    "sum4": "bigint",
    "sum5": "bigint",
    "looks": "bigint",
    "celsius": "integer",
    "lowvolts": "bigint",
    "slowed": "bigint",
    "disk": "integer",
    "memory": "integer",
    "stations": "integer",
    "refused": "bigint",
    "signal": "integer",
    "card_errors": "integer",
    "worn": "integer",
    "sound": "text",
    "milliseconds": "integer",
}
_WRITERS: Mapping[str, Callable[[Cell], str]] = {"text": _quoted, "bytea": _hex}
