import re
from pathlib import Path

import pytest

from kiosk.authoring import compose, described, parts, pictures
from kiosk.authoring.scene import Item, Picture, Placed
from kiosk.errors import KioskError


def read(text):
    return described.read(text, "lessons/x.vi.md", 6)


def test_a_line_is_a_part_and_a_place_or_more():
    assert read("- ground: market\n- seller\n- man: left\n- phone: {at: right, shows: [qr]}") == Picture(
        "market",
        (Item("seller", Placed()), Item("man", Placed(at="left")), Item("phone", Placed(at="right", shows=("qr",)))),
    )


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("", 7, "a list of parts", "PICTURES.md"),
        ("seller: left", 7, "a list of parts", "PICTURES.md"),
        ("- ground: market", 7, "1 to 12 parts", "PICTURES.md"),
        ("- ground: marke\n- seller", 7, "no ground 'marke'; near it: market", "there is bank, clinic"),
        ("- ground: {}\n- seller", 7, "no ground ''", "there is bank, clinic"),
        ("- frame: tyle\n- seller", 7, "no frame 'tyle'; near it: tile", "there is card, tile"),
        ("- seller\n- ground: market", 8, "no part 'ground'", "there is woman-elder"),
        ("- seller\n- seler: left", 8, "no part 'seler'; near it: seller", "lists all"),
        ("- seller:\n    at: left\n    mod: glad", 9, "seller: mod: there is no field `mod`", "there is at, x, y"),
        ("- seller: {at: lft}", 7, "seller: at: Invalid enum value 'lft'", "there is left, middle"),
        ("- seller: lft", 7, "seller: at: Invalid enum value 'lft'", "there is left, middle"),
        ("- seller: {mood: gay}", 7, "seller: mood: Invalid", "there is smile, glad"),
        ("- seller: {x: 4000}", 7, "seller: x: Expected", "PICTURES.md"),
        ("- seller: [left]", 7, "seller: Expected", "there is at, x, y"),
        ("- phone: {shows: qrr}", 7, "no picture to show 'qrr'; near it: qr", "lists all"),
        ("- seller: {says: [money, mony]}", 7, "no picture to show 'mony'; near it: money", "lists all"),
        ("- seller: {holds: zzz}", 7, "no part 'zzz'", "there is woman-elder"),
        ("- seller: {shows: qr}", 7, "seller has no shows", "these have: hand-give, hand-phone, phone"),
        ("- clock: {mood: glad}", 7, "clock has no mood", "these have: woman-elder"),
        ("- clock: {holds: money}", 7, "clock has no does and holds", "these have: woman-elder"),
        ("- clock: {says: money}", 7, "clock has no says and thinks", "these have: woman-elder"),
        ("- clock: {tap: middle}", 7, "clock has no tap", "these have: phone"),
        ("- seller: {at: left", 7, "not YAML", "colons"),
        ("- seller\n- {a: 1, b: 2}", 8, "one part and how it stands", "PICTURES.md"),
        ("- [seller]", 7, "one part and how it stands", "PICTURES.md"),
        ("- {[seller]: left}", 7, "one part and how it stands", "PICTURES.md"),
        ("- seller: {does: waves, holds: hen}", 7, "seller has one arm", "keep holds or does"),
        ("- seller: {does: runs}", 7, "seller: does: Invalid", "there is calls, waves, points"),
        ("- seller: {at: left, at: right}", 7, "seller: a word is there twice", "numbers and words"),
        ("- seller: {x: .nan}", 7, "seller: not a number", "numbers and words"),
        ("- seller: {x: .inf}", 7, "seller: x: Expected", "PICTURES.md"),
        ("- seller: {x: 2001-99-99}", 7, "seller: month must be", "numbers and words"),
        ("- seller: !!python/object:os.system {}", 7, "seller: could not determine a constructor", "numbers and words"),
        ("- seller: {[a]: left}", 7, "seller: while constructing", "numbers and words"),
        ("- phone: &a {shows: *a}", 7, "phone: shows: Expected", "PICTURES.md"),
        ("- phone: {shows: [qr, qr, qr, qr, qr]}", 7, "phone: shows: Expected `array` of length <= 4", "PICTURES.md"),
        ("- seller\n---\n- seller", 8, "not YAML", "colons"),
        ("[" * 4000, 7, "not YAML", "PICTURES.md"),
        ("- \x00", 7, "not YAML", "PICTURES.md"),
    ],
)
def test_what_the_kit_has_not_is_refused_with_its_line_and_what_there_is(text, line, said, hint):
    with pytest.raises(KioskError) as wrong:
        read(text)
    assert wrong.value.message.startswith(f"lessons/x.vi.md:{line}: ")
    assert said in wrong.value.message
    assert hint in wrong.value.hint


@pytest.mark.parametrize("name", described.showable())
def test_whatever_can_be_shown_is_drawn_in_a_phone_and_in_a_bubble(name):
    for part in ("phone", "bubble"):
        svg = compose.draw(read(f"- {part}: {{shows: {name}}}"))
        assert pictures.clean(svg, "x") != pictures.clean(compose.draw(read(f"- {part}")), "x")


def test_the_guide_names_everything_there_is(repository):
    guide = (repository / "content/PICTURES.md").read_text(encoding="utf-8")
    showable = {*described.showable()} - {*parts.icons()}
    assert {name for name in showable if f"| `{name}` |" not in guide} == set()
    assert {name for name in parts.names("grounds") if f"| `{name}` |" not in guide} == set()
    assert {part.about for part in parts.parts().values() if part.about not in guide} == set()
    keys = Placed.__struct_fields__
    assert {key for key in keys if f"`{key}`" not in guide} == set()


def blocks():
    for name in ("content/PICTURES.md", "docs/content.md"):
        text = (Path(__file__).resolve().parents[2] / name).read_text(encoding="utf-8")
        for block in re.finditer(r"^```picture\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            yield pytest.param(block[1], id=f"{name}:{text[: block.start()].count(chr(10)) + 1}")


@pytest.mark.parametrize("block", [*blocks()])
def test_an_example_for_authors_is_a_picture_of_two_to_five_parts(block):
    picture = read(block)
    assert 2 <= len(picture.items) <= 5
    assert pictures.clean(compose.draw(picture), "x")
