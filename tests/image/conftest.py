"""The image that was built last, flashed for a village to a file; the machine is not fast, the card is small."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image.guest import MACHINES, Guest, boot
from tests.image.village import IMAGES, Card, flash, newest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--machine", choices=MACHINES, default=MACHINES[0], help="the emulated machine")


@pytest.fixture(scope="session")
def card(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Card:
    """The card of one village."""
    return flash(newest(repository / IMAGES), tmp_path_factory.mktemp("card"))


@pytest.fixture
def box(card: Card, tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[Guest]:
    """The card's box, switched on."""
    with boot(card.path, card.files, tmp_path / "guest", machine=pytestconfig.getoption("machine")) as guest:
        yield guest


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    if shutil.which("qemu-system-aarch64") is None:
        pytest.fail("qemu-system-aarch64 is missing: apt install qemu-system-arm")
