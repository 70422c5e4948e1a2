"""A card of one village from a built image, and what its box is asked in every test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from kiosk.process import run
from provisioning.flash.command import command
from tests.image.guest import Guest
from tests.provisioning.conftest import PLAIN

IMAGES = Path(".build/trial")
ADDRESS = "10.87.0.1"
PORTAL = f"http://{ADDRESS}"
SERVING = f"busybox wget -q -O /dev/null {PORTAL}/"
_BOOT = "4M"  # where the boot partition begins, as mtools write it
_FILES = ("vmlinuz", "initrd.img", "cmdline.txt", "bcm2837-rpi-3-b.dtb")
_SIZE = 2**32 / 1e9  # GB; an emulated slot takes powers of two only
# Views that have reached the card: kind 1 of kiosk/events/kinds.toml.
_COUNT = (
    "python3 -c \"import sqlite3; d = sqlite3.connect('file:/var/lib/kiosk/usage.db?mode=ro', uri=True); "
    "print(d.execute('select count(*) from event where kind = 1').fetchone()[0])\" 2>/dev/null || echo 0"
)


@dataclass(frozen=True)
class Card:
    """A flashed card as a file.

    Attributes:
        path: of the card.
        files: a folder with what the firmware of a Pi would read from the boot partition.
    """

    path: Path
    files: Path

    def copy(self, path: Path) -> "Card":
        """The same card once more, as it is now."""
        run(["cp", "--sparse=always", self.path, path], timeout=300)
        return Card(path, self.files)


def newest(folder: Path) -> Path:
    """The image that was built last.

    Raises:
        FileNotFoundError: there is none.
    """
    found = sorted(folder.glob("*.img"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise FileNotFoundError(f"no image in {folder}: make image-test")
    return found[-1]


def flash(image: Path, folder: Path) -> Card:
    """The card of a village, by the command that a technician gives."""
    site, path, files = folder / "na-huong.toml", folder / "card.img", folder / "boot"
    site.write_text(PLAIN, encoding="utf-8")
    words = [
        site,
        path,
        "--image",
        image,
        "--yes",
        "--size",
        _SIZE,
        "--inventory",
        folder / "book.csv",
        "--labels",
        folder,
    ]
    ran = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    if ran.exit_code != 0:
        raise AssertionError(ran.output)
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    for name in _FILES:
        run(["mcopy", "-i", f"{path}@@{_BOOT}", f"::{name}", files / name])
    return Card(path, files)


def join(guest: Guest, phones: int = 1) -> None:
    """So many phones join over simulated air, at once."""
    numbers = " ".join(str(number) for number in range(1, phones + 1))
    # In a shell of its own: one that is spoken to would say of each, later on, that it is done.
    guest.sh(f'(for n in {numbers}; do /laboratory-phone $n & set -- "$@" $!; done; for p in "$@"; do wait $p; done)')


def views(guest: Guest) -> int:
    """How many views lie on the card."""
    return int(guest.sh(_COUNT).split()[-1])
