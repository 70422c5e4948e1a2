"""What Android 5 (Chromium 37) and Safari 12 cannot read never reaches a page."""

import tomllib
from importlib import resources

import esprima
import pytest
import tinycss2

from kiosk.pages import shrink

STATIC = resources.files("kiosk.pages") / "static"
STYLES = sorted(file.name for file in STATIC.iterdir() if file.name.endswith(".css"))
SCRIPTS = sorted(file.name for file in STATIC.iterdir() if file.name.endswith(".js"))


@pytest.fixture(scope="module")
def floor(data_dir):
    return tomllib.loads((data_dir / "page-floor.toml").read_text(encoding="utf-8"))


def _nodes(tree):
    if isinstance(tree, list):
        for item in tree:
            yield from _nodes(item)
    elif isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)


def _own_names(tree):
    """Names that the script declares itself."""
    for node in _nodes(tree):
        if node.get("type") == "VariableDeclarator":
            yield node["id"]["name"]
        for parameter in node.get("params") or []:
            yield parameter["name"]


def script_faults(text, floor):
    """What an ES5 engine without the newer interfaces would stumble over."""
    tree = esprima.parseScript(text).toDict()
    own = set(_own_names(tree))
    members = {node["property"]["name"] for node in _nodes(tree) if node.get("type") == "MemberExpression" and not node["computed"]}
    for node in _nodes(tree):
        kind = node.get("type")
        if kind in floor["nodes"]:
            yield kind
        elif kind == "VariableDeclaration" and node["kind"] != "var":
            yield node["kind"]
        elif kind == "Property" and (node["shorthand"] or node["method"] or node["computed"]):
            yield "shortened property"
        elif kind in {"FunctionExpression", "FunctionDeclaration"} and (node.get("generator") or node.get("isAsync")):
            yield "generator or async function"
        elif kind == "BinaryExpression" and node["operator"] == "**":
            yield "**"
        elif kind == "MemberExpression" and not node["computed"]:
            name = node["property"]["name"]
            if name in floor["apis"]:
                yield name
            if name == "forEach" and node["object"]["type"] != "ArrayExpression":
                yield "forEach of what may be a NodeList"
        elif kind == "Identifier" and node["name"] in set(floor["apis"]) - own - members:
            yield node["name"]


class StyleFaults:
    """What one of the two browsers would drop from a style sheet."""

    def __init__(self, floor):
        self.floor = floor
        self.found = []

    def sheet(self, text, *, guarded=False):
        for rule in tinycss2.parse_rule_list(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "error":
                self.found.append(rule.message)
            elif rule.type == "at-rule":
                self.at(rule, guarded=guarded)
            else:
                self.selector(rule.prelude)
                self.declarations(rule.content, guarded=guarded)
        return self.found

    def at(self, rule, *, guarded):
        name = rule.at_keyword
        if name == "supports":
            self.sheet(rule.content, guarded=True)
        elif name == "media":
            features = [part.content[0].value for part in rule.prelude if part.type == "() block"]
            self.found += [feature for feature in features if feature not in self.floor["media"]]
            self.sheet(rule.content, guarded=guarded)
        elif name in {"keyframes", "-webkit-keyframes"}:
            for step in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
                self.declarations(step.content, guarded=guarded)
        else:
            self.found.append(f"@{name}")

    def selector(self, prelude):
        lists = tinycss2.serialize(prelude).count(",")
        for before, part in zip(prelude, prelude[1:], strict=False):
            if before == ":" and part.type in {"ident", "function"}:
                name = part.value if part.type == "ident" else part.name
                if name in self.floor["vendor-pseudos"]:
                    self.found += [f"{name} with others"] if lists else []
                elif name not in self.floor["pseudos"]:
                    self.found.append(f":{name}")

    def declarations(self, content, *, guarded):
        for one in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
            if one.type != "declaration":
                self.found.append(str(one))
                continue
            if one.lower_name not in self.floor["properties"]:
                self.found.append(one.lower_name)
            free = one.lower_name in {"animation", "-webkit-animation", "counter-increment", "counter-reset", "content"}
            self.values(one.value, guarded=guarded, free=free)

    def values(self, tokens, *, guarded, free):
        words = {*self.floor["words"], *(self.floor["guarded"] if guarded else ())}
        for token in tokens:
            if token.type == "ident" and token.lower_value not in words and not free:
                self.found.append(token.value)
            elif token.type == "dimension" and token.lower_unit not in self.floor["units"]:
                self.found.append(token.unit)
            elif token.type == "function":
                self.found += [] if token.lower_name in self.floor["functions"] else [f"{token.name}()"]
                self.values(token.arguments, guarded=guarded, free=free)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_es5_without_newer_interfaces(name, floor):
    assert list(script_faults((STATIC / name).read_text(encoding="utf-8"), floor["script"])) == []


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
    assert fault in list(script_faults(text, floor["script"]))


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
        ("a { position: sticky }", "sticky"),
        ("@container (min-width: 1px) { a { top: 0 } }", "@container"),
        ("@media (hover: hover) { a { top: 0 } }", "hover"),
        ("a { inset: 0 }", "inset"),
        ("a { justify-content: space-evenly }", "space-evenly"),
    ],
)
def test_the_style_lint_finds(text, fault, floor):
    assert fault in StyleFaults(floor["css"]).sheet(text)
