import re

import pytest

from kiosk.authoring import parts, pictures
from kiosk.authoring.parts import OPEN

FOLDERS = ("parts", "screens", "grounds", "faces", "arms")
PALETTE = {
    "#1d2440", "#1d2b5a", "#fff7e6", "#f4b728", "#ffd873", "#a9d8f5", "#ffb59e", "#d8322a", "#1f8a5b",
    "#fff", "#ffe14d", "#b5764a", "#e8bb94", "#8a5a2b", "#c9ccd6", "#bfe6d0", "none", "currentColor",
    "#d8e9ed", "#ffe8ad", "#dceeda", "#67b390", "#a77e4b",
}  # fmt: skip
DRAWN = [(kind, name) for kind in FOLDERS for name in parts.names(kind)]


@pytest.fixture(params=DRAWN, ids="/".join)
def drawn(request, repository):
    kind, name = request.param
    return (repository / "kiosk/authoring/kit" / kind / f"{name}.svg").read_text(encoding="utf-8")


def test_every_part_has_a_drawing_and_every_drawing_is_known():
    assert set(parts.parts()) == set(parts.names("parts"))


def test_a_drawing_of_the_kit_is_a_picture_that_a_page_may_carry(drawn):
    assert len(pictures.clean(drawn.encode(), "x")) < 2048


def test_a_drawing_of_the_kit_opens_as_all_do(drawn):
    assert re.fullmatch(rf'<svg xmlns="[^"]+" viewBox="[^"]+">{re.escape(OPEN)}.*</g></svg>\n', drawn)


def test_a_drawing_of_the_kit_keeps_to_the_palette(drawn):
    assert set(re.findall(r'(?:fill|stroke|color)="([^"]+)"', drawn)) <= PALETTE


def test_what_shows_has_one_place_for_it(repository):
    for name, part in parts.parts().items():
        body = parts.drawing("parts", name).body
        assert body.count('<g id="shows"/>') == (part.slot is not None), name


def test_people_have_sleeves_and_nobody_else():
    dressed = {name for name, part in parts.parts().items() if part.sleeve}
    assert dressed == {name for name, part in parts.parts().items() if part.group == "people"} - {"baby"}


def test_the_house_s_own_icons_can_be_shown():
    assert "app-bank" in parts.icons()
    assert parts.icon("app-bank").box == (0, 0, 48, 48)
