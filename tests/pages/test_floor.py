"""What Android 5 (Chromium 37) and Safari 12 cannot read never reaches a page."""

import tomllib
from importlib import resources

import esprima
import pytest

from kiosk.pages import shrink
from tests.support.page_floor import StyleFaults, script_faults

STATIC = resources.files("kiosk.pages") / "static"
STYLES = sorted(file.name for file in STATIC.iterdir() if file.name.endswith(".css"))
SCRIPTS = sorted(file.name for file in STATIC.iterdir() if file.name.endswith(".js"))


@pytest.fixture(scope="module")
def floor(data_dir):
    return tomllib.loads((data_dir / "page-floor.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_es5_without_newer_interfaces(name, floor):
    faults = script_faults((STATIC / name).read_text(encoding="utf-8"), floor["script"])
    assert set(faults) == set(floor["script"]["allowed"].get(name, []))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_shrunk_script_has_the_same_meaning(name):
    text = (STATIC / name).read_text(encoding="utf-8")
    assert str(esprima.parseScript(text)) == str(esprima.parseScript(shrink.script(text)))


def test_the_voice_fits_in_fifteen_hundred_bytes():
    assert len(shrink.script((STATIC / "voice.js").read_text(encoding="utf-8")).encode()) <= 1500


@pytest.mark.parametrize("name", STYLES)
def test_a_style_uses_only_what_both_browsers_know(name, floor):
    text = (STATIC / name).read_text(encoding="utf-8")
    assert StyleFaults(floor["css"]).sheet(text) == []
    assert StyleFaults(floor["css"]).sheet(shrink.style(text)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("let a = 1;", "let"),
        ("var f = () => 1;", "ArrowFunctionExpression"),
        ("var a = `x`;", "TemplateLiteral"),
        ("var a = {b};", "shortened property"),
        ("fetch('/a');", "fetch"),
        ("document.querySelectorAll('a').forEach(f);", "forEach of what may be a NodeList"),
        ("e.target.closest('a');", "closest"),
        ("a = b ** 2;", "**"),
        ("localStorage.a = 1;", "localStorage"),
    ],
)
def test_the_script_lint_finds(text, fault, floor):
    assert fault in script_faults(text, floor["script"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a { display: grid }", "grid"),
        ("a { gap: 2px }", "gap"),
        ("a { --x: 1px }", "--x"),
        ("a { width: var(--x) }", "var()"),
        ("a { width: clamp(1px, 2px, 3px) }", "clamp()"),
        ("a { width: min(1px, 2px) }", "min()"),
        ("a:has(b) { top: 0 }", ":has"),
        ("a:focus-visible { top: 0 }", ":focus-visible"),
        ("a, summary::-webkit-details-marker { top: 0 }", "-webkit-details-marker with others"),
        ("a { aspect-ratio: 1 }", "aspect-ratio"),
        ("a { width: 1dvh }", "dvh"),
        ("@supports (display: grid) { a { top: 0 } }", "@supports"),
        ("@container (min-width: 1px) { a { top: 0 } }", "@container"),
        ("@media (hover: hover) { a { top: 0 } }", "hover"),
        ("a { inset: 0 }", "inset"),
        ("a { justify-content: space-evenly }", "space-evenly"),
    ],
)
def test_the_style_lint_finds(text, fault, floor):
    assert fault in StyleFaults(floor["css"]).sheet(text)
