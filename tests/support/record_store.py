"""A real record store: Ralph from PyPI in an environment of its own, made once and kept in .build/ralph."""

import json
import os
import shutil
import socket
import tempfile
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.process import Child, run

USER, PASSWORD = "hub", "mat-khau-thu"
_ROOT = Path(__file__).resolve().parents[2]
_HOME = _ROOT / ".build" / "ralph"
_LOCK = Path(__file__).with_name("record_store.lock")
_RUN = Path(__file__).with_name("record_store_run.py")


@dataclass
class Ralph:
    """It listens on a port and keeps its statements in a folder; `start` and `stop` it as often as needed."""

    folder: Path
    port: int
    _child: Child | None = None

    @property
    def url(self) -> str:
        """What a sender is told."""
        return f"http://127.0.0.1:{self.port}/xAPI"

    def start(self) -> None:
        """Let it listen, and wait until it does."""
        self._child = Child([_HOME / "bin" / "python", "-P", _RUN, str(self.port)], _told(self.folder))
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise KioskError("Ralph did not begin to listen")

    def stop(self) -> None:
        """End it."""
        if self._child:
            self._child.stop(10)
            self._child = None

    def held(self) -> list[dict[str, object]]:
        """Every line of its files: the statements as it keeps them."""
        files = [path for path in sorted((self.folder / "data").rglob("*")) if path.is_file()]
        lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
        return [json.loads(line) for line in lines if line.strip()]

    def post(self, body: bytes) -> int:
        """One POST of statements, as a plain sender would; the status."""
        secret = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {
            "Authorization": f"Basic {secret}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        request = urllib.request.Request(f"{self.url}/statements", body, headers)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return int(answer.status)


@contextmanager
def ralph() -> Iterator[Ralph]:
    """One for as long as the block lasts, not started."""
    _made()
    folder = Path(tempfile.mkdtemp(prefix="ralph"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "data").mkdir()
    words = ["auth", "-u", USER, "-p", PASSWORD, "-s", "all", "-A", USER, "https://domdom.home.arpa", "-w"]
    run([_HOME / "bin" / "ralph", *words], env=_told(folder))
    server = Ralph(folder, port)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _told(folder: Path) -> dict[str, str]:
    return {
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "data"),
        "HOME": str(folder),
    }


def _made() -> None:
    """The environment, made anew when the lock is another one."""
    mark = _HOME / "lock"
    if mark.exists() and mark.read_bytes() == _LOCK.read_bytes():
        return
    shutil.rmtree(_HOME, ignore_errors=True)
    run(["python3", "-m", "venv", _HOME], timeout=120)
    run([_HOME / "bin" / "pip", "install", "-q", "--require-hashes", "-r", _LOCK], timeout=600, env=_pip())
    mark.write_bytes(_LOCK.read_bytes())


def _pip() -> dict[str, str]:
    """What says where packages come from on this machine, and nothing else of its environment."""
    wanted = ("PIP_", "HTTP", "http", "NO_PROXY", "no_proxy", "HOME", "SSL_", "REQUESTS_")
    return {name: value for name, value in os.environ.items() if name.startswith(wanted)}
