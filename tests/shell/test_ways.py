"""No way leads out of the window, and docs/touchscreen.md says which were tried."""

import pytest

from tests.shell.document import PAGE
from tests.shell.ways import NOTHING, WAYS, tried


@pytest.mark.needs("Xvfb", "xdotool")
@pytest.mark.needs("file:/usr/share/doc/gir1.2-webkit2-4.1/copyright", "file:/usr/lib/python3/dist-packages/gi")
def test_no_page_and_no_hand_gets_out() -> None:
    assert [way for way in tried() if way[1] != NOTHING] == []


def test_the_page_says_what_came_of_each_way() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert [way["name"] for way in WAYS if f"| {way['name']} | {NOTHING} |" not in said] == []
