"""Proves that a scenario can be practised: every screen met, every trap escapable and paired, the end attained.

Every error is one line that names the scenario and the screen. `judge` gives them all, `prove` raises the first.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from kiosk.practice.graph import MOST, Edge, Graph, explore
from kiosk.practice.scenario import Scenario, Variant
from kiosk.practice.state import State, TrapMet, encode_state
from kiosk.practice.twins import check_twins
from kiosk.practice.wording import check_targets, check_values, check_words

STATE_MOST = 2048  # bytes of an attempt's state

Graphs = Mapping[str, Graph]
_Check = Callable[[Scenario, Graphs], Iterator[str]]


def judge(scenario: Scenario) -> list[Finding]:
    """What is wrong with a scenario; empty when nothing is.

    What would keep the screens from being walked is found first, alone: the rest cannot be judged before it is right.
    """
    broken = list(chain(check_targets(scenario), check_values(scenario)))
    if broken:
        return [_finding(scenario, what) for what in broken]
    graphs = {variant.id: explore(scenario, variant.id) for variant in scenario.variants}
    checks: tuple[_Check, ...] = (_reached, _ends, _traps, check_twins, _small)
    found = chain(check_words(scenario), *(check(scenario, graphs) for check in checks))
    return [_finding(scenario, what) for what in found]


def prove(scenario: Scenario) -> None:
    """Refuse a scenario that cannot be practised.

    Raises:
        KioskError: the first thing that is wrong.
    """
    for finding in judge(scenario):
        raise KioskError(f"{finding.area}: {finding.what}", hint=finding.remedy)


def _finding(scenario: Scenario, what: str) -> Finding:
    problem, _, remedy = what.partition(" -> ")
    return Finding(f"scenario {scenario.id}", Level.FAIL, problem, remedy)


def _reached(scenario: Scenario, graphs: Graphs) -> Iterator[str]:
    met = {state.screen for graph in graphs.values() for state in graph.states.values()}
    for name in scenario.screens:
        if name not in met:
            yield f"screen {name} is reached in no variant -> lead to it or take it out"
    for variant, graph in graphs.items():
        if graph.cut:
            yield f"variant {variant} has more than {MOST} states -> let fewer choices set values"


def _ends(scenario: Scenario, graphs: Graphs) -> Iterator[str]:  # noqa: ARG001  the signature of a check
    for variant, graph in graphs.items():
        attaining = graph.attaining()
        for screen in dict.fromkeys(
            state.screen for name, state in graph.states.items() if name not in attaining and not graph.cut
        ):
            yield f"screen {screen} has no right way to the end in variant {variant} -> make one choice right there"


def _traps(scenario: Scenario, graphs: Graphs) -> Iterator[str]:
    for variant in scenario.variants:
        if variant.twin == "none":
            continue
        right, wrong = ("escaped", "caught") if variant.twin == "trap" else ("went_on", "refused")
        met: set[tuple[str, str]] = {
            (outcome.screen, outcome.outcome)
            for edge in _all_edges(graphs[variant.id])
            for outcome in edge.outcomes
            if isinstance(outcome, TrapMet)
        }
        if not met:
            yield f"variant {variant.id} meets no decision -> mark the screen where the twins part as a decision"
        for screen in dict.fromkeys(screen for screen, _ in sorted(met)):
            yield from _both_ways(variant, screen, met, right, wrong)


def _both_ways(variant: Variant, screen: str, met: set[tuple[str, str]], right: str, wrong: str) -> Iterator[str]:
    if (screen, right) not in met:
        what = "escape" if variant.twin == "trap" else "right way on"
        yield f"screen {screen} has no {what} in variant {variant.id} -> make a choice right there"
    if (screen, wrong) not in met:
        yield f"screen {screen} decides nothing in variant {variant.id}: nothing there is wrong -> add what tempts"


def _all_edges(graph: Graph) -> Iterator[Edge]:
    return chain.from_iterable(graph.edges.values())


def _small(scenario: Scenario, graphs: Graphs) -> Iterator[str]:
    values = max((len(str(state.values)) for graph in graphs.values() for state in graph.states.values()), default=0)
    most = max(map(len, scenario.screens))
    counts = dict.fromkeys(scenario.screens, 999)
    longest = next(iter(scenario.screens))
    state = State(
        scenario.id, scenario.teach, "together", "touchscreen", longest, mistakes=counts, hints=counts,
        path=("x" * most,) * 12, judged=tuple(name for name, screen in scenario.screens.items() if screen.decision),
    )  # fmt: skip
    size = len(encode_state(state)) + values
    if size > STATE_MOST:
        yield f"an attempt could need {size} bytes, {STATE_MOST} fit -> fewer screens, shorter ids, fewer values"
