"""The engine: (scenario, state, action) -> (state, what came of it). Pure: no clock, no chance, no file."""

import hashlib
from collections.abc import Collection

from msgspec.structs import replace

from kiosk.practice.moves import Move, Moved, move
from kiosk.practice.route import next_move
from kiosk.practice.scenario import Scenario, Variant
from kiosk.practice.state import Action, Choose, Digit, Erase, Help, Hint, Setting, Stage, State, StepDone, Whole

# How much help is being given on a screen.
WORD, POINT, LED = 1, 2, 3


def draw(scenario: Scenario, seen: Collection[str], seed: int) -> Variant:
    """A variant for `tự làm`: one not yet seen if there is one, a trap or an honest one by the seed.

    Args:
        scenario: the scenario.
        seen: ids of the variants already met in this visit.
        seed: any number; the same one draws the same variant.
    """
    fresh = [variant for variant in scenario.variants if variant.id not in seen]
    known = [variant for variant in scenario.variants if variant.id != scenario.teach]
    among = fresh or known or list(scenario.variants)
    twins = sorted({variant.twin for variant in among})
    spread = hashlib.blake2b(str(seed).encode(), digest_size=8).digest()
    twin = twins[spread[0] % len(twins)]
    of_twin = [variant for variant in among if variant.twin == twin]
    return of_twin[int.from_bytes(spread[1:], "big") % len(of_twin)]


def begin(scenario: Scenario, stage: Stage, setting: Setting, *, seen: Collection[str] = (), seed: int = 0) -> State:
    """A new attempt: `together` in the teaching variant, `alone` in a drawn one."""
    variant = scenario.variant(scenario.teach) if stage == "together" else draw(scenario, seen, seed)
    return State(scenario.id, variant.id, stage, setting, scenario.start, fresh=variant.id not in seen)


def level(state: State) -> int:
    """How much help is being given here: 0 none, WORD, POINT or LED (only the right thing can be tapped).

    In `together` each mistake brings more; in `alone` only being asked does.
    """
    by_mistakes = state.mistakes.get(state.screen, 0) if state.stage == "together" else 0
    return min(LED, by_mistakes + state.hints.get(state.screen, 0))


def pointed(scenario: Scenario, state: State) -> Move | None:
    """What the hand points at, and when she is LED the only thing that answers; None without a hand."""
    if state.place != "at" or level(state) < POINT:
        return None
    return next_move(scenario, state)


def apply(scenario: Scenario, state: State, action: Action) -> Moved:
    """One action.

    Returns:
        The new state, its serial one higher, and what came of it; the very same state when the action means
        nothing here.
    """
    after, outcomes = _act(scenario, state, action)
    if after == state:
        return state, ()
    return replace(after, serial=state.serial + 1), outcomes


def _act(scenario: Scenario, state: State, action: Action) -> Moved:
    if state.place == "done":
        return state, ()
    if isinstance(action, Help):
        if state.asking:
            return state, ()
        return replace(state, asking=True, helps=state.helps + 1), (StepDone(state.screen, "help"),)
    if state.asking:
        return replace(state, asking=False), ()
    if isinstance(action, Hint):
        return _hint(state)
    return move(scenario, state, action) if _answers(scenario, state, action) else (state, ())


def _hint(state: State) -> Moved:
    if state.place != "at" or level(state) == LED:
        return state, ()
    hints = {**state.hints, state.screen: state.hints.get(state.screen, 0) + 1}
    return replace(state, hints=hints), (StepDone(state.screen, "hint"),)


def _answers(scenario: Scenario, state: State, action: Move) -> bool:
    """Whether this still answers when she is LED."""
    if state.place != "at" or level(state) < LED or not isinstance(action, Choose | Digit | Whole | Erase):
        return True
    only = pointed(scenario, state)
    return action == only or (isinstance(action, Whole) and isinstance(only, Digit))
