"""The current generation served without nginx: gzip twins, byte ranges, and the line for each thing sent."""

import os
import stat
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request
from werkzeug.http import parse_range_header

from kiosk import clock
from kiosk.events.line import Line, of_request, print_line
from kiosk.pages import addresses
from kiosk.portal.probes import system_of
from kiosk.settings import Settings
from kiosk.web.guard import ErrorPage, plain_page
from kiosk.web.station import TOUCHSCREEN, Stations

_TYPES: Final = {
    ".html": "text/html",
    ".htm": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".svg": "image/svg+xml",
}
_TWIN: Final = ".gz"
_MEDIA: Final = "m"  # the folder of sounds
_FOREVER: Final = "public, max-age=31536000, immutable"  # sounds are named by their content
_ASK_AGAIN: Final = "no-cache"


class Views:
    """The view log, written as nginx writes it: a line at a time, each in one piece.

    Args:
        path: the file; made with its folder when the first line comes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def write(self, line: Line) -> None:
        """Append a line; a full memory loses the count, never the page."""
        try:
            if self._handle < 0:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
            os.write(self._handle, f"{print_line(line)}\n".encode("ascii"))
        except OSError:
            return


def register(app: Flask, settings: Settings, stations: Stations) -> None:
    """Serve every address that nothing else answers from the current generation.

    Args:
        app: the app.
        settings: the house.
        stations: who asks.
    """
    views = Views(settings.views)

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def file(path: str) -> Response:
        generation = settings.current.resolve()  # once: the link may lead elsewhere a moment later
        station = stations.of(request.environ)
        own = locate(generation / addresses.TOUCH, path) if station.where == TOUCHSCREEN else None
        found = own or locate(generation, path)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        response = send(found)
        line = of_request(
            f"/{found.relative_to(generation)}",
            status=response.status_code,
            wall=clock.wall(),
            where=station.where,
            content_range=response.headers.get("Content-Range", ""),
            method=request.method,
            station=station.token,
            system=system_of(request.headers.get("User-Agent", "")),
        )
        if line:
            views.write(line)
        return response


def missing_page(settings: Settings) -> ErrorPage:
    """The generation's own page for an unknown address, its links led home; the plain one where it has none."""

    def page(status: int, root: str) -> str:
        file = settings.current / addresses.missing(settings.site.languages[0])
        try:
            text = file.read_text(encoding="utf-8")
        except OSError:
            return plain_page(status, root)
        return text.replace("<head>", f'<head><base href="{root}">', 1) if root else text

    return page


def locate(generation: Path, path: str) -> Path | None:
    """The file of a generation that answers to a path, or None; never one outside of it.

    Args:
        generation: the folder, or the link to it.
        path: percent-decoded, without the leading slash; `` is index.html, `help` is help.html.
    """
    parts = path.split("/") if path else ["index.html"]
    if "\0" in path or any(part.startswith(".") or not part for part in parts) or path.endswith(_TWIN):
        return None
    root = generation.resolve()
    named = root.joinpath(*parts)
    for file in (named, named.with_name(f"{named.name}.html")):
        if _is_file(file) and file.resolve() == file:
            return file
    return None


def send(file: Path) -> Response:
    """The response to the current request for a file: whole, a part, its gzip twin, or 304.

    Read at once: a sound of ours is 4 kB a second, a page less than one of them.
    """
    twin = file.with_name(file.name + _TWIN)
    packed = _is_file(twin)
    chosen = twin if packed and request.accept_encodings["gzip"] > 0 else file
    seen = chosen.stat()
    etag = f"{seen.st_ino:x}-{seen.st_mtime_ns:x}-{seen.st_size:x}"
    response = Response(chosen.read_bytes(), mimetype=_TYPES.get(file.suffix, "application/octet-stream"))
    response.set_etag(etag)
    response.headers["Cache-Control"] = _FOREVER if file.parent.name == _MEDIA else _ASK_AGAIN
    if packed:
        response.headers["Vary"] = "Accept-Encoding"
    if chosen is twin:
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.headers["Accept-Ranges"] = "bytes"
        _cut(response)
    if response.status_code == HTTPStatus.OK:
        response.make_conditional(request.environ)
    return response


def _cut(response: Response) -> None:
    """Make it the one range that was asked for; several ranges, or another version's, get the whole."""
    asked = parse_range_header(request.headers.get("Range")) if request.method == "GET" else None
    current = response.headers["ETag"]
    if not asked or asked.units != "bytes" or len(asked.ranges) != 1:
        return
    if request.headers.get("If-Range", current) != current or request.if_none_match.contains(current.strip('"')):
        return
    data = response.get_data()
    # A tail longer than the file is the whole file, which werkzeug does not know.
    within = (0, len(data)) if data and asked.ranges[0][0] < -len(data) else asked.range_for_length(len(data))
    if within is None:
        response.status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        response.headers["Content-Range"] = f"bytes */{len(data)}"
        response.set_data(b"")
    else:
        start, end = within
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
        response.set_data(data[start:end])


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:  # also a name too long for a file
        return False
