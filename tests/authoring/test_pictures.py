import re

import pytest

from kiosk.authoring import pictures
from kiosk.errors import KioskError

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">\n'


def clean(inside):
    return pictures.clean((OPEN + inside + "\n</svg>").encode(), "media/x.svg").decode()


def test_what_nobody_sees_is_left_out(data_dir):
    data = (data_dir / "packs/tiny/media/tay.svg").read_bytes()
    assert pictures.clean(data, "x") == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><g fill="none" stroke="#1d2440">'
        b'<path d="M10.5 20L30-5Z"/></g></svg>'
    )


def test_cleaning_again_changes_nothing_of_a_plain_picture(data_dir):
    once = pictures.clean((data_dir / "packs/tiny/media/tay.svg").read_bytes(), "x")
    assert pictures.clean(once, "x") == once


def test_ids_are_a_pictures_own_and_unused_ones_go():
    shape = '<defs><path id="a" d="M0 0"/><path id="b" d="M1 1"/></defs>'
    shape += '<use xlink:href="#a"/><g clip-path="url(#b)"/><g id="c"/>'
    made = clean(shape)
    other = clean(shape.replace("M0 0", "M0 2"))
    marks = set(re.findall(r"[#\"](p[0-9a-f]{5})[ab]", made))
    assert len(marks) == 1
    assert marks.isdisjoint(re.findall(r"[#\"](p[0-9a-f]{5})[ab]", other))
    assert made.count(f"{marks.pop()}a") == 2
    assert 'id="c"' not in made
    assert "<g/></svg>" in made


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1.50", "1.5"),
        ("2.00", "2"),
        ("1.0.5", "1.0.5"),
        ("100", "100"),
        ("0.0", "0"),
        (".50.50", ".5.5"),
        ("1e-5", "1e-5"),
    ],
)
def test_zeros_go_only_where_they_change_nothing(written, kept):
    assert f'd="M{kept}z"' in clean(f'<path d="M {written} z"/>')


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>x()</script>", "script"),
        ('<path onclick="x()"/>', "script"),
        ("<text>Chào</text>", "text"),
        ("<g>Chào</g>", "text"),
        ("<title>Chào</title>", "<title>"),
        ("<style>a{}</style>", "style sheet"),
        ('<path style="fill:red"/>', "attribute style"),
        ('<path class="a"/>', "attribute class"),
        ('<image xlink:href="data:x"/>', "a picture inside"),
        ("<foreignObject/>", "HTML"),
        ('<a xlink:href="#a"/>', "a link"),
        ('<use xlink:href="http://a.vn/x.svg#a"/>', "outside the file"),
        ('<use xlink:href="b.svg#a"/>', "outside the file"),
        ('<use href="#a"/>', "href"),
        ('<path fill="url(http://a.vn/#a)"/>', "outside the file"),
        ('<path fill="url(b.svg#a)"/>', "outside the file"),
        ('<path fill="javascript:x"/>', "outside the file"),
        ('<path fill="URL(b.svg#a)"/>', "outside the file"),
        ('<path fill="u\\72l(b.svg#a)"/>', "outside the file"),
        ('<path fill="url(#a) url(b.svg#a)"/>', "outside the file"),
        ('<path fill="url(data:image/svg+xml,x#a)"/>', "outside the file"),
        ('<g mask="url( //a.vn/x#a )"/>', "outside the file"),
        ('<use xlink:href=" #a"/>', "outside the file"),
        ('<use xlink:href="data:image/svg+xml,x#a"/>', "outside the file"),
        ('<use xlink:href="//a.vn/x#a"/>', "outside the file"),
        ('<path xml:base="http://a.vn/"/>', "attribute xml:base"),
        ('<path onload="x()"/>', "script"),
        ('<path filter="url(#a)"/>', "attribute filter"),
        ("<svg:script>x()</svg:script>", "<svg:script>"),
        ("<g>&#67;</g>", "text"),
        ("<g><![CDATA[<script>]]></g>", "text"),
        ("<style>@import url(http://a.vn/)</style>", "style sheet"),
        ('<image href="http://a.vn/x.png"/>', "a picture inside"),
        ('<feImage xlink:href="http://a.vn/x.png"/>', "<feImage>"),
        ('<set attributeName="fill"/>', "<set>"),
        ("<iframe/>", "<iframe>"),
        ("<?xml-stylesheet href='a.css'?>", "<?xml-stylesheet"),
        ("&quot;", "text"),
        ("&a;", "not SVG"),
        ('<path data-x="1"/>', "attribute data-x"),
        ("<animate/>", "animation"),
        ('<filter id="a"/>', "<filter>"),
        ("<path", "not SVG"),
        ("<path></g>", "not SVG"),
        ("&lol;", "not SVG"),
    ],
)
def test_what_a_page_may_not_carry_is_refused_with_its_line(inside, said):
    with pytest.raises(KioskError) as refused:
        clean(inside)
    assert re.match(r"media/x\.svg:[23]: ", refused.value.message)
    assert said in refused.value.message


def test_entities_cannot_even_be_declared():
    bomb = '<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<svg viewBox="0 0 1 1">&b;</svg>'
    with pytest.raises(KioskError, match=r"x\.svg:1: a document type"):
        pictures.clean(bomb.encode(), "x.svg")


@pytest.mark.parametrize("text", ["<g/>", '<svg width="8"/>', '<html viewBox="0 0 8 8"/>', ""])
def test_it_must_be_an_svg_with_a_view_box(text):
    with pytest.raises(KioskError, match=r"x\.svg:1: "):
        pictures.clean(text.encode(), "x.svg")


def test_a_picture_over_six_kilobytes_is_refused():
    with pytest.raises(KioskError, match="at most 6144"):
        clean("<path/>" + '<rect width="8"/>' * 400)
