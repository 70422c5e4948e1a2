"""What every test may ask for, and the rule for system programs: here, or said why not; in CI, here."""

import os
import shutil
from pathlib import Path

import pytest

from kiosk import clock
from tests.support.browser import PROGRAM

_SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def _here(name: str) -> bool:
    if name.startswith("file:"):
        return Path(name.removeprefix("file:")).exists()
    return shutil.which(name, path=_SBIN) is not None


def _missing(item: pytest.Item) -> list[str]:
    wanted = [name for mark in item.iter_markers("needs") for name in mark.args]
    if any(item.iter_markers("browser")):
        wanted.append(PROGRAM)
    missing = [name for name in wanted if not _here(name)]
    if any(item.iter_markers("root")) and os.geteuid() != 0:
        missing.append("root")
    return missing


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = _missing(item)
    if missing:
        reason = f"cannot run here: {', '.join(missing)} is missing"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Cases kept as data."""
    return Path(__file__).resolve().parent / "data"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> type:
    """Clocks that stand until they are moved: uptime, wall, synchronized."""

    class Times:
        uptime, wall, synchronized = 1000.0, 0.0, False

    for name in ("uptime", "wall", "synchronized"):
        monkeypatch.setattr(clock, name, lambda name=name: getattr(Times, name))
    return Times
