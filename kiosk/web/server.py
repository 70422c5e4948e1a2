"""The web server process: gunicorn around the app, and beside it the recorder when one command runs the whole house."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

from flask import Flask
from gunicorn.app.base import BaseApplication

from kiosk import process
from kiosk.settings import Settings
from kiosk.web.app import create_app

# gthread: a slow phone holds a thread, not a worker. Two workers, so that one may die while the other answers.
_WORKERS = 2
_THREADS = 8
_PATIENCE = 10  # seconds that requests, and the recorder's last commit, may take at the end


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn publishes no types
    """Gunicorn with our limits; the app is made in each worker, after the fork."""

    def __init__(self, settings: Settings, bind: Sequence[str], hooks: dict[str, Callable[[object], None]]) -> None:
        self._settings = settings
        self._bind = list(bind)
        self._hooks = hooks
        super().__init__()

    def load_config(self) -> None:
        """Everything that gunicorn is told."""
        told = {
            "bind": self._bind,
            "workers": _WORKERS,
            "threads": _THREADS,
            "worker_class": "gthread",
            # Its default place would be a disk.
            "worker_tmp_dir": str(self._settings.run),
            "control_socket_disable": True,
            "graceful_timeout": _PATIENCE,
            "limit_request_line": 2048,
            "limit_request_fields": 64,
            "limit_request_field_size": 4096,
            "keepalive": 5,
            # Addresses and agents are written nowhere.
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "kiosk-web",
            **self._hooks,
        }
        for key, value in told.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        """The app of one worker."""
        return create_app(self._settings)


def serve(settings: Settings, *, bind: Sequence[str], record: bool, announce: Callable[[], None]) -> None:
    """Serve until a signal; returns never.

    Args:
        settings: the house.
        bind: gunicorn's addresses, host:port or unix:path.
        record: whether the recorder runs beside, as a child that ends with the server.
        announce: called once the sockets answer.
    """
    beside: list[subprocess.Popen[bytes]] = []

    def ready(_: object) -> None:
        if record:
            beside.append(process.start([sys.executable, "-m", "kiosk", "record", "--show"], env=settings.environ))
        announce()

    def ended(_: object) -> None:
        for child in beside:
            child.send_signal(signal.SIGTERM)
        for child in beside:
            try:
                child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()

    settings.run.mkdir(parents=True, exist_ok=True, mode=0o750)
    Server(settings, bind, {"when_ready": ready, "on_exit": ended}).run()

