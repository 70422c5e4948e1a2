"""Where a card's packages come from, asked of the real mmdebstrap, stopped before it fetches anything."""

import re
import subprocess
from pathlib import Path

import pytest

from provisioning.image import debian, packages

pytestmark = pytest.mark.needs("mmdebstrap")

DEBIAN = ["trixie", "trixie-updates", "trixie-security"]
RPI = "deb [trusted=yes] http://kho.noi-bo/raspberrypi trixie-rpi main"
LOOK = '--setup-hook=cat "$1/etc/apt/sources.list" "$1"/etc/apt/sources.list.d/*; exit 1'


def suites(tmp_path: Path, *more: str, mirror: str = "") -> list[str]:
    """The suite of every source that it writes for a card, in their order."""
    choice = packages.choose("trixie", touchscreen=False, mirror=mirror, more=more)
    words = map(str, debian.sources(choice, tmp_path / "tree.tar"))
    command = ["mmdebstrap", "--variant=apt", *words, LOOK]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.findall(r"^deb (?:\[.*\] )?\S+ (\S+) main", told.stdout + told.stderr, re.MULTILINE)


def test_a_card_has_debian_s_own_and_security_s_sources(tmp_path: Path) -> None:
    assert suites(tmp_path) == DEBIAN


def test_a_source_that_is_added_stands_behind_them(tmp_path: Path) -> None:
    assert suites(tmp_path, RPI) == [*DEBIAN, "trixie-rpi"]


def test_a_mirror_takes_their_place(tmp_path: Path) -> None:
    assert suites(tmp_path, RPI, mirror="http://kho.noi-bo/debian") == ["trixie", "trixie-updates", "trixie-rpi"]
