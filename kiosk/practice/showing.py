"""Checks of what stands on a screen as it is met: it says something, and what can be tapped can be told apart."""

from collections import Counter
from collections.abc import Iterator, Mapping

from kiosk.practice.blocks import Choice, Keypad
from kiosk.practice.flaw import Flaw, choice_place, part_place, screen_place
from kiosk.practice.graph import Graph
from kiosk.practice.layout import Layout, lay
from kiosk.practice.scenario import Scenario
from kiosk.practice.texts import fill


def check_shown(scenario: Scenario, graphs: Mapping[str, Graph]) -> Iterator[Flaw]:
    """Silent screens, choices without words or with the same words, two keypads at once."""
    for variant, graph in graphs.items():
        for name, layout in _met(scenario, graph):
            yield from _screen(scenario, variant, name, layout)


def _met(scenario: Scenario, graph: Graph) -> Iterator[tuple[str, Layout]]:
    seen = set()
    for state in graph.states.values():
        layout = lay(scenario, state)
        print_ = (state.screen, layout.parts, layout.choices)
        if state.place == "at" and str(print_) not in seen:
            seen.add(str(print_))
            yield state.screen, layout


def _screen(scenario: Scenario, variant: str, name: str, layout: Layout) -> Iterator[Flaw]:
    for lang in scenario.languages:
        if not fill(layout.screen.say, layout.values, lang).strip():
            remedy = "say what is happening and what is asked"
            yield Flaw((*screen_place(name), "say"), f"screen {name} says nothing", remedy, variant)
        yield from _choices(variant, name, layout, lang)
    keypads = [index for index, part in layout.parts if isinstance(part, Keypad)]
    if len(keypads) > 1:
        place, remedy = part_place(name, layout.screen, keypads[1]), "put the second on a screen of its own"
        yield Flaw(place, f"screen {name} has two keypads", remedy, variant)


def _choices(variant: str, name: str, layout: Layout, lang: str) -> Iterator[Flaw]:
    there = [placed for placed in layout.choices if not placed.covered]
    words = {placed.n: _words(placed.choice, layout, lang) for placed in there}
    counts = Counter(words.values())
    first: set[str] = set()
    for placed in there:
        said = words[placed.n]
        place = (*choice_place(name, layout.screen, placed), "text")
        if not said:
            remedy = "write text: a picture alone cannot be read aloud"
            yield Flaw(place, f"screen {name} has something to tap without words", remedy, variant)
        elif counts[said] > 1 and said in first:
            remedy = "call one of them differently, or tell them apart by detail"
            yield Flaw(place, f"screen {name} has “{said}” to tap twice", remedy, variant)
        first.add(said)


def _words(choice: Choice, layout: Layout, lang: str) -> str:
    return " · ".join(filter(None, (fill(text, layout.values, lang).strip() for text in (choice.text, choice.detail))))
