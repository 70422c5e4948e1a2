from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House, house

# So quick that a test need not wait long, so slow that a busy machine keeps up.
QUICK = """
[site]
id = "na-huong"
name = "Nhà văn hóa bản Nà Hường"

[radio]
ssid = "DomDom Na Huong KhongInternet"

[screen]
quiet = ""
night = ""
idle = 6
practice = 9
countdown = 5
"""


@pytest.fixture(scope="session")
def village() -> Iterator[House]:
    """A house of every pack, whose touchscreen soon loses patience."""
    with house(QUICK) as running:
        yield running


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the window, in memory where there is one."""
    return tmp_path_factory.mktemp("window")
