"""docs/skills.md is the table of what can be practised now; `make contact-sheet` writes it."""

import re

import pytest

from tests.support import skills
from tests.support.scenarios import REAL, ROOT

_BYTES = re.compile(r"\| ([\d,]+) \|$", re.MULTILINE)
MARGIN = 500  # bytes that a style or a word may change without making the table wrong


@pytest.fixture(scope="module")
def written():
    return (ROOT / "docs" / "skills.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def now():
    return skills.page()


def sizes(text):
    return [int(size.replace(",", "")) for size in _BYTES.findall(text)]


def test_the_table_is_the_one_of_today(written, now):
    assert _BYTES.sub("|", written) == _BYTES.sub("|", now), "python -m tests.support.skills docs/skills.md"
    assert len(sizes(written)) == len(sizes(now)) == len(REAL)
    assert max(abs(one - other) for one, other in zip(sizes(written), sizes(now), strict=True)) <= MARGIN


def test_no_page_that_is_met_is_over_its_budget(now):
    assert 1_000 < max(sizes(now)) <= skills.MOST
