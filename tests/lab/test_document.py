"""docs/lab.md holds a row for everything that the lab tries, within what was promised."""

import re

import pytest

from tests.lab import document, floods, matrix
from tests.lab.box import CAPTURE, PORTAL
from tests.provisioning import exposure

PAGE = document.PAGE.read_text(encoding="utf-8")


def _rows(section: str) -> list[list[str]]:
    found = re.search(rf"<!-- begin {section} -->\n(.*?)<!-- end {section} -->", PAGE, re.DOTALL)[1]
    lines = [line for line in found.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("section", [*document.ON_A_BOX, *document.APART])
def test_every_section_has_its_table_and_no_other_is_there(section: str) -> None:
    assert _rows(section)
    assert len(re.findall(r"<!-- begin (\w+) -->", PAGE)) == len(document.ON_A_BOX | document.APART)


def test_every_system_went_its_whole_way() -> None:
    rows = _rows("ways")
    assert [row[0] for row in rows] == [probe.client for probe in matrix.clients()]
    assert "FAILED" not in " ".join(" ".join(row) for row in rows)


def test_only_what_is_meant_is_open() -> None:
    assert {row[0]: row[1] for row in _rows("doors")} == {
        PORTAL: "tcp 53 (open), tcp 80 (open), udp 53 (open)",
        CAPTURE: "tcp 80 (open)",
    }


def test_every_flood_is_bounded_and_nobody_was_not_served() -> None:
    rows = _rows("bad")
    assert [row[0] for row in rows] == [flood.name for flood in floods.FLOODS]
    assert [row for row in rows if "NOT BOUNDED" in row[1] or not row[4].startswith("0 of ")] == []


def test_nothing_was_found_of_anybody() -> None:
    assert [row[-1] for row in _rows("traces")] == ["0"]


def test_every_unit_that_faces_the_network_is_shut_in() -> None:
    rows = _rows("units")
    assert [row[0].strip("`") for row in rows] == [*exposure.OURS, *exposure.DEBIANS]
    assert all(float(row[1]) <= exposure.LIMIT for row in rows)


def test_a_table_is_put_in_its_own_place() -> None:
    page = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n<!-- begin y -->\n<!-- end y -->\n"
    made = document.put(page, "x", [("h", "i"), ("1", "2")], "*now*")
    assert made == (
        "a\n<!-- begin x -->\n*now*\n\n| h | i |\n| --- | --- |\n| 1 | 2 |\n<!-- end x -->\nb\n"
        "<!-- begin y -->\n<!-- end y -->\n"
    )
