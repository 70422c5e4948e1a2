"""content/SCENARIOS.md is held against the model both ways, and its pictures against its examples."""

import re
from typing import get_args

import pytest
from PIL import Image

from kiosk.practice.blocks import Choice, Row
from kiosk.practice.model import BLOCKS, LAYERS, described
from kiosk.practice.scenario import Scenario, Screen, Source, Surface, Variant, from_builtins
from kiosk.practice.solver import judge
from tests.support import guide

SECTIONS = {
    "## The file": Scenario,
    "### `sources`": Source,
    "### `variants`": Variant,
    "## A screen": Screen,
    "## What can be tapped": Choice,
}
PARTS = {**BLOCKS, **LAYERS}
MOST = 400_000  # bytes of all its pictures


def section(heading):
    """The text below a heading, up to the next one."""
    below = guide.text().partition(f"\n{heading}\n")[2]
    assert below, heading
    return re.split(r"\n#{2,3} ", below)[0]


def quoted(text):
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_is_explained_in_its_table_and_nothing_else(heading):
    first = [line.split("|")[1] for line in section(heading).splitlines() if line.startswith("| `")]
    assert set().union(*map(quoted, first)) == set(described(SECTIONS[heading]))


@pytest.mark.parametrize("name", PARTS)
def test_every_key_of_a_block_or_layer_is_explained_and_nothing_else(name):
    said = next(line for line in section(f"### `{name}`").splitlines() if line.startswith("Keys: "))
    assert quoted(re.sub(r"\(.*?\)", "", said)) == set(described(PARTS[name])) - {"when"}


def test_the_lines_of_a_receipt_are_explained():
    said = re.search(r"`rows` \((.*?)\)", section("### `receipt`"))[1]
    assert quoted(said) == set(described(Row))


def test_every_surface_block_and_layer_has_an_example():
    named = {("surface", name) for name in get_args(Surface)}
    named |= {("block", name) for name in BLOCKS} | {("layer", name) for name in LAYERS}
    assert set(guide.examples()) == named


@pytest.mark.parametrize("example", guide.examples(), ids=" ".join)
def test_every_example_can_be_practised(example):
    assert judge(from_builtins(guide.scenario(*example), "x")) == []


@pytest.mark.parametrize("example", guide.examples(), ids=" ".join)
def test_every_example_shows_what_it_is_about(example):
    kind, name = example
    written = guide.examples()[example]
    assert f"{kind}: {name}" in written


@pytest.mark.parametrize("example", guide.examples(), ids=" ".join)
def test_every_picture_is_of_the_example_beside_it(example):
    with Image.open(guide.PICTURES / f"{'-'.join(example)}.png") as picture:
        assert picture.info["example"] == guide.print_of(*example), "make pictures"


def test_there_are_no_other_pictures_and_all_of_them_are_small():
    pictures = list(guide.PICTURES.glob("*"))
    assert {path.stem for path in pictures} == {"drawings", *("-".join(example) for example in guide.examples())}
    assert sum(path.stat().st_size for path in pictures) <= MOST


def test_the_sheet_of_drawings_names_only_what_is_there():
    with Image.open(guide.SHEET) as sheet:
        named = sheet.info["example"].split()
    assert len(named) > 50
    assert set(named) <= set(guide.drawings())
