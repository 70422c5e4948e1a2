from pathlib import Path

import pytest

from tests.packs.made import FILES, packed, whole


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in order."""
    path = tmp_path / "thu.pack"
    path.write_bytes(packed(whole(), FILES))
    return path
