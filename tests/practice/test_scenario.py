from typing import get_args

import pytest

from kiosk.errors import KioskError
from kiosk.practice.scenario import Surface, decode, encode, from_builtins

SMALL = {
    "id": "thu",
    "title": "Thử",
    "variants": [{"id": "mot"}],
    "teach": "mot",
    "start": "nha",
    "screens": {"nha": {"surface": "home", "say": "Xin chào."}},
}


def test_a_scenario_survives_the_built_pack(every):
    assert decode(encode(every), "thu") == every


def test_the_same_scenario_gives_the_same_bytes(every):
    assert encode(every) == encode(decode(encode(every), "thu"))


def test_there_is_a_tiny_scenario_for_every_surface(tiny):
    for surface in get_args(Surface):
        assert surface in {screen.surface for screen in tiny(surface).screens.values()}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"id": "Không hợp lệ"}, "matching regex"),
        ({"id": "thu\n"}, "matching regex"),
        ({"screens": {"nha": {"surface": "television", "say": ""}}}, "television"),
        ({"screens": {"nha": {"surface": "home", "say": "", "blocks": [{"block": "video"}]}}}, "video"),
        ({"screens": {"nha": {"surface": "home"}}}, "`say`"),
    ],
)
def test_what_is_not_a_scenario_is_refused_and_says_where(change, says):
    with pytest.raises(KioskError, match=r"^thu\.yaml: ") as refused:
        from_builtins(SMALL | change, "thu.yaml")
    assert says in str(refused.value)


def test_a_pack_with_a_damaged_scenario_is_refused():
    with pytest.raises(KioskError, match="build the pack again"):
        decode(b'{"id": ', "practice/thu.json")


def test_an_unknown_variant_is_an_error_that_names_the_scenario(tiny):
    with pytest.raises(KioskError, match="scenario store has no variant hai"):
        tiny("store").variant("hai")
