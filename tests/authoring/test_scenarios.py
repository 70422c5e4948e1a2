import pytest

from kiosk.authoring import scenarios
from kiosk.errors import KioskError

BASE = """\
id: thu
title: Thử
teach: mot
start: dau
variants:
  - id: mot
    values:
      ten: Lan
screens:
  dau:
    surface: app
    say: Chạm.
    blocks:
      - block: button
        choice: {text: Đi, go: end}
  sau:
    surface: app
    say: Nữa.
    blocks:
      - block: keypad
        card: Số
        digits: "123"
        go: end
"""


def test_a_scenario_is_read():
    scenario = scenarios.parse(BASE, "x.yaml")
    assert list(scenario.screens) == ["dau", "sau"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "surface: app\n    say: Nữa",
            "surface: apps\n    say: Nữa",
            17,
            "screens.sau.surface: Invalid enum value 'apps'",
        ),
        ("        go: end\n", "        go: [end]\n", 23, "screens.sau.blocks[0].go: Expected `str`, got `array`"),
        ('"123"', "123", 22, "screens.sau.blocks[0].digits: Expected `str`, got `int`"),
        ("        card: Số\n", "", 20, "screens.sau.blocks[0]: Object missing required field `card`"),
        ("title: Thử\n", "titel: Thử\n", 2, "unknown field `titel`"),
        ("block: keypad", "block: keypat", 20, "screens.sau.blocks[0].block: Invalid value 'keypat'"),
        ("ten: Lan", "tEn: Lan", 8, "variants[0].values.tEn"),
        ("ten: Lan", "ten: 5", 8, "variants[0].values.ten: Expected `str | object`, got `int`"),
        ("  dau:\n", "  1:\n", 10, "Expected `str`, got `int`"),
        ("say: Chạm.", "say: Chạm.\n    say: Lại.", 13, "say is there twice"),
        ("id: thu", "id: thu: x", 1, "not YAML"),
        ("id: thu", "id: &a [*a]", 1, "not YAML"),
        ("{text: Đi, go: end}", "{text: Đi, goto: end}", 15, "screens.dau.blocks[0].choice"),
        ("id: thu\n", "id: !!python/object:os.system x\n", 1, "not YAML"),
        ("id: thu\n", "id: no\n", 1, "id: Expected `str`, got `bool`"),
    ],
)
def test_an_error_names_the_line_the_place_and_what_was_expected(old, new, line, said):
    assert BASE.count(old) == 1
    with pytest.raises(KioskError) as refused:
        scenarios.parse(BASE.replace(old, new), "x.yaml")
    assert refused.value.message.startswith(f"x.yaml:{line}: ")
    assert said in refused.value.message
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "# nothing", "- a\n", "a\n---\nb\n", "\x00", "{", "a: 'b"])
def test_what_is_no_scenario_at_all_is_refused(text):
    with pytest.raises(KioskError, match=r"x\.yaml:\d: "):
        scenarios.parse(text, "x.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"id: \xff\xfe")
    with pytest.raises(KioskError, match="UTF-8"):
        scenarios.load(path, "x.yaml")


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("surface: app\n    say: Nữa", "surface: apps\n    say: Nữa", "write one of home, app, store, browser, sms"),
        ("block: keypad", "block: keypat", "write one of header, tiles, list, field, tick, keypad"),
        ("title: Thử\n", "titel: Thử\n", "did you mean title? see content/SCENARIOS.md"),
        ("{text: Đi, go: end}", "{text: Đi, thôi nhé, go: end}", "mind the indentation; put quotes around words"),
        ('"123"', "123", "put quotes around numbers"),
        ("go: end\n", "go: [end]\n", "see content/SCENARIOS.md"),
    ],
)
def test_an_error_says_what_to_write_instead(old, new, hint):
    with pytest.raises(KioskError) as refused:
        scenarios.parse(BASE.replace(old, new), "x.yaml")
    assert refused.value.hint.startswith(hint)
