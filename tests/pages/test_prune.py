import re

import pytest

from kiosk.pages import prune, shrink
from kiosk.pages.render import css, js
from tests.support import house_pages as house


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ("p{top:0}ul{top:0}", "p{top:0}"),
        (".a{top:0}.b{top:0}", ".a{top:0}"),
        ("#x{top:0}#y{top:0}", "#x{top:0}"),
        ("ul,p,h1{top:0}", "p{top:0}"),
        ("p .b,p>.a{top:0}", "p>.a{top:0}"),
        (".a p + i{top:0}", ""),
        ("*{top:0}:focus{top:0}html{top:0}", "*{top:0}:focus{top:0}html{top:0}"),
        ("p:focus,ul:focus{top:0}", "p:focus{top:0}"),
        ("p:nth-last-child(2):before{top:0}", "p:nth-last-child(2):before{top:0}"),
        ("[aria-current],p[open] .a{top:0}", "[aria-current],p[open] .a{top:0}"),
        ("@media (min-width: 5px){ul{top:0}}", ""),
        ("@media (min-width: 5px){ul{top:0}p{left:0}}", "@media (min-width: 5px){p{left:0}}"),
        (".w{animation:g 1s}@keyframes g{50%{top:0}}", ""),
        (
            "p{animation:g 1s}@keyframes g{50%{top:0}}@keyframes h{50%{top:0}}",
            "p{animation:g 1s}@keyframes g{50%{top:0}}",
        ),
        (".lit{top:0}.unlit{top:0}", ".lit{top:0}"),
        ('p{background:url("data:image/svg+xml,%3Csvg .b{}")}', 'p{background:url("data:image/svg+xml,%3Csvg .b{}")}'),
    ],
)
def test_a_rule_stays_where_all_its_names_are(rules, kept):
    page = f'<html><style>{rules}</style><script>ul.c("b")</script><body><p class="a c" id="x">ul .b #y</p></html>'
    assert prune.page(page, script="e.add('lit')") == page.replace(rules, kept)


def test_what_another_page_needs_stays_too():
    page = "<style>p{top:0}ul{top:0}h1{top:0}</style><p>"
    assert prune.page(page, "<ul>", script="") == "<style>p{top:0}ul{top:0}</style><p>"


def test_every_rule_of_ours_is_read():
    """Nothing of a style falls between what is understood."""
    whole = css(
        "base.css", "steps.css", "card.css", "question.css", "tile.css", "home.css", "greeting.css", "inner.css"
    )
    names = frozenset(re.findall(r"[.#]?[A-Za-z][\w-]*", whole))
    assert prune.style(str(whole), names) == whole


def test_a_page_is_lighter_and_keeps_what_its_script_lights():
    text = house.renderer().path(house.path())
    pruned = prune.page(text, script=js("voice.js"))
    assert len(pruned) < len(text) - 500
    assert ".lit .go{" in pruned
    assert ".praise" not in pruned
    assert shrink.inside(pruned) == shrink.inside(text)
