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


_GTK = ("/usr/share/doc/gir1.2-webkit2-4.1/copyright", "/usr/lib/python3/dist-packages/gi")
_QT = ("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0", "libxkbfile1",
       "libxtst6")  # fmt: skip
ENGINES = [
    pytest.param("gtk", marks=pytest.mark.needs("Xvfb", "xdotool", *(f"file:{path}" for path in _GTK))),
    pytest.param("qt", marks=pytest.mark.needs("Xvfb", "xdotool", *(f"file:/usr/share/doc/{name}" for name in _QT))),
]


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine draws: the device's, and a laptop's."""
    return request.param


@pytest.fixture(scope="session")
def village() -> Iterator[House]:
    """A house of every pack, whose touchscreen soon loses patience."""
    with house(QUICK) as running:
        yield running


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the window, in memory where there is one."""
    return tmp_path_factory.mktemp("window")
