"""The web server process, and beside it the recorder when one command runs the whole house."""

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from threading import Event, Thread

from flask import Flask

from kiosk.process import Child
from kiosk.settings import Settings
from kiosk.web.app import create_app
from kiosk.wsgi import PATIENCE, Server


def serve(settings: Settings, *, bind: Sequence[str], record: bool, announce: Callable[[], None]) -> None:
    """Serve until a signal.

    Args:
        settings: the house.
        bind: gunicorn's addresses, host:port or unix:path.
        record: whether the recorder runs beside, as a child that ends with the server.
        announce: called once the sockets answer.
    """
    beside: list[Child] = []

    def ready(_: object) -> None:
        if record:
            beside.append(Child([sys.executable, "-m", "kiosk", "record", "--show"], settings.environ))
        announce()

    def ended(_: object) -> None:
        for child in beside:
            child.stop(PATIENCE)

    settings.run.mkdir(parents=True, exist_ok=True, mode=0o750)
    hooks = {"when_ready": ready, "on_exit": ended}
    # One worker: a second would take a quarter of the memory that the house may have, and pages are files. While a dead
    # one is started anew who asks waits a moment in the socket, which is the server's.
    made = partial(Server, bind=bind, memory=settings.run, name="kiosk-web", hooks=hooks, workers=1)
    # Made before the fork, so that both processes hold one copy of it until the worker writes there; but no connection
    # of SQLite may be carried over: each thread opens its own.
    app = create_app(settings)
    app.extensions["live"].close()
    made(partial(attended, app)).run()


def attended(app: Flask) -> Flask:
    """The app of a worker; beside it one thread ends the visits of those who went away, one looks after the leases.

    As often as visits are looked after, what requests left in circles of references is freed: nothing sent stays.
    """
    visits = partial(app.extensions["attempts"].keep_swept, beside=gc.collect)
    beside = {"visits": visits, "leases": app.extensions["stations"].keep_fresh}
    for name, keep in beside.items():
        Thread(target=keep, args=(Event(),), name=name, daemon=True).start()
    return app
