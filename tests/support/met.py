"""What is met in a scenario, as a list of states to be looked at: right ways, mistakes, hints, everything else."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from kiosk.practice.engine import POINT, apply
from kiosk.practice.graph import explore, start
from kiosk.practice.layout import lay
from kiosk.practice.scenario import Scenario, Variant
from kiosk.practice.state import Action, Choose, Digit, Hint, Stage, State
from kiosk.practice.walks import walk, walk_with_mistakes


class Met(msgspec.Struct, frozen=True):
    """A state and how it was come to.

    Attributes:
        state: the state.
        kind: `way`, `pointed`, `wrong`, `end`, or `aside` for a screen that no walk meets.
        after: the words of the wrong choice just taken, or the digit.
    """

    state: State
    kind: str
    after: str = ""


def two_variants(scenario: Scenario) -> tuple[Variant, ...]:
    """The taught variant and its twin; without a twin, another one if there is any."""
    first = scenario.variant(scenario.teach)
    others = [variant for variant in scenario.variants if variant != first]
    twin = [variant for variant in others if first.pair and variant.pair == first.pair]
    return (first, *(twin or others)[:1])


def met(scenario: Scenario) -> Iterator[Met]:
    """Everything worth a look, in the order of the walks; a number that is being entered is seen once."""
    seen: set[str] = set()
    for variant in two_variants(scenario):
        for one in (*_way(scenario, variant), *_wrong(scenario, variant)):
            seen.add(one.state.screen)
            yield one
    for variant in scenario.variants:
        for state in explore(scenario, variant.id).states.values():
            if state.screen not in seen and state.place == "at":
                seen.add(state.screen)
                yield Met(replace(state, deciding=""), "aside")


def _begun(scenario: Scenario, variant: Variant, stage: Stage) -> State:
    return replace(start(scenario, variant.id), stage=stage)


def _way(scenario: Scenario, variant: Variant) -> Iterator[Met]:
    """The right way with the voice leading, and the hand that points on each screen of it."""
    states = list(_states(scenario, _begun(scenario, variant, "together"), walk(scenario, variant.id)))
    shown = [state for state, _ in states if not state.entered or state.place == "done"]
    yield from (Met(state, "end" if state.place == "done" else "way") for state in shown)
    for state in shown:
        if state.place == "at":
            yield Met(replace(state, stage="alone", hints={state.screen: POINT}), "pointed")


def _wrong(scenario: Scenario, variant: Variant) -> Iterator[Met]:
    """What each wrong tap leads to: why it was wrong, what would have come of it, the gentle word."""
    before = _begun(scenario, variant, "alone")
    for after, action in _states(scenario, before, walk_with_mistakes(scenario, variant.id)):
        if action is not None and (_slipped(before, after) or (after.deciding and after != before)):
            yield Met(replace(after, hints={}), "wrong", _words(scenario, before, action))
        before = after


def _slipped(before: State, after: State) -> bool:
    return sum(after.mistakes.values()) > sum(before.mistakes.values())


def _states(scenario: Scenario, state: State, actions: list[Action]) -> Iterator[tuple[State, Action | None]]:
    yield state, None
    for action in actions:
        state, _ = apply(scenario, state, action)
        yield state, action


def _words(scenario: Scenario, state: State, action: Action) -> str:
    if isinstance(action, Digit):
        return action.d
    choice = lay(scenario, state).choice(action.n) if isinstance(action, Choose) else None
    return "" if choice is None or isinstance(action, Hint) else str(choice.text or choice.icon)
