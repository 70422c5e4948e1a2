"""A whole house that counts quickly and sends to a collector of ours, with every byte of that line kept."""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.outbox.province import Province
from tests.support import practice_house
from tests.support.house import MEMORY, PACKS, ROOT, free_port, kiosk, serving
from tests.support.line import Line

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
    try:
        with (folder / "printed").open("w+b") as printed, serving(environ, printed) as (url, server):
            yield HarmHouse(url, folder, server, line, environ)
    finally:
        line.stop()
        province.stop()


__all__ = ["MEMORY", "HarmHouse", "harm_house"]
