from collections.abc import Callable

import pytest

from kiosk.practice.scenario import Scenario
from tests.support.scenarios import REAL, ROOT, TINY, read


@pytest.fixture(scope="session")
def tiny() -> Callable[[str], Scenario]:
    """One of the tiny scenarios, by the surface that it shows."""
    return lambda name: read(ROOT / f"tests/data/scenarios/{name}.yaml")


@pytest.fixture(scope="session")
def real() -> Callable[[str], Scenario]:
    """A scenario that people practise."""
    return lambda name: read(ROOT / f"content/doi-song-so/practice/{name}.yaml")


@pytest.fixture(params=[*TINY, *REAL], ids=lambda path: path.stem)
def every(request: pytest.FixtureRequest) -> Scenario:
    """Each scenario there is."""
    return read(request.param)
