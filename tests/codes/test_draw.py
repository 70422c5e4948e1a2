import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.codes import draw, vietqr
from kiosk.errors import KioskError

SCALE = 4


def picture(svg):
    """The drawing as a scanner sees it: strokes of the path on white, quiet zone included."""
    root = ET.fromstring(svg)
    (path,) = root
    side = int(root.get("viewBox").split()[2])
    image = Image.new("L", (side * SCALE, side * SCALE), 255)
    pen = ImageDraw.Draw(image)
    x = y = 0
    for step, first, second in re.findall(r"([Mmh])(-?\d+)(?: (-?\d+))?", path.get("d")):
        if step == "h":
            right = x + int(first)
            pen.rectangle((x * SCALE, y * SCALE, right * SCALE - 1, (y + 1) * SCALE - 1), fill=0)
            x = right
        else:
            x, y = (int(first), int(second)) if step == "M" else (x + int(first), y + int(second))
    return image


def read(svg):
    return [code.text for code in zxingcpp.read_barcodes(picture(svg))]


@pytest.mark.parametrize("level", ["L", "M", "Q"])
def test_the_practice_code_is_read_back_from_its_picture(level):
    payload = vietqr.practice(amount="45000", name="LO THI EN")
    (text,) = read(draw.svg(payload, label="Mã thực hành", level=level))
    assert text == payload
    assert vietqr.parse(text).transfer.bin == "000000"


@settings(max_examples=25)
@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=120))
def test_any_text_is_read_back(text):
    assert read(draw.svg(text, label="x")) == [text]


def test_the_quiet_zone_is_four_modules_on_every_side():
    rows = draw.modules(vietqr.practice())
    image = picture(draw.svg(vietqr.practice(), label="x"))
    side = len(rows) + 8
    assert image.size == (side * SCALE, side * SCALE)
    dark = image.point(lambda value: 255 - value).getbbox()
    assert dark == (4 * SCALE, 4 * SCALE, (side - 4) * SCALE, (side - 4) * SCALE)


def test_a_practice_code_is_one_path_of_whole_numbers_and_small():
    drawn = draw.svg(vietqr.practice(), label="Mã thực hành")
    assert drawn.count("<path") == 1
    assert "." not in re.search(r' d="([^"]+)"', drawn)[1]
    assert len(drawn.encode()) <= 2_500


def test_the_same_text_gives_the_same_bytes():
    assert draw.svg("đom đóm", label="x") == draw.svg("đom đóm", label="x")


def test_a_label_cannot_break_out():
    assert ET.fromstring(draw.svg("x", label='"><script>')).get("aria-label") == '"><script>'


def test_a_text_that_no_code_holds_is_refused():
    with pytest.raises(KioskError, match="too many"):
        draw.svg("x" * 3_000, label="x")
