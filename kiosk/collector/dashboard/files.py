"""Tables to take away: as CSV, written as it is sent, or as Parquet."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask, Response, abort, render_template, request

from kiosk.collector import export
from kiosk.collector.dashboard import guard
from kiosk.collector.people.person import Role
from kiosk.collector.province import Province
from kiosk.errors import KioskError

_CHUNK = 64 * 1024


def register(app: Flask, province: Province) -> None:
    """Add the addresses of the tables."""

    @app.get("/export")
    def show_export() -> str:
        return render_template("export.html", tables=_mine(), parquet=export.has_parquet())

    @app.get("/export/<name>.<form>")
    def table(name: str, form: str) -> Response:
        if name not in export.TABLES or form not in ("csv", "parquet"):
            abort(404)
        if name not in _mine():
            abort(403)
        commune = guard.commune(request.args.get("commune", ""))
        wanted = export.table(province, name, int(time.time()), commune=commune)
        try:
            data = _packed(lambda path: export.write(wanted, path)) if form == "parquet" else export.lines(wanted)
        except KioskError:
            abort(404)
        answer = Response(data, mimetype="text/csv" if form == "csv" else "application/vnd.apache.parquet")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        return answer


def _mine() -> list[str]:
    """The tables that whoever asks may have: a technician has the boxes."""
    technician = guard.person().role is Role.TECHNICIAN
    return [name for name in export.TABLES if not technician or name == "boxes"]


def _packed(write: Callable[[Path], object]) -> Iterator[bytes]:
    """A file that is written whole before its first byte goes, and is gone after its last."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        write(path)
        data = path.open("rb")

    def send() -> Iterator[bytes]:
        with data:
            while chunk := data.read(_CHUNK):
                yield chunk

    return send()
