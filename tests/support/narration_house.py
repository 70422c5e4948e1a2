"""A house of one path whose second language nobody has recorded yet."""

import pytest

from kiosk.packs.store import Store
from kiosk.practice.scenario import encode
from kiosk.settings import Settings, Site
from tests.packs.made import FILES, entry, packed, whole
from tests.support.scenarios import TINY, read


@pytest.fixture
def house(tmp_path):
    """A house with a pack of one path, in Vietnamese and Black Thai."""
    files = FILES | {"practice/quet-ma.json": encode(read(TINY[0]))}
    pack = tmp_path / "thu.pack"
    pack.write_bytes(packed(whole(files=tuple(entry(name, data) for name, data in sorted(files.items()))), files))
    settings = Settings(data=tmp_path / "data", run=tmp_path / "run", site=Site(languages=("vi", "blt")))
    Store(settings.packs).install(pack)
    return settings
