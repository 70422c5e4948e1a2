"""What a scenario of a pack needs beyond being walkable: a length, variants, wrong ways that teach, a source."""

from collections.abc import Iterator, Mapping

from kiosk.practice.flaw import Flaw, choice_place
from kiosk.practice.graph import Graph, start
from kiosk.practice.layout import lay
from kiosk.practice.route import route
from kiosk.practice.scenario import Scenario
from kiosk.practice.texts import fill

FEWEST_STEPS, MOST_STEPS = 4, 12
FEWEST_VARIANTS = 3


def check_worth(scenario: Scenario, graphs: Mapping[str, Graph]) -> Iterator[Flaw]:
    """What keeps a scenario from being worth a path of its own."""
    if not scenario.sources:
        remedy = "add app, url and checked, the day, of each real app or warning that it follows"
        yield Flaw((), "no sources", remedy)
    if len(scenario.variants) < FEWEST_VARIANTS:
        what = f"{len(scenario.variants)} variants; a scenario has at least {FEWEST_VARIANTS}"
        yield Flaw(("variants",), what, "add one with other names, numbers or a trap")
    yield from _lengths(scenario)
    yield from _wrong_ways(scenario, graphs)


def _lengths(scenario: Scenario) -> Iterator[Flaw]:
    for at, variant in enumerate(scenario.variants):
        steps = len(route(scenario, start(scenario, variant.id)) or ())
        if not FEWEST_STEPS <= steps <= MOST_STEPS:
            what = (
                f"variant {variant.id} takes {steps} steps on its shortest way; a scenario takes "
                f"{FEWEST_STEPS} to {MOST_STEPS}"
            )
            remedy = "show what comes before and after" if steps < FEWEST_STEPS else "make it two scenarios"
            yield Flaw(("variants", at), what, remedy)


def _wrong_ways(scenario: Scenario, graphs: Mapping[str, Graph]) -> Iterator[Flaw]:
    """Nothing wrong that teaches anywhere; at a decision, something wrong that does not say why."""
    taught, silent = False, list[Flaw]()
    for variant, graph in graphs.items():
        for state in graph.states.values():
            layout = lay(scenario, state)
            for placed in layout.choices if state.place == "at" else ():
                choice = placed.choice
                if placed.covered or choice.free or layout.is_right(choice):
                    continue
                told = bool(fill(choice.say, layout.values).strip())
                taught |= told
                if layout.deciding and not told and not state.deciding:
                    words = fill(choice.text, layout.values)
                    what = f"screen {state.screen} does not tell why “{words}” is wrong"
                    place = choice_place(state.screen, layout.screen, placed)
                    silent.append(Flaw(place, what, "write say: why, and what would have come of it", variant))
    if not taught:
        yield Flaw(("screens",), "no wrong way that teaches", "give a choice that is wrong its say: why")
    yield from silent
