"""The collector's web app: batches come in, the dashboard goes out."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from threading import Semaphore

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from kiosk.collector import carry, sounds, tokens
from kiosk.collector.dashboard import door, dress, files, guard, pages
from kiosk.collector.ingest import ingest
from kiosk.collector.province import open_province
from kiosk.collector.settings import CollectorSettings, seed
from kiosk.collector.titles import titles
from kiosk.errors import KioskError
from kiosk.events import ack, carried
from kiosk.events.batch import WIRE_MOST

_BEARER = "Bearer "
_MACHINES = "/v1/"
_TURNS = 4  # batches that a worker takes at once: the other threads stay for pages, and for saying when to come again
_PATIENCE_SECONDS = 0.5
_AGAIN_SECONDS = (5, 30)


def create_app(settings: CollectorSettings) -> Flask:
    """The app of one worker; `extensions["province"]` is its database."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = WIRE_MOST
    province = app.extensions["province"] = open_province(settings.database)
    key = seed(settings.key)
    names = titles(settings.packs)
    sounds.learn(province, names.sounds)
    dress.register(app, names)
    door.register(app, province)
    pages.register(app, province, names)
    files.register(app, province)
    guard.register(app, province, everybody=(*door.OPEN, "enter", "batches", "carried_file", "openapi"))

    turns = Semaphore(_TURNS)

    @app.post("/v1/batches")
    def batches() -> Response:
        with _turn(turns):
            site = tokens.site_of(province, _token())
            answer = ingest(province, site, request.get_data(), int(time.time()))
        return Response(ack.encode(answer, key), mimetype="application/octet-stream")

    @app.post("/v1/carried")
    def carried_file() -> Response:
        request.max_content_length = carried.MOST
        with _turn(turns):
            taken = carry.take(province, key, request.get_data(), int(time.time()))
        return Response(taken.acks, mimetype="application/octet-stream")

    @app.get("/v1/openapi.json")
    def openapi() -> Response:
        return Response(
            resources.files("kiosk.collector").joinpath("openapi.json").read_bytes(), mimetype="application/json"
        )

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        if not province.server:  # to a server a thread keeps its line; a new one would cost more than the batch
            province.close()

    def failed(error: Exception) -> tuple[Response, int]:
        province.close()  # the line may be what failed
        return _failed(error)

    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(tokens.RefusedError, _refused)
    app.register_error_handler(KioskError, _wrong)
    app.register_error_handler(HTTPException, _plain)
    app.register_error_handler(Exception, failed)
    return app


@contextmanager
def _turn(turns: Semaphore) -> Iterator[None]:
    """A turn at the database; who would wait long for one is told when to come again.

    Raises:
        BusyError: no turn came.
    """
    if not turns.acquire(timeout=_PATIENCE_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        turns.release()


class BusyError(Exception):
    """Too many come at once."""


def _busy(_: BusyError) -> tuple[Response, int]:
    """Spread, so that who was sent away together does not come back together."""
    answer = jsonify(error="too many at once; come again")
    answer.headers["Retry-After"] = str(random.randint(*_AGAIN_SECONDS))  # noqa: S311  no secret
    return answer, 503


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


def _plain(error: HTTPException) -> tuple[Response | str, int]:
    code = error.code or 500
    if request.path.startswith(_MACHINES) or "person" not in g:
        return jsonify(error=error.name), code
    return render_template("refused.html", code=code), code


def _failed(error: Exception) -> tuple[Response, int]:
    """The kiosk tries again later; what failed is named without what was sent."""
    current_app.logger.error("a request failed: %s", type(error).__name__)
    answer = jsonify(error="the collector failed; try again later")
    answer.headers["Retry-After"] = str(random.randint(*_AGAIN_SECONDS))  # noqa: S311  no secret
    return answer, 503
