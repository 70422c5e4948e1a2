import pytest

from kiosk.errors import KioskError
from kiosk.paper import sheet
from kiosk.paper.page import Heading
from tests.support.printed import Printed, needs_fonts, needs_paper

FORM = """
title = "Thử {name}"
[[page]]
[[page.block]]
kind = "heading"
text = "Chào **{name}**"
[[page.block]]
kind = "note"
when = "{told}"
text = "{told}"
[[page.block]]
kind = "note"
unless = "{told}"
text = "không nói gì"
[[page.block]]
kind = "pairs"
rows = [{ each = "rows", name = "{number}", value = "{what}" }, { name = "Ngày" }]
"""


def filled(told="", rows=(), **values):
    return sheet.fill(FORM, {"name": "Inh", "told": told, **values}, {"rows": list(rows)})


def texts(form):
    return [block.text for block in form.page[0].block if hasattr(block, "text")]


def test_places_are_filled_and_bold_is_marked():
    form = filled()
    assert form.title == "Thử Inh"
    assert form.page[0].block[0] == Heading(text="Chào \x02Inh\x02")


def test_a_block_is_there_when_its_value_is_said_and_another_unless():
    assert texts(filled("xin"))[1:] == ["xin"]
    assert texts(filled(""))[1:] == ["không nói gì"]


def test_a_row_is_repeated_for_each_value():
    rows = filled(rows=[{"number": "1", "what": "rau"}, {"number": "2", "what": "vải"}]).page[0].block[-1].rows
    assert [(row.name, row.value) for row in rows] == [("1", "rau"), ("2", "vải"), ("Ngày", "")]


@pytest.mark.parametrize("nasty", ["{told}", "{0}", "{name.__class__}", "**", "<b>&amp;", "a\x02b\n\x00c"])
def test_a_value_is_written_as_it_is_and_never_read_as_a_form(nasty):
    form = filled(nasty)
    assert texts(form)[1] == "".join(letter for letter in nasty if letter.isprintable())


def test_a_place_without_a_value_is_named():
    with pytest.raises(KioskError, match="the form asks for 'name'"):
        sheet.fill(FORM, {"told": ""}, {"rows": []})


@pytest.mark.parametrize("wrong", ["title = 1\npage = []", 'title = "a"\n[[page]]\n[[page.block]]\nkind = "none"', "["])
def test_a_wrong_form_is_said(wrong):
    with pytest.raises(KioskError, match="the form is wrong"):
        sheet.fill(wrong, {})


@needs_fonts
def test_the_same_form_and_values_give_the_same_bytes():
    assert sheet.draw([filled("xin")]) == sheet.draw([filled("xin")])
    assert sheet.draw([filled("xin")]) != sheet.draw([filled("chào")])


@needs_fonts
def test_what_no_sheet_can_hold_is_refused():
    rows = [{"number": "1", "what": "rau " * 40}] * 200
    with pytest.raises(KioskError, match="more than a sheet"):
        sheet.draw([filled(rows=rows)])


@needs_paper
def test_letters_with_two_marks_markup_signs_and_tai_viet_come_out_as_they_went_in(tmp_path):
    said = "Nghiễm Ngữ Ộc ẵm <b> & </b> ꪒꪮꪣ"
    printed = Printed(sheet.draw([filled(said)]), tmp_path)
    assert said in printed.words()
    assert [row[3:] for row in printed.fonts()] == [["yes", "yes", "yes"]] * len(printed.fonts())
    assert any("TaiViet" in row[0] for row in printed.fonts())


@needs_paper
def test_what_is_too_much_for_a_page_becomes_smaller_and_stays_on_it(tmp_path):
    few = Printed(sheet.draw([filled(rows=[{"number": "1", "what": "rau"}])]), tmp_path).places(1)
    many = Printed(sheet.draw([filled(rows=[{"number": "1", "what": "rau"}] * 45)]), tmp_path)
    assert many.pages() == 1
    places = many.places(1)
    assert sum(word.text == "rau" for word in places) == 45
    assert max(word.bottom for word in places) < 842 - 20
    assert places[0].bottom - places[0].top < few[0].bottom - few[0].top
