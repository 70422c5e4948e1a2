from pathlib import Path

import pytest

from kiosk.settings import Counting, Settings
from kiosk.usage.journal import Journal


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A house of its own, in a folder that goes with the test."""
    return Settings(data=tmp_path / "data", run=tmp_path / "run", counting=Counting(most_kib=1024))


@pytest.fixture
def journal(settings):
    """An open journal with an epoch begun."""
    opened = Journal.open(settings)
    opened.begin(device="d" * 32, boot="b" * 32)
    yield opened
    opened.close()
