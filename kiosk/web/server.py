"""The web server process, and beside it the recorder when one command runs the whole house."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

from kiosk import process
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
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()

    settings.run.mkdir(parents=True, exist_ok=True, mode=0o750)
    hooks = {"when_ready": ready, "on_exit": ended}
    Server(lambda: create_app(settings), bind=bind, memory=settings.run, name="kiosk-web", hooks=hooks).run()
