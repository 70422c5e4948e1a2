"""The province's end of the cable: the real collector with a certificate that nobody but the site file vouches for."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.process import run
from tests.lab.box import Box
from tests.lab.ground import ground
from tests.lab.net import Space, cable, space
from tests.support.house import ROOT, kiosk

ADDRESS = "192.168.1.1"  # the gateway of the golden site with Ethernet
_PORT = 8443


@dataclass(frozen=True)
class Province:
    """A running collector.

    Attributes:
        space: its network namespace.
        database: its SQLite file.
        url, token, pin, key: what the site file needs of it.
    """

    space: Space
    database: Path
    url: str
    token: str
    pin: str
    key: str

    def connect(self, box: Box) -> None:
        """Plug the cable in."""
        cable(box.air, "eth0", self.space, "eth0")
        self.space.ip("addr", "add", f"{ADDRESS}/24", "dev", "eth0")


@dataclass(frozen=True)
class Town:
    """A box with touchscreen, certificate and Ethernet, and the province at the other end of the cable."""

    box: Box
    province: Province


@contextlib.contextmanager
def province(site: str) -> Iterator[Province]:
    """A collector that knows the site, for the length of a block."""
    with tempfile.TemporaryDirectory(dir=ground().folder) as folder, space("province") as office:
        place = Path(folder)
        chain, key = place / "chain.pem", place / "tls.key"
        run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
            "-subj", "/CN=province", "-addext", f"subjectAltName=IP:{ADDRESS}", "-keyout", key, "-out", chain,
        ])  # fmt: skip
        url = f"sqlite:///{place / 'province.db'}"
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        token = kiosk(environ, "collector", "token", site, "--database", url).strip()
        words = ["collector", "serve", "--database", url, "--key", str(place / "sign"), "--bind", f"0.0.0.0:{_PORT}"]
        started = subprocess.Popen(
            ["ip", "netns", "exec", office.name, sys.executable, "-m", "kiosk", *words, "--tls", str(chain), str(key)],
            env=environ, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            signing = re.search("[0-9a-f]{64}", started.stdout.readline())[0]
            yield Province(
                office, place / "province.db", f"https://{ADDRESS}:{_PORT}", token, chain.read_text(), signing
            )
        finally:
            started.terminate()
            started.communicate()
