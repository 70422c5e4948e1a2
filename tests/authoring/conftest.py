import shutil
from pathlib import Path

import pytest


@pytest.fixture
def tiny(data_dir: Path, tmp_path: Path) -> Path:
    """A source folder of one lesson, one scenario and one picture, to be changed at will."""
    folder = tmp_path / "tiny"
    shutil.copytree(data_dir / "packs" / "tiny", folder)
    return folder


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sounds made once for all these tests."""
    return tmp_path_factory.mktemp("speech")
