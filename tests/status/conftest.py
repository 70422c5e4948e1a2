from pathlib import Path

import pytest

from kiosk.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A house of its own, in a folder that goes with the test."""
    (tmp_path / "data").mkdir()
    return Settings(data=tmp_path / "data", run=tmp_path / "run")
