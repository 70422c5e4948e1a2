"""What Chromium 37 and Safari 12 would stumble over; the lists stand in tests/data/page-floor.toml."""

import itertools
from collections.abc import Iterator
from typing import Any

import esprima
import tinycss2

Node = dict[str, Any]


def _nodes(tree: Any) -> Iterator[Node]:
    if isinstance(tree, list):
        for item in tree:
            yield from _nodes(item)
    elif isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)


def _newer_form(node: Node) -> str:
    """The name of a form that has an ES5 node type but is no ES5."""
    match node:
        case {"type": "VariableDeclaration", "kind": "let" | "const" as kind}:
            return kind
        case {"type": "Property", "shorthand": True} | {"type": "Property", "method": True}:
            return "shortened property"
        case {"type": "Property", "computed": True}:
            return "computed property"
        case {"type": "BinaryExpression", "operator": "**"}:
            return "**"
        case {"generator": True} | {"isAsync": True}:
            return "generator or async function"
    return ""


def _names(tree: Node) -> Iterator[tuple[str, str]]:
    """(how, name): `own` declared by the script, `member` after a dot, `free` otherwise."""
    members = set()
    for node in _nodes(tree):
        match node:
            case {"type": "MemberExpression", "computed": False, "object": held, "property": {"name": name}}:
                members.add(name)
                yield "member", name
                if name == "forEach" and held["type"] != "ArrayExpression":
                    yield "member", "forEach of what may be a NodeList"
            case {"type": "VariableDeclarator", "id": {"name": name}}:
                yield "own", name
            case {"type": "FunctionExpression" | "FunctionDeclaration", "params": params}:
                yield from (("own", parameter["name"]) for parameter in params)
    yield from (("free", node["name"]) for node in _nodes(tree) if _free(node, members))


def _free(node: Node, members: set[str]) -> bool:
    return node.get("type") == "Identifier" and node["name"] not in members


def script_faults(text: str, floor: dict[str, list[str]]) -> list[str]:
    """What an ES5 engine without the newer interfaces would stumble over."""
    tree = esprima.parseScript(text).toDict()
    names = list(_names(tree))
    own = {name for how, name in names if how == "own"}
    refused = {*floor["apis"], "forEach of what may be a NodeList"}
    return [
        *(node["type"] for node in _nodes(tree) if node.get("type") in floor["nodes"]),
        *filter(None, map(_newer_form, _nodes(tree))),
        *(name for how, name in names if name in refused and (how == "member" or (how == "free" and name not in own))),
    ]


class StyleFaults:
    """What one of the two browsers would drop from a style sheet."""

    def __init__(self, floor: dict[str, list[str]]) -> None:
        self.floor = floor
        self.found: list[str] = []

    def sheet(self, text: Any) -> list[str]:
        for rule in tinycss2.parse_rule_list(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "error":
                self.found.append(rule.message)
            elif rule.type == "at-rule":
                self._at(rule)
            else:
                self._selector(rule.prelude)
                self._declarations(rule.content)
        return self.found

    def _at(self, rule: Any) -> None:
        name = rule.at_keyword
        if name == "media":
            features = [part.content[0].value for part in rule.prelude if part.type == "() block"]
            self.found += [feature for feature in features if feature not in self.floor["media"]]
            self.sheet(rule.content)
        elif name in {"keyframes", "-webkit-keyframes"}:
            for step in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
                self._declarations(step.content)
        else:
            self.found.append(f"@{name}")

    def _selector(self, prelude: list[Any]) -> None:
        together = any(token == "," for token in prelude)
        for before, part in itertools.pairwise(prelude):
            if before != ":" or part.type not in {"ident", "function"}:
                continue
            name = part.lower_value if part.type == "ident" else part.lower_name
            if name in self.floor["vendor-pseudos"]:
                self.found += [f"{name} with others"] if together else []
            elif name not in self.floor["pseudos"]:
                self.found.append(f":{name}")

    def _declarations(self, content: Any) -> None:
        for one in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
            if one.type != "declaration":
                self.found.append(str(one))
                continue
            if one.lower_name not in self.floor["properties"]:
                self.found.append(one.lower_name)
            named = one.lower_name in self.floor["naming"]
            self._values(one.value, named=named)

    def _values(self, tokens: Any, *, named: bool) -> None:
        words = {*self.floor["words"], *self.floor["spare"]}
        for token in tokens:
            if token.type == "ident" and token.lower_value not in words and not named:
                self.found.append(token.value)
            elif token.type == "dimension" and token.lower_unit not in self.floor["units"]:
                self.found.append(token.unit)
            elif token.type == "function":
                self.found += [] if token.lower_name in self.floor["functions"] else [f"{token.name}()"]
                self._values(token.arguments, named=named)
