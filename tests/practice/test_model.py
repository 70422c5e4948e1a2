import datetime
import json
import re
from inspect import cleandoc

import fastjsonschema
import pytest
import yaml

from kiosk.practice.model import BLOCKS, LAYERS, described, known_keys, known_kinds, schema, structs
from tests.support import guide
from tests.support.scenarios import REAL, TINY
from tests.support.wrong import changed

WRONG_SHAPES = {
    "an unknown key": {"screens.hoi.saying": "Gì?"},
    "a key that is missing": {"screens.hoi": {"surface": "app"}},
    "a surface that there is not": {"screens.hoi.surface": "television"},
    "a block that there is not": {"screens.hoi.blocks.0": {"block": "video"}},
    "a layer that there is not": {"screens.hoi.layers": [{"layer": "curtain", "text": "Gì?"}]},
    "a key of another block": {"screens.hoi.blocks.0": {"block": "field", "label": "Tên", "choice": {"text": "Đi"}}},
    "a number for words": {"screens.hoi.title": 5},
    "an id with capitals": {"variants.0.id": "That"},
    "a value's name with a hyphen": {"variants.0.values": {"ho-ten": "A"}},
    "a twin that there is not": {"variants.0.twin": "false"},
    "a day that is none": {"sources": [{"app": "A", "url": "b", "checked": 5}]},
}


@pytest.fixture(scope="module")
def valid():
    """Says nothing of a right scenario, raises for a wrong one."""
    return fastjsonschema.compile(schema())


def plain(text):
    """What an editor sees of a file: days are words there."""
    return json.loads(json.dumps(yaml.safe_load(text), default=datetime.date.isoformat))


@pytest.mark.parametrize("path", [*TINY, *REAL], ids=lambda path: path.stem)
def test_every_scenario_is_valid(valid, path):
    valid(plain(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("example", guide.examples(), ids=" ".join)
def test_every_example_of_the_guide_is_valid(valid, example):
    valid(guide.scenario(*example))


def test_the_whole_example_of_the_guide_is_valid(valid):
    valid(plain(guide.whole()))


@pytest.mark.parametrize("change", WRONG_SHAPES.values(), ids=WRONG_SHAPES.keys())
def test_a_wrong_one_is_not(valid, change):
    valid(changed("cases", {}))
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        valid(changed("cases", {"set": change}))


def test_the_schema_says_of_each_part_and_key_what_it_means():
    made = schema()
    assert set(made["$defs"]) == set(structs())
    for name, part in made["$defs"].items():
        assert part["description"].endswith("."), name
        assert "\n" not in part["description"]
        for key in set(part["properties"]) - {"block", "layer"}:
            assert part["properties"][key]["description"], f"{name}.{key}"


def test_nothing_is_described_that_is_not_there():
    for name, struct in structs().items():
        told = {key for one in struct.__mro__ for key in _told(one)}
        assert told <= set(described(struct)), name


def _told(one):
    lines = cleandoc(one.__doc__ or "").partition("Attributes:\n")[2].splitlines()
    return [line.strip().partition(":")[0] for line in lines if re.match(r" {4}\S", line)]


def test_keys_and_kinds_are_those_of_the_format():
    assert {"screens", "go", "astray", "digits", "block", "layer", "checked"} <= known_keys()
    assert known_kinds()["block"] == tuple(BLOCKS)
    assert known_kinds()["layer"] == tuple(LAYERS) == ("banner", "dialog", "toast")
    assert len(known_kinds()["surface"]) == 12
    assert known_kinds()["form"] == ("number", "money", "secret")
