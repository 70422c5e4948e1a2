"""The newest image that was built, flashed for a village to a file; the machine is not fast, the card is small."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.process import run
from provisioning.flash.command import command
from tests.image.guest import Guest, boot
from tests.provisioning.conftest import PLAIN

_OFFSET = "4M"  # of the boot partition, as mtools write it


@pytest.fixture(scope="session")
def image(repository: Path) -> Path:
    found = sorted((repository / "anh-the").glob("*.img"), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.fail("there is no image: make image")
    return found[-1]


@pytest.fixture(scope="session")
def card(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The card of one village."""
    folder = tmp_path_factory.mktemp("card")
    site, path = folder / "na-huong.toml", folder / "card.img"
    site.write_text(PLAIN, encoding="utf-8")
    words = [site, path, "--image", image, "--yes", "--size", 4, "--inventory", folder / "book.csv", "--labels", folder]
    ran = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return path


@pytest.fixture(scope="session")
def files(card: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the firmware of a Pi would read from the boot partition."""
    folder = tmp_path_factory.mktemp("boot")
    for name in ("vmlinuz", "initrd.img", "cmdline.txt"):
        run(["mcopy", "-i", f"{card}@@{_OFFSET}", f"::{name}", folder / name])
    return folder


@pytest.fixture
def again(card: Path, files: Path, tmp_path: Path) -> Iterator[Guest]:
    """The box, switched on."""
    with boot(card, files, tmp_path / "guest") as guest:
        yield guest


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    if shutil.which("qemu-system-aarch64") is None:
        pytest.fail("qemu-system-aarch64 is missing: apt install qemu-system-arm")
