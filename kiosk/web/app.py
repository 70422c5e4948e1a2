"""The app of the phones and of the touchscreen: a thin edge around portal, pages, practice and status."""

from functools import partial

from flask import Flask

from kiosk.live import errors
from kiosk.live.store import LiveStore
from kiosk.settings import Settings
from kiosk.web import (
    checks,
    classroom,
    door,
    files,
    guard,
    handing,
    households,
    log,
    machine,
    portal,
    practice,
    status,
    stick,
    voices,
)
from kiosk.web.station import Stations


def create_app(settings: Settings) -> Flask:
    """The app of one process, or of a worker forked from it once the store is closed.

    Raises:
        KioskError: the folder in memory cannot be written.
    """
    log.protect("gunicorn.error")
    app = Flask("kiosk", static_folder=None)
    store = LiveStore.open(settings)
    app.extensions["live"] = store  # to be closed by whoever ends the app before its process ends
    stations = Stations(settings, store)
    app.extensions["stations"] = stations  # to be kept fresh by whoever serves the app
    guard.register(app, files.missing_page(settings), partial(errors.tell, store, "web"))
    portal.register(app, settings, stations)
    shelf = practice.register(app, settings, store, stations)
    report = status.register(app, settings, stations)
    staff = door.register(app, settings, store)
    classroom.register(app, staff, settings, store, shelf)
    households.register(app, staff, store)
    checks.register(app, staff, app.extensions["attempts"], shelf, stations)
    machine.register(app, staff, settings, store, report)
    stick.register(app, staff, settings)
    voices.register(app, settings, staff)
    handing.register(app, settings)
    files.register(app, settings, stations)

    @app.teardown_request
    def forget(_: BaseException | None) -> None:
        # An open connection keeps pages, the values of its last statements and the last row that it wrote.
        store.close()

    return app
