"""Traps and their honest twins: every trap has one, what is right differs, and it can be told from what is shown."""

from collections.abc import Iterator, Mapping

import msgspec

from kiosk.practice.engine import apply
from kiosk.practice.flaw import Flaw
from kiosk.practice.graph import Graph, start
from kiosk.practice.layout import lay
from kiosk.practice.parts import Parts, undrawn
from kiosk.practice.scenario import Scenario, Variant
from kiosk.practice.state import Choose
from kiosk.practice.texts import SOURCE
from kiosk.practice.walks import walk


def check_twins(scenario: Scenario, graphs: Mapping[str, Graph]) -> Iterator[Flaw]:
    """What is wrong with the pairs of a scenario."""
    honest, traps = _of(scenario, "honest"), _of(scenario, "trap")
    for pair in sorted({*honest, *traps}):
        yield from _pair(scenario, pair, traps.get(pair, []), honest.get(pair, []))
        for trap, twin in zip(traps.get(pair, []), honest.get(pair, []), strict=False):
            if pair:
                yield from _compare(scenario, trap, twin, graphs)


def _of(scenario: Scenario, twin: str) -> dict[str, list[Variant]]:
    """The variants of that kind by their pair."""
    found: dict[str, list[Variant]] = {}
    for variant in scenario.variants:
        if variant.twin == twin:
            found.setdefault(variant.pair, []).append(variant)
    return found


def _pair(scenario: Scenario, pair: str, traps: list[Variant], honest: list[Variant]) -> Iterator[Flaw]:
    """Each one's own twin: without as many, a guess would be right more often than not."""
    alone = len(honest) if pair else 0
    for trap in traps[alone:]:
        what = f"trap {trap.id} has no honest twin"
        yield Flaw(_place(scenario, trap), what, "add a variant with twin: honest and the same pair")
    for twin in honest[len(traps) if pair else 0 :]:
        what = f"honest {twin.id} has no trap"
        yield Flaw(_place(scenario, twin), what, "add a variant with twin: trap and the same pair")


def _place(scenario: Scenario, variant: Variant) -> tuple[str | int, ...]:
    return ("variants", scenario.variants.index(variant))


def _compare(scenario: Scenario, trap: Variant, honest: Variant, graphs: Mapping[str, Graph]) -> Iterator[Flaw]:
    decisions = _decisions(graphs[trap.id], scenario) & _decisions(graphs[honest.id], scenario)
    parting = {name for name in decisions if _right(graphs[trap.id], name) != _right(graphs[honest.id], name)}
    if not parting:
        what = f"{trap.id} and {honest.id} part nowhere"
        remedy = "let what is right at a decision that both meet depend on the twin"
        yield Flaw(_place(scenario, trap), what, remedy)
    elif _seen(scenario, trap, parting) == _seen(scenario, honest, parting):
        what = f"{trap.id} and {honest.id} look the same up to the decision"
        yield Flaw(_place(scenario, trap), what, "show what tells them apart before it or on it")


def _decisions(graph: Graph, scenario: Scenario) -> set[str]:
    return {state.screen for state in graph.states.values() if lay(scenario, state).deciding}


def _right(graph: Graph, screen: str) -> frozenset[str]:
    """The right moves on a screen, as text."""
    edges = (edge for edges in graph.edges.values() for edge in edges if edge.screen == screen and edge.right)
    return frozenset(str(edge.move) for edge in edges)


def _seen(scenario: Scenario, variant: Variant, parting: set[str]) -> list[str]:
    """What is shown on the right way up to and with the decision where they part; the spoken prompt does not count."""
    state = start(scenario, variant.id)
    shown: list[str] = []
    for action in walk(scenario, variant.id):
        parts = Parts(scenario, state, SOURCE, undrawn)
        shown.append(_print(parts))
        layout = parts.layout
        if state.screen in parting and layout.deciding and (isinstance(action, Choose) or layout.keypad):
            break
        state, _ = apply(scenario, state, action)
    return shown


def _print(parts: Parts) -> str:
    """What stands on the screen; how far it is to the end, which `view` works out too, tells nobody apart."""
    screen = parts.layout.screen
    seen = (parts.words(screen.title), parts.words(screen.address), parts.blocks(), parts.layers())
    return msgspec.json.encode(seen).decode()
