"""A whole house for tests: real packs, published, served by the real command."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / ".build" / "packs"
MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class House:
    """A running house: its address, its folders, its server's process."""

    url: str
    data: Path
    run: Path
    server: subprocess.Popen[bytes]

    @property
    def environ(self) -> dict[str, str]:
        """What another command of ours needs to speak of the same house."""
        return {
            "PATH": os.environ["PATH"],
            "KIOSK_DATA": str(self.data),
            "KIOSK_RUN": str(self.run),
            "KIOSK_PORT": self.url.rsplit(":", 1)[1].strip("/"),
        }

    def kiosk(self, *words: str) -> str:
        """What the command `kiosk` prints."""
        return kiosk(self.environ, *words)


def kiosk(environ: dict[str, str], *words: str) -> str:
    """What the command `kiosk` prints in that environment."""
    command = [sys.executable, "-m", "kiosk", *words]
    done = subprocess.run(command, env=environ, capture_output=True, check=False, cwd=ROOT)
    if done.returncode:
        raise AssertionError(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout.decode()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def house(config: str = "") -> Iterator[House]:
    """A house with every pack of this checkout, served until the block ends."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory(dir=MEMORY) as run:
        if config:
            (Path(data) / "kiosk.toml").write_text(config, encoding="utf-8")
        port = free_port()
        environ = {"PATH": os.environ["PATH"], "KIOSK_DATA": data, "KIOSK_RUN": run, "KIOSK_PORT": str(port)}
        for pack in sorted(PACKS.glob("*.pack")):
            kiosk(environ, "pack", "install", str(pack))
        kiosk(environ, "publish")
        with tempfile.TemporaryFile() as printed, serving(environ, printed) as (url, server):
            yield House(url, Path(data), Path(run), server)


@contextlib.contextmanager
def serving(environ: dict[str, str], printed: IO[bytes]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`kiosk serve` in that environment until the block ends: its address, once it answers, and its process.

    Args:
        environ: names the folders and the port.
        printed: a file that takes what it prints.
    """
    url = f"http://127.0.0.1:{environ['KIOSK_PORT']}/"
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "serve"], env=environ, cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(url, server, printed)
        yield url, server
    finally:
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], printed: IO[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            printed.seek(0)
            raise AssertionError(f"kiosk serve ended: {printed.read().decode()}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.05)
    raise AssertionError("kiosk serve does not answer")
