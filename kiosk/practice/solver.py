"""Proves that a scenario can be practised: every screen met, every trap escapable and paired, the end attained.

`flaws` gives all that is wrong with its place in the file, `judge` the same as findings, `prove` raises the first.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from kiosk.practice.flaw import Flaw, merged, screen_place
from kiosk.practice.graph import MOST, Edge, Graph, explore
from kiosk.practice.naming import check_names
from kiosk.practice.scenario import Scenario
from kiosk.practice.showing import check_shown
from kiosk.practice.state import State, TrapMet, encode_state
from kiosk.practice.twins import check_twins
from kiosk.practice.wording import check_values, check_words
from kiosk.practice.worth import check_worth

STATE_MOST = 2048  # bytes of an attempt's state

Graphs = Mapping[str, Graph]
_Check = Callable[[Scenario, Graphs], Iterator[Flaw]]


def flaws(scenario: Scenario, *, packed: bool = False) -> list[Flaw]:
    """What is wrong with a scenario; empty when nothing is.

    What would keep the screens from being walked is found first, alone: the rest cannot be judged before it is right.

    Args:
        scenario: the scenario.
        packed: whether it belongs to a pack of lessons, and so must also be worth practising.
    """
    found = broken(scenario)
    if found:
        return merged(found, len(scenario.variants))
    graphs = {variant.id: explore(scenario, variant.id) for variant in scenario.variants}
    checks: tuple[_Check, ...] = (_reached, _ends, _traps, check_twins, check_shown, _small)
    if packed:
        checks = (*checks, check_worth)
    found = [*check_words(scenario), *chain.from_iterable(check(scenario, graphs) for check in checks)]
    return merged(found, len(scenario.variants))


def broken(scenario: Scenario) -> list[Flaw]:
    """What keeps its screens from being walked; empty when they can be."""
    return [*check_names(scenario), *check_values(scenario)]


def judge(scenario: Scenario, *, packed: bool = False) -> list[Finding]:
    """The same as rows of a table; the area is the scenario, for who has no file with lines."""
    return [
        Finding(f"scenario {scenario.id}", Level.FAIL, flaw.what, flaw.remedy)
        for flaw in flaws(scenario, packed=packed)
    ]


def prove(scenario: Scenario) -> None:
    """Refuse a scenario that cannot be practised.

    Raises:
        KioskError: the first thing that is wrong.
    """
    for finding in judge(scenario):
        raise KioskError(f"{finding.area}: {finding.what}", hint=finding.remedy)


def _reached(scenario: Scenario, graphs: Graphs) -> Iterator[Flaw]:
    met = {state.screen for graph in graphs.values() for state in graph.states.values()}
    for name in scenario.screens:
        if name not in met:
            yield Flaw(screen_place(name), f"screen {name} is reached in no variant", "lead to it or take it out")
    for at, (variant, graph) in enumerate(graphs.items()):
        if graph.cut:
            what = f"variant {variant} has more than {MOST} states"
            yield Flaw(("variants", at), what, "let fewer choices set values")


def _ends(scenario: Scenario, graphs: Graphs) -> Iterator[Flaw]:  # noqa: ARG001  the signature of a check
    for variant, graph in graphs.items():
        attaining = graph.attaining()
        for screen in dict.fromkeys(
            state.screen for name, state in graph.states.items() if name not in attaining and not graph.cut
        ):
            what = f"screen {screen} has no right way to the end"
            yield Flaw(screen_place(screen), what, "make one choice right there", variant)


def _traps(scenario: Scenario, graphs: Graphs) -> Iterator[Flaw]:
    for at, variant in enumerate(scenario.variants):
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
            what = f"variant {variant.id} meets no decision"
            yield Flaw(("variants", at), what, "mark the screen where the twins part with decision: true")
        escape = "escape" if variant.twin == "trap" else "right way on"
        for screen in sorted({screen for screen, _ in met}):
            if (screen, right) not in met:
                what = f"screen {screen} has no {escape}"
                yield Flaw(screen_place(screen), what, "make a choice right there", variant.id)
            if (screen, wrong) not in met:
                what, remedy = f"screen {screen} decides nothing", "nothing there is wrong: add what tempts"
                yield Flaw(screen_place(screen), what, remedy, variant.id)


def _all_edges(graph: Graph) -> Iterator[Edge]:
    return chain.from_iterable(graph.edges.values())


def _small(scenario: Scenario, graphs: Graphs) -> Iterator[Flaw]:
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
        what = f"an attempt could need {size} bytes, {STATE_MOST} fit"
        yield Flaw(("screens",), what, "fewer screens, shorter ids, fewer values")
