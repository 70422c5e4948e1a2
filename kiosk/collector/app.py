"""The collector's web app: batches come in, the dashboard goes out."""

import random
import time
from collections.abc import Callable
from functools import partial
from importlib import resources
from threading import BoundedSemaphore
from typing import TypeVar

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from kiosk.collector import carry, sounds, tokens
from kiosk.collector.dashboard import door, dress, files, guard, pages
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province, open_province
from kiosk.collector.settings import CollectorSettings, seed
from kiosk.collector.titles import titles
from kiosk.collector.turns import BusyError, Turns, place
from kiosk.errors import KioskError
from kiosk.events import ack, carried
from kiosk.events.batch import WIRE_MOST

_BEARER = "Bearer "
_MACHINES = "/v1/"
_PATIENCE_SECONDS = 4  # for a batch; it comes again, and what was taken meanwhile is known then
_AGAIN_SECONDS = (5, 30)
_CARRIERS = 4  # files that are held in memory at once

T = TypeVar("T")


def create_app(settings: CollectorSettings) -> Flask:
    """The app of one worker; `extensions["province"]` is its database, `extensions["close"]` ends its lines to it."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = WIRE_MOST
    province = app.extensions["province"] = open_province(settings.database)
    key = seed(settings.key)
    names = titles(settings.packs)
    sounds.learn(province, names.sounds)
    province.close()  # each thread opens its own line when a request comes
    dress.register(app, names)
    door.register(app, province)
    pages.register(app, province, names)
    files.register(app, province)
    guard.register(app, province, everybody=(*door.OPEN, "enter", "batches", "carried_file", "openapi"))

    turns, carriers = Turns(), BoundedSemaphore(_CARRIERS)
    app.extensions["close"] = partial(turns.close, province.close)

    @app.post("/v1/batches")
    def batches() -> Response:
        word, data, now = _token(), request.get_data(), int(time.time())
        work = partial(_kept, province, lambda: ingest(province, tokens.site_of(province, word), data, now))
        answer = turns.take(work, _PATIENCE_SECONDS)
        return Response(ack.encode(answer, key), mimetype="application/octet-stream")

    @app.post("/v1/carried")
    def carried_file() -> Response:
        request.max_content_length = carried.MOST
        with place(carriers):
            data, now = request.get_data(), int(time.time())
            taken = turns.take(partial(_kept, province, lambda: carry.take(province, key, data, now)))
        return Response(taken.acks, mimetype="application/octet-stream")

    @app.get("/v1/openapi.json")
    def openapi() -> Response:
        return Response(
            resources.files("kiosk.collector").joinpath("openapi.json").read_bytes(), mimetype="application/json"
        )

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        province.close()

    app.register_error_handler(BusyError, _busy)
    app.register_error_handler(tokens.RefusedError, _refused)
    app.register_error_handler(KioskError, _wrong)
    app.register_error_handler(HTTPException, _plain)
    app.register_error_handler(Exception, _failed)
    return app


def _kept(province: Province, work: Callable[[], T]) -> T:
    """What the work gives; to a server its thread keeps its line, for a new one would cost more than a batch."""
    try:
        given = work()
    except BaseException:
        province.close()  # the line may be what failed
        raise
    if not province.server:
        province.close()
    return given


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
