"""A real PostgreSQL of one's own: made in a folder of memory, run by a user who is not root, reached by a socket."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.process import run

_WHERE = Path("/usr/lib/postgresql")  # Debian keeps each version's programs in a folder of its own


class Server:
    """It runs; `url` gives a new and empty database."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self._folder = folder
        self._durable = durable
        self._programs = max(_WHERE.glob("*/bin"), key=lambda path: float(path.parent.name))

    def make(self) -> None:
        """Make an empty cluster."""
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    def start(self) -> None:
        """Let it listen on a socket in its folder."""
        told = f"-c listen_addresses='' -k {self._folder} -c fsync={'on' if self._durable else 'off'}"
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-l", self._folder / "log", "-o", told, "start")

    def stop(self, how: str = "fast") -> None:
        """End it: fast, or immediate as a power cut would."""
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-m", how, "stop")

    def url(self) -> str:
        """A new database."""
        name = f"d{secrets.token_hex(6)}"
        self._run("createdb", "-h", self._folder, "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self._folder}"

    def _run(self, program: str, *words: str | Path) -> None:
        lower = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        run([*lower, self._programs / program, *words], cwd=self._folder)


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Server]:
    """A server for as long as the block lasts."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=None if durable or not memory.is_dir() else memory))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        server = Server(folder, durable=durable)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
