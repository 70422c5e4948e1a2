"""The contact sheet leaves nothing out, and is made from a file that is in no pack yet."""

import shutil
import sys

import pytest
from PIL import Image

from kiosk.practice.engine import POINT
from kiosk.practice.state import WRONG_DIGIT
from tests.browser import contact_sheet
from tests.support.desk import Desk
from tests.support.met import met, two_variants
from tests.support.scenarios import REAL, ROOT, read


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_everything_that_is_met_is_on_the_sheet(path):
    scenario = read(path)
    seen = list(met(scenario))
    assert {one.state.screen for one in seen} == set(scenario.screens)
    variants = two_variants(scenario)
    assert {one.state.variant for one in seen if one.kind == "way"} == {variant.id for variant in variants}
    assert {one.kind for one in seen} >= {"way", "pointed", "wrong", "end"}
    if variants[0].twin != "none":
        assert {variant.twin for variant in variants} == {"trap", "honest"}
        assert {one.state.variant for one in seen if one.state.place == "caught"} == {one.id for one in variants}
    assert all(one.state.hints[one.state.screen] == POINT for one in seen if one.kind == "pointed")
    digits = [one for one in seen if one.state.last == WRONG_DIGIT]
    assert all(one.kind == "wrong" and one.after for one in digits)


def test_pages_of_a_desk_are_those_of_the_app():
    desk = Desk.of(ROOT / "tests/data/scenarios/person.yaml")
    text = desk.page(next(iter(met(desk.scenario))).state)
    assert "THỰC HÀNH" in text
    assert "Khách bảo đã trả hai trăm nghìn." in text
    assert "../../../m/" in text


@pytest.mark.browser
def test_a_sheet_is_made_of_a_file_that_is_in_no_pack(tmp_path, monkeypatch, capsys):
    file = tmp_path / "nhap.yaml"
    shutil.copy(ROOT / "tests/data/scenarios/person.yaml", file)
    (tmp_path / "hong.yaml").write_text("id: hong\n", encoding="utf-8")
    out = tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["contact_sheet", str(out), str(file), str(tmp_path / "hong.yaml")])
    assert contact_sheet.main() == 1
    said = capsys.readouterr().out
    assert "hong.yaml:1: " in said
    screens = sorted((out / "person").iterdir())
    assert f"{len(screens)} screens" in said
    assert "khach" in (out / "index.html").read_text(encoding="utf-8")
    with (
        Image.open(screens[0]) as one,
        Image.open(out / "person.png") as sheet,
        Image.open(out / "person-1.png") as part,
    ):
        assert one.size == (360, 640)
        assert sheet.width <= 6 * (360 + contact_sheet.GAP) + contact_sheet.GAP
        assert part.height <= 2 * contact_sheet.ROW
