"""The image that was built last, flashed for a village to a file; the machine is not fast, the card is small."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image.guest import Guest, boot
from tests.image.village import IMAGES, Card, flash, newest


@pytest.fixture(scope="session")
def card(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Card:
    """The card of one village."""
    return flash(newest(repository / IMAGES), tmp_path_factory.mktemp("card"))


@pytest.fixture
def box(card: Card, tmp_path: Path) -> Iterator[Guest]:
    """The card's box, switched on."""
    with boot(card.path, card.files, tmp_path / "guest") as guest:
        yield guest


@pytest.fixture(scope="session", autouse=True)
def _tools() -> None:
    if shutil.which("qemu-system-aarch64") is None:
        pytest.fail("qemu-system-aarch64 is missing: apt install qemu-system-arm")
