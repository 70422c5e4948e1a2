"""What every request meets first and every response last: limits, headers, and errors with a way home."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPMethod, HTTPStatus
from typing import Final

from flask import Flask, Response, abort, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from kiosk.web.log import place

BODY_MOST: Final = 16 * 1024  # bytes; the longest form of ours has a few hundred
TARGET_MOST: Final = 1024  # bytes of path and query together

_LARGER: Final = "larger bodies"

# Inline script and style are the pages' way of being one request; nothing comes from elsewhere, nothing frames us.
# Short, for it travels with every page: a directive that is not named follows the first.
_POLICY: Final = "default-src 'self' 'unsafe-inline' data:;form-action 'self';frame-ancestors 'none'"
SECURITY: Final = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
NO_STORE: Final = "no-store"

# Given the status and the way to the root ("../../"), the page that says so.
ErrorPage = Callable[[int, str], str]
# Told each error of ours.
Told = Callable[[Exception], None]

_log = logging.getLogger(__name__)


def refusal(method: str, target: int, body: int | None, most: int = BODY_MOST) -> HTTPStatus | None:
    """Why a request is not looked at, or None.

    Args:
        method: as it came.
        target: bytes of path and query.
        body: what Content-Length says; None without one.
        most: bytes that a body may have there.
    """
    if method not in HTTPMethod.__members__:
        return HTTPStatus.NOT_IMPLEMENTED
    if target > TARGET_MOST:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if body is not None and body > most:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def way_home(path: str) -> str:
    """The way from a path to the root: one `../` for each folder."""
    return "../" * (path.count("/") - 1)


def see_other(address: str) -> Response:
    """Where to read on after a form or a stray; an address from the root becomes a way that names no host."""
    way = f"{way_home(request.path)}{address[1:]}" if address.startswith("/") else address
    return Response(status=HTTPStatus.SEE_OTHER, headers=[("Location", way or "./")])


def plain_page(status: int, root: str) -> str:
    """A page without words: the number, and a house that leads home."""
    home = root or "./"
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{status}</title></head><body style="font:28px sans-serif;text-align:center">'
        f'<p>{status}</p><p><a style="font-size:64px" href="{home}">&#8962;</a></p></body></html>'
    )


def _nobody(_: Exception) -> None:
    """Nobody is told."""


def register(app: Flask, page: ErrorPage = plain_page, told: Told = _nobody) -> None:
    """Guard an app; call it before anything else is registered.

    Args:
        app: the app.
        page: makes the page of an error that a person may see.
        told: hears of each error of ours.
    """
    app.extensions[_LARGER] = {}
    app.config["MAX_CONTENT_LENGTH"] = BODY_MOST  # a body without a length stops here
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False  # a redirect would name the host that was asked for

    @app.before_request
    def look() -> None:
        target = len(request.environ.get("PATH_INFO", "")) + len(request.query_string)
        most = _most(app.extensions[_LARGER], request.path)
        reason = refusal(request.method, target, request.content_length, most)
        if reason:
            abort(reason)
        if request.content_length is None:
            _measure()
        else:
            request.max_content_length = most

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in SECURITY:
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NO_STORE)
        return response

    @app.errorhandler(HTTPException)
    def known(error: HTTPException) -> Response | HTTPException:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        return error if status < HTTPStatus.BAD_REQUEST else _error(status, error, page)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> Response:
        _log.error("%s", place(error))
        told(error)
        return _error(HTTPStatus.INTERNAL_SERVER_ERROR, None, plain_page)


def allow(app: Flask, path: str, size: int) -> None:
    """Let a body of that path, and of what is below it, have so many bytes."""
    app.extensions[_LARGER][path] = size


def _most(larger: Mapping[str, int], path: str) -> int:
    """Bytes that a body may have there."""
    return max((size for start, size in larger.items() if path.startswith(start)), default=BODY_MOST)


def _measure() -> None:
    """Read a body that comes in chunks: a form alone forgives one that is too long or broken."""
    try:
        request.get_data(parse_form_data=True)
    except (ParseException, OSError):  # a broken chunk, or none
        abort(HTTPStatus.BAD_REQUEST)


def _error(status: int, error: HTTPException | None, page: ErrorPage) -> Response:
    response = Response(page(status, way_home(request.path)), status, mimetype="text/html")
    allowed = dict(error.get_headers()).get("Allow") if error else None
    if allowed:
        response.headers["Allow"] = allowed
    return response
