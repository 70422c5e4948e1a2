"""A page's style without the rules that nothing on the page can need: every page carries its style, on a slow line.

A rule stays where each name of its selector stands in the markup or is a word that a script of ours says; states
(`:focus`, `[open]`) may always come. So a rule that is needed is never lost, and one that is not needed may stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_BLOCK = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")  # a rule, or an at-rule with its rules in it
_STATE = re.compile(r"\[[^]]*\]|::?[a-z-]+(?:\([^)]*\))?")
_NAMES = re.compile(r"[.#]?[A-Za-z][\w-]*")
_TAGS = re.compile(r"<([a-z][\w]*)")
_GIVEN = re.compile(r' (class|id)="?([^">]*)')
_WORDS = re.compile(r"'([\w-]+)'")
_MOVES = re.compile(r"animation:([\w-]+)")
_SIGNS = {"class": ".", "id": "#"}

Names = frozenset[str]  # of tags, of .classes and of #ids


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule, or an at-rule.

    Attributes:
        head: the selector, or what stands behind the @.
        body: its declarations.
        needs: by each selector of the head, the names in it.
        inner: an at-rule's rules.
    """

    head: str
    body: str
    needs: tuple[tuple[str, Names], ...] = ()
    inner: tuple["_Rule", ...] = ()


def page(text: str, *others: str, script: str) -> str:
    """A page with what it needs of its style, and what those other pages need that are shown in it.

    Args:
        text: a whole page, as `Renderer` draws it.
        others: pages whose inside a script will put in its place.
        script: what runs in it.
    """
    names = frozenset().union(*map(named, (text, *others)), (f".{word}" for word in _WORDS.findall(script)))
    return _STYLE.sub(lambda found: style(found[0], names), text)


def named(text: str) -> Names:
    """Every name in a page's markup that a selector could mean."""
    markup = _SCRIPT.sub("", _STYLE.sub("", text))
    given = (f"{_SIGNS[key]}{name}" for key, value in _GIVEN.findall(markup) for name in value.split())
    return frozenset((*_TAGS.findall(markup), *given))


def style(text: str, names: Names) -> str:
    """The rules of a shrunk style that can mean something with these names, in their order."""
    kept = list(_kept(_rules(text), names))
    moves = set(_MOVES.findall("".join(body for _, body in kept)))
    return "".join(
        f"{head}{{{body}}}" for head, body in kept if "keyframes " not in head or head.rpartition(" ")[2] in moves
    )


def _kept(rules: tuple[_Rule, ...], names: Names) -> Iterator[tuple[str, str]]:
    for rule in rules:
        if rule.inner:
            inner = "".join(f"{head}{{{body}}}" for head, body in _kept(rule.inner, names))
            if inner:
                yield rule.head, inner
        elif not rule.needs:
            yield rule.head, rule.body
        else:
            head = ",".join(selector for selector, needed in rule.needs if needed <= names)
            if head:
                yield head, rule.body


@cache
def _rules(text: str) -> tuple[_Rule, ...]:
    return tuple(_rule(head, body) for head, body in _BLOCK.findall(text))


def _rule(head: str, body: str) -> _Rule:
    if head.startswith("@media"):
        return _Rule(head, "", inner=_rules(body))
    if head.startswith("@"):
        return _Rule(head, body)
    return _Rule(head, body, tuple((selector, _needed(selector)) for selector in head.split(",")))


def _needed(selector: str) -> Names:
    return frozenset(_NAMES.findall(_STATE.sub("", selector)))
