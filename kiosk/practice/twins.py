"""Traps and their honest twins: every trap has one, what is right differs, and it can be told from what is shown."""

from collections.abc import Iterator, Mapping

import msgspec

from kiosk.practice.engine import apply
from kiosk.practice.graph import Graph, start
from kiosk.practice.layout import lay
from kiosk.practice.scenario import Scenario, Variant
from kiosk.practice.state import Choose
from kiosk.practice.view import Shown, view
from kiosk.practice.walks import walk


def check_twins(scenario: Scenario, graphs: Mapping[str, Graph]) -> Iterator[str]:
    """What is wrong with the pairs of a scenario."""
    honest = {variant.pair: variant for variant in scenario.variants if variant.twin == "honest"}
    traps = [variant for variant in scenario.variants if variant.twin == "trap"]
    pairs = {variant.pair for variant in traps}
    for variant in traps:
        if not variant.pair or variant.pair not in honest:
            yield f"trap {variant.id} has no honest twin -> add a variant with twin: honest and the same pair"
            continue
        yield from _compare(scenario, variant, honest[variant.pair], graphs)
    for pair in honest.keys() - pairs:
        yield f"honest {honest[pair].id} has no trap -> add a variant with twin: trap and the same pair"


def _compare(scenario: Scenario, trap: Variant, honest: Variant, graphs: Mapping[str, Graph]) -> Iterator[str]:
    decisions = _decisions(graphs[trap.id], scenario) & _decisions(graphs[honest.id], scenario)
    if not any(_right(graphs[trap.id], name) != _right(graphs[honest.id], name) for name in decisions):
        yield f"{trap.id} and {honest.id} part nowhere -> let what is right at a decision both meet depend on the twin"
    elif _seen(scenario, trap) == _seen(scenario, honest):
        yield (
            f"{trap.id} and {honest.id} look the same up to the decision -> "
            "show what tells them apart before it or on it"
        )


def _decisions(graph: Graph, scenario: Scenario) -> set[str]:
    return {state.screen for state in graph.states.values() if lay(scenario, state).deciding}


def _right(graph: Graph, screen: str) -> frozenset[str]:
    """The right moves on a screen, as text."""
    edges = (edge for edges in graph.edges.values() for edge in edges if edge.screen == screen and edge.right)
    return frozenset(str(edge.move) for edge in edges)


def _seen(scenario: Scenario, variant: Variant) -> list[str]:
    """What is shown on the right way up to and with the first decision; the spoken prompt does not count."""
    state = start(scenario, variant.id)
    shown: list[str] = []
    for action in walk(scenario, variant.id):
        shown.append(_print(view(scenario, state)))
        layout = lay(scenario, state)
        if layout.deciding and (isinstance(action, Choose) or layout.keypad):
            break
        state, _ = apply(scenario, state, action)
    return shown


def _print(shown: Shown) -> str:
    return msgspec.json.encode((shown.title, shown.address, shown.blocks, shown.layers)).decode()
