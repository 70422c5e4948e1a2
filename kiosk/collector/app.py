"""The collector's web app: batches come in, the dashboard goes out."""

import time

from flask import Flask, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from kiosk.collector import carry, tokens
from kiosk.collector.figures import overview
from kiosk.collector.ingest import ingest
from kiosk.collector.province import open_province
from kiosk.collector.rollups.settle import settle
from kiosk.collector.settings import CollectorSettings, seed
from kiosk.collector.titles import titles
from kiosk.errors import KioskError
from kiosk.events import ack, carried
from kiosk.events.batch import WIRE_MOST
from kiosk.languages import languages

_BEARER = "Bearer "
_SITES_NOW = 20  # that a page counts before it is shown; the rest is the roller's


def create_app(settings: CollectorSettings) -> Flask:
    """The app of one worker; `extensions["province"]` is its database."""
    app = Flask(__name__)
    app.jinja_env.filters["count"] = _count
    app.config["MAX_CONTENT_LENGTH"] = WIRE_MOST
    province = app.extensions["province"] = open_province(settings.database)
    key = seed(settings.key)
    names = titles(settings.packs)

    @app.post("/v1/batches")
    def batches() -> Response:
        site = tokens.site_of(province, _token())
        answer = ingest(province, site, request.get_data(), int(time.time()))
        return Response(ack.encode(answer, key), mimetype="application/json")

    @app.post("/v1/carried")
    def carried_file() -> Response:
        request.max_content_length = carried.MOST
        taken = carry.take(province, key, request.get_data(), int(time.time()))
        return Response(taken.acks, mimetype="application/octet-stream")

    @app.get("/")
    def dashboard() -> str:
        left = settle(province, most=_SITES_NOW)
        shown = overview.overview(province, int(time.time()))
        return render_template("dashboard.html", view=shown, titles=names, languages=_language, left=left)

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        if not province.server:  # to a server a thread keeps its line; a new one would cost more than the batch
            province.close()

    def failed(error: Exception) -> tuple[Response, int]:
        province.close()  # the line may be what failed
        return _failed(error)

    app.register_error_handler(tokens.RefusedError, _refused)
    app.register_error_handler(KioskError, _wrong)
    app.register_error_handler(HTTPException, _plain)
    app.register_error_handler(Exception, failed)
    app.after_request(_headers)
    return app


def _count(number: int) -> str:
    """As it is written in Viet Nam."""
    return f"{number:,}".replace(",", ".")


def _language(code: str) -> str:
    known = languages().get(code)
    return f"Tiếng {known.vietnamese}" if known else code


def _token() -> str:
    given = request.headers.get("Authorization", "")
    if not given.startswith(_BEARER):
        raise tokens.RefusedError("a batch needs a bearer token", revoked=False)
    return given.removeprefix(_BEARER).strip()


def _refused(error: tokens.RefusedError) -> tuple[Response, int]:
    """401: never known; 403: taken back, and the kiosk keeps everything and says so."""
    return jsonify(error=error.message), 403 if error.revoked else 401


def _wrong(error: KioskError) -> tuple[Response, int]:
    return jsonify(error=error.message, hint=error.hint), 400


def _plain(error: HTTPException) -> tuple[Response, int]:
    return jsonify(error=error.name), error.code or 500


def _failed(error: Exception) -> tuple[Response, int]:
    """The kiosk tries again later; what failed is named without what was sent."""
    current_app.logger.error("a request failed: %s", type(error).__name__)
    return jsonify(error="the collector failed; try again later"), 503


def _headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return response
