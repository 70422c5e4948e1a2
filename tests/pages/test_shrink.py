import esprima
import pytest
import tinycss2

from kiosk.pages import shrink


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("a {\n  color: red; /* why */\n}\n", "a{color:red}"),
        (".a .b > p + i , h1 { margin: 0 }", ".a .b>p + i,h1{margin:0}"),
        ("a:focus { outline: 0; }", "a:focus{outline:0}"),
        ("ul :focus { top: 0 }", "ul :focus{top:0}"),
        ('@media (max-height: 4px) { b { content: "a b"; } }', '@media (max-height: 4px){b{content:"a b"}}'),
    ],
)
def test_style_loses_only_what_means_nothing(long, short):
    assert shrink.style(long) == short


def test_shrunk_style_parses_to_the_same_declarations():
    long = "@media (min-width: 5px) { a { font: 1em/1.2 x, y; } }\na:before { content: counter(n); left: -1px; }"

    def facts(text):
        nodes = tinycss2.parse_stylesheet(text, skip_whitespace=True, skip_comments=True)
        return tinycss2.serialize(nodes).replace(" ", "").replace("\n", "").replace(";}", "}")

    assert facts(long) == facts(shrink.style(long))


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("var a = 1, b; // why\n", "var a=1,b;"),
        ("if (a) { return 'x  /* y */'; }", "if(a){return'x  /* y */'}"),
        ("/* a\nb */ function f(a) {\n  throw 0;\n}", "function f(a){throw 0}"),
        ('typeof a == "it\\"s"', 'typeof a=="it\\"s"'),
    ],
)
def test_script_loses_only_what_means_nothing(long, short):
    assert shrink.script(long) == short


def test_shrunk_script_has_the_same_syntax_tree():
    long = "(function (d) {\n  var a = d.b, c;\n  for (c = 0; c < a; c++) if (c in d) delete d[c];\n})(window);"
    assert str(esprima.parseScript(long)) == str(esprima.parseScript(shrink.script(long)))


def test_a_page_keeps_the_spaces_that_are_seen():
    assert shrink.page("<p>\n  <b>a</b> <i>b</i>\n</p>\n") == "<p><b>a</b> <i>b</i></p>\n"
    assert shrink.page("<p>one\n   two</p>") == "<p>one two</p>\n"


def test_a_drawing_is_made_to_stand_in_a_page():
    drawn = shrink.drawing(
        '<?xml version="1.0"?>\n<!-- by hand -->\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" viewBox="0 0 9 9">\n'
        '  <rect width="9" height="9" />\n</svg>\n'
    )
    assert drawn == '<svg viewBox="0 0 9 9" aria-hidden="true"><rect width="9" height="9"/></svg>'
