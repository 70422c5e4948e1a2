"""No way leads out of the window, and docs/touchscreen.md says which were tried."""

from tests.shell.document import PAGE
from tests.shell.ways import NOTHING, WAYS, tried

# In Qt's engine what was touched in an open list is lit.
CHOSEN = ("a list that drops down", "CHANGED: the page")


def test_no_page_and_no_hand_gets_out(engine: str) -> None:
    assert [way for way in tried(engine) if way[1] != NOTHING and (engine, way) != ("qt", CHOSEN)] == []


def test_the_page_says_what_came_of_each_way() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert [way["name"] for way in WAYS if f"| {way['name']} | {NOTHING} |" not in said] == []
