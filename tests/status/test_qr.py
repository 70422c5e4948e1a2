import json
import re

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.codes import draw
from kiosk.findings import Finding, Level
from kiosk.status import qr, show
from tests.status.made import report

SCALE = 3


def read(rows):
    """What a scanner reads of rows of modules, dark ones True."""
    image = Image.new("L", (len(rows[0]), len(rows)), 255)
    image.putdata([0 if dark else 255 for row in rows for dark in row])
    found = zxingcpp.read_barcodes(image.resize((image.width * SCALE, image.height * SCALE)))
    assert len(found) == 1
    return found[0].text


def of_terminal(text):
    """The modules of half blocks, black on white."""
    blocks = {block: pair for pair, block in qr._BLOCKS.items()}
    rows = []
    for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines():
        rows += [[blocks[letter][0] for letter in line], [blocks[letter][1] for letter in line]]
    return rows


def test_what_wants_doing_and_every_figure_is_in_the_code():
    lines = qr.text(report()).splitlines()
    assert lines[0] == "DOMDOM1 thu 1.2 fail"
    figures = json.loads(show.document(report()))["figures"]
    packs = figures.pop("packs")
    assert lines[1].split() == [f"{name}={value}" for name, value in figures.items()]
    assert lines[2].split() == [f"{name}={value}" for name, value in packs.items()]
    assert lines[3:5] == ["✗ dịch vụ: hostapd không chạy.", "! thẻ nhớ: Gần đầy."]


def test_the_last_seven_days_follow_the_newest_first():
    lines = qr.text(report()).splitlines()
    assert lines[5] == "ngày xem/nghe/tập/lượt/trợ giúp"
    assert lines[6] == "2024-10-12 20/0/3/0/0"
    assert len(lines) == 6 + 7


def test_a_terminal_shows_a_code_that_a_scanner_reads():
    shown = qr.terminal(report())
    assert read(of_terminal(shown)) == qr.text(report())
    assert all(line.startswith("\x1b[30;107m") and line.endswith("\x1b[0m") for line in shown.splitlines())


def test_the_drawing_is_the_same_code():
    assert qr.svg(report()) == draw.svg(qr.text(report()), label="Tình trạng máy thu", level="L")


def test_the_longest_report_still_fits_a_code_that_a_phone_reads():
    many = [Finding("dịch vụ", Level.FAIL, f"Dịch vụ số {number} không chạy được nữa.", "x") for number in range(60)]
    long = qr.text(report(many))
    assert len(long.encode()) <= qr.MOST
    assert long.endswith("\n…")
    rows = qr.terminal(report(many)).splitlines()
    assert len(rows) <= 57
    assert len(re.sub(r"\x1b\[[0-9;]*m", "", rows[0])) <= 113
    assert read(of_terminal("\n".join(rows))) == long


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=300), st.sampled_from(list(Level))), max_size=30))
def test_no_finding_makes_a_code_too_large(said):
    findings = [Finding("sóng", level, what) for what, level in said]
    assert len(qr.text(report(findings)).encode()) <= qr.MOST


@pytest.mark.parametrize("secret", ["Nhà văn hóa bản thử"])
def test_no_name_is_in_the_code(secret):
    assert secret not in qr.text(report(name=secret))
