"""A whole house that counts quickly and sends to a collector of ours, with every byte of that line kept."""

import contextlib
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.settings import read
from tests.outbox.province import Province
from tests.support import practice_house
from tests.support.house import MEMORY, PACKS, ROOT, free_port, kiosk

_UNIT = (ROOT / "systemd" / "kiosk-web.service").read_text(encoding="utf-8")
ALLOCATOR = dict(
    pair.split("=", 1) for pair in re.search(r"^Environment=(PYTHONMALLOC.*)$", _UNIT, re.MULTILINE)[1].split()
)
CONFIG = """
[site]
languages = ["vi", "en"]
[helper]
name = "Chị Mai"
phone = "0000 000 002"
[counting]
every = 0.3
[upload]
url = "{url}"
token = "{token}"
key = "{key}"
"""


@dataclass
class Line:
    """Passes bytes on to a port and keeps those of both directions."""

    port: int
    kept: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", self.port)) as far, contextlib.suppress(OSError):
                self._pass(near, far)

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        while True:
            for source in select.select([near, far], [], [])[0]:
                data = source.recv(65536)
                if not data:
                    return
                self.kept += data
                (far if source is near else near).sendall(data)


@dataclass
class HarmHouse:
    """The running house.

    Attributes:
        url: its address.
        folder: with its data, memory, and what it printed.
        server: the process of `kiosk serve`, below which are its workers and the recorder.
        line: the line to the collector.
        environ: what its commands need.
    """

    url: str
    folder: Path
    server: subprocess.Popen[bytes]
    line: Line
    environ: dict[str, str]

    def upload(self) -> str:
        """Send what waits; what the command says."""
        return kiosk(self.environ, "upload")

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the house, the collector's too."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and "generations" not in path.parts:
                yield str(path.relative_to(self.folder)), path.read_bytes()


@contextlib.contextmanager
def harm_house(folder: Path) -> Iterator[HarmHouse]:
    """The house with the tiny scenario of every surface and the content of this checkout, until the block ends.

    Its allocator is told what the unit of a device tells it.
    """
    province = Province(folder / "province")
    line = Line(province.port)
    settings = practice_house.settings(folder)
    config = CONFIG.format(url=line.url, token=province.token, key=province.key)
    (settings.data / "kiosk.toml").write_text(config, encoding="utf-8")
    environ = {
        "PATH": os.environ["PATH"], "KIOSK_DATA": str(settings.data), "KIOSK_RUN": str(settings.run),
        "KIOSK_PORT": str(free_port()), **ALLOCATOR,
    }  # fmt: skip
    for pack in sorted(PACKS.glob("*.pack")):
        kiosk(environ, "pack", "install", str(pack))
    settings.current.unlink()
    kiosk(environ, "publish")
    with (folder / "printed").open("wb") as printed:
        server = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "serve"], env=environ, cwd=ROOT, stdin=subprocess.DEVNULL,
            stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    house = HarmHouse(f"http://127.0.0.1:{read(environ).port}/", folder, server, line, environ)
    try:
        _wait(house)
        yield house
    finally:
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        line.stop()
        province.stop()


def _wait(house: HarmHouse) -> None:
    for _ in range(300):
        if house.server.poll() is not None:
            raise AssertionError((house.folder / "printed").read_text())
        with contextlib.suppress(OSError):
            urllib.request.urlopen(house.url, timeout=2).close()
            return
        time.sleep(0.05)
    raise AssertionError("kiosk serve does not answer")


__all__ = ["MEMORY", "HarmHouse", "Line", "harm_house"]
