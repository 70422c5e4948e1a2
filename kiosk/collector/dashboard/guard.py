"""Who asks for a page, whether it is theirs to see, and that both are noted."""

import time
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from kiosk.collector.people import audit, sessions
from kiosk.collector.people.person import Person, Role
from kiosk.collector.province import Province

COOKIE = "domdom"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EXPORTS = ("table",)


def register(app: Flask, province: Province, *, everybody: Collection[str]) -> None:
    """Stand before every page.

    Args:
        app: the collector's.
        province: the database.
        everybody: endpoints that ask for no cookie.
    """

    @app.before_request
    def let_in() -> Answer | None:
        if request.endpoint is None or request.endpoint in everybody:
            return None
        if request.method == "POST" and not _own_page():
            abort(403)
        found = sessions.whose(province, request.cookies.get(COOKIE, ""), int(time.time()))
        if found is None:
            return redirect(url_for("login"))
        g.person = found
        return None

    @app.after_request
    def note(response: Response) -> Response:
        who: Person | None = g.get("person")
        if who is not None and request.endpoint not in everybody:
            act = "export" if request.endpoint in _EXPORTS else "see"
            asked = request.full_path.rstrip("?")
            audit.write(province, who, act, asked, int(time.time()), _OUTCOMES.get(response.status_code, "failed"))
        return headers(response)


_OUTCOMES = {200: "done", 302: "done", 303: "done", 403: "refused", 404: "missing"}


def _own_page() -> bool:
    """Whether a form was sent from a page of ours; a browser says where from."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def own_page() -> None:
    """Refuse a form that another site sent."""
    if not _own_page():
        abort(403)


def person() -> Person:
    """Who asks."""
    found: Person = g.person
    return found


def only(*roles: Role) -> None:
    """Refuse everybody else."""
    if person().role not in roles:
        abort(403)


def commune(asked: str) -> str:
    """The commune whose villages are shown; a commune's own role sees its own and no other."""
    own = person().commune
    if own and asked not in ("", own):
        abort(403)
    return own or asked


def headers(response: Response) -> Response:
    """Nothing of a page is kept by others, comes from elsewhere, or is shown inside another site."""
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Content-Security-Policy"] = _POLICY
    return response
