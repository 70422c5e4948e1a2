"""Where a key stands in a TOML text, and what is said of a text that is none."""

import tomllib

import msgspec
import pytest

from provisioning import faults
from provisioning.faults import decode, lines, place


def test_keys_are_found_on_their_lines() -> None:
    text = """\
packs = [
  "a",
  "b = c",
]
# site.x = 1
[site]   # the village
id = "x"
"name" = 'y'

  [ wifi ]
ssid="a = b" # [box]
[collector]
pin = \"\"\"
-----BEGIN
key = no
[nor.this]
\"\"\"
key = "k"
[uplink]
kind.sub = 1
"""
    tomllib.loads(text)
    at = lines(text)
    assert at == {
        "packs": 1, "site": 6, "site.id": 7, "site.name": 8, "wifi": 10, "wifi.ssid": 11, "collector": 12,
        "collector.pin": 13, "collector.key": 18, "uplink": 19, "uplink.kind.sub": 20,
    }  # fmt: skip


def test_a_key_that_is_not_there_is_placed_at_its_section_or_nowhere() -> None:
    at = lines("[site]\nid = 1\n")
    assert (place("site.id", at), place("site.name", at), place("wifi.ssid", at)) == (2, 1, 0)


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ("x = “y”\n", 1), ("[a]\n[a]\n", 2), ("a = 'x", 1)]
)
def test_a_text_that_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    table, found = decode(text)
    assert table == {}
    assert [fault.line for fault in found] == [line]
    assert found[0].remedy


class Inner(msgspec.Struct):
    number: int
    on: bool = False


class Document(msgspec.Struct):
    inner: Inner
    name: str = ""


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"inner": {"number": 1}}, {}),
        ({}, {"inner.number": "còn thiếu."}),
        ({"inner": 3}, {"inner": "phải là một mục."}),
        ({"inner": {"number": True}}, {"inner.number": "không nhận được True."}),
        ({"inner": {"number": 1, "nunber": 2}}, {"inner.nunber": "không có tên này."}),
        ({"inner": {"number": 1}, "other": {}}, {"other": "không có tên này."}),
        ({"inner": {"number": 1}, 'x"\n': {}}, {"…": "không có tên này."}),
        (
            {"inner": {"number": 1, "on": "có"}, "name": 3},
            {"inner.on": "không nhận được 'có'.", "name": "không nhận được 3."},
        ),
    ],
)
def test_every_fault_of_a_document(table: dict[str, object], said: dict[str, str]) -> None:
    found = faults.faults(Document, table, {})
    assert {fault.key: fault.what for fault in found} == said
    assert all(fault.remedy for fault in found)


def test_a_long_value_is_not_shown_whole() -> None:
    found = faults.faults(Document, {"inner": {"number": "x" * 5000}}, {})
    assert len(found[0].what) < 100
