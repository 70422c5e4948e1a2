"""What the code can say in a finding, read from its source: the sentences, with … where a value stands."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

GAP = "…"
_WHAT = {"Finding": 2, "Fault": 1}  # where the sentence stands among a call's arguments
_DEEP = 6  # functions that hand a sentence on
_GAPS = re.compile(rf"{GAP}(?:[\s.,:;]*{GAP})*")

Names = Mapping[str, list[ast.expr]]


def sentences(path: Path) -> set[str]:
    """The sentence of every Finding and Fault that a module makes; what is a value alone is left out."""
    return _Module(ast.parse(path.read_text(encoding="utf-8"))).sentences()


def squeezed(text: str) -> str:
    """One … for gaps with only signs between them, single spaces."""
    return re.sub(r"\s+", " ", _GAPS.sub(GAP, text)).strip()


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        self._functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._names = _assigned(tree.body)

    def sentences(self) -> set[str]:
        found: set[str] = set()
        for function in self._functions.values():
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and (what := _what(call)) is not None:
                    found |= self._texts(what, self._inside(function), _DEEP)
        return {squeezed(text) for text in found if re.search(r"\w", text)}

    def _inside(self, function: ast.FunctionDef) -> Names:
        return {**self._names, **_assigned(list(ast.walk(function)))}

    def _texts(self, node: ast.expr, names: Names, deep: int) -> set[str]:
        """Every sentence that an expression can be."""
        match node:
            case ast.Constant(value=str() as text):
                return {text}
            case ast.JoinedStr(values=parts):
                return self._joined(parts, names, deep)
            case ast.IfExp(body=body, orelse=other):
                return self._texts(body, names, deep) | self._texts(other, names, deep)
            case ast.Subscript(slice=ast.Slice(), value=whole):
                return self._texts(whole, names, deep)
        return self._handed(node, names, deep) or {GAP}

    def _joined(self, parts: list[ast.expr], names: Names, deep: int) -> set[str]:
        found = {""}
        for part in parts:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            found = {text + more for text in found for more in self._texts(inner, names, deep)}
        return found

    def _handed(self, node: ast.expr, names: Names, deep: int) -> set[str]:
        """The sentences that a name, a table or a function of this module stands for."""
        found: set[str] = set()
        match node:
            case ast.Name(id=name) if name in names:
                rest = {other: value for other, value in names.items() if other != name}
                for value in names[name]:
                    found |= self._texts(value, rest, deep)
            case ast.Subscript(value=inner, slice=ast.Constant(value=int() as number)):
                for item in _items(inner, names, number):
                    found |= self._texts(item, names, deep)
            case ast.Call(func=ast.Name(id=name)) if name in self._functions and deep:
                function = self._functions[name]
                for step in ast.walk(function):
                    if isinstance(step, ast.Return) and step.value is not None:
                        found |= self._texts(step.value, self._inside(function), deep - 1)
        return found


def _what(call: ast.Call) -> ast.expr | None:
    place = _WHAT.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if place is None:
        return None
    named = [keyword.value for keyword in call.keywords if keyword.arg == "what"]
    return named[0] if named else call.args[place] if len(call.args) > place else None


def _assigned(nodes: list[ast.AST] | list[ast.stmt]) -> dict[str, list[ast.expr]]:
    """Name -> every expression that is assigned to it."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for name, value in _pairs(target, node.value):
                    found.setdefault(name, []).append(value)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        for number, name in enumerate(target.elts):
            if isinstance(name, ast.Name):
                whole = isinstance(value, ast.Tuple)
                yield name.id, value.elts[number] if whole else ast.Subscript(value, ast.Constant(number))


def _items(node: ast.expr, names: Names, number: int) -> Iterator[ast.expr]:
    """The item of that number of every tuple that an expression, or a table that it looks up in, holds."""
    match node:
        case ast.Tuple(elts=elements) if number < len(elements):
            yield elements[number]
        case ast.Subscript(value=ast.Name(id=name)) if name in names:
            for table in names[name]:
                for row in table.values if isinstance(table, ast.Dict) else []:
                    yield from _items(row, names, number)
