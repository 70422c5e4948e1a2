"""Ways through a scenario that a test or a person can follow, tap by tap."""

from kiosk.practice.engine import apply
from kiosk.practice.graph import start
from kiosk.practice.layout import lay
from kiosk.practice.route import next_move
from kiosk.practice.scenario import Scenario
from kiosk.practice.state import Action, Choose, Digit, Hint, State

_MOST = 500


def walk(scenario: Scenario, variant: str) -> list[Action]:
    """The shortest right way of a variant, digit by digit; empty when there is none."""
    return _follow(scenario, start(scenario, variant))


def walk_with_mistakes(scenario: Scenario, variant: str) -> list[Action]:
    """To the end of a variant, doing on every screen met everything wrong once, and asking for a word once.

    Of the keys of a keypad one is tried: each wrong one is refused alike.
    """
    state, actions, tried = start(scenario, variant), list[Action](), set[tuple[str, Action]]()
    while state.place != "done" and len(actions) < _MOST:
        action = _mistake(scenario, state, tried) or _onward(scenario, state)
        if action is None:
            return []
        actions.append(action)
        state, _ = apply(scenario, state, action)
    return actions


def _follow(scenario: Scenario, state: State) -> list[Action]:
    actions: list[Action] = []
    while state.place != "done" and len(actions) < _MOST:
        action = _onward(scenario, state)
        if action is None:
            return []
        actions.append(action)
        state, _ = apply(scenario, state, action)
    return actions


def _onward(scenario: Scenario, state: State) -> Action | None:
    return Choose(0) if state.place == "caught" else next_move(scenario, state)


def _mistake(scenario: Scenario, state: State, tried: set[tuple[str, Action]]) -> Action | None:
    """The next thing that is wrong here and was not yet tried."""
    if state.place != "at":
        return None
    for action in _mistakes(scenario, state):
        if (state.screen, action) not in tried:
            tried.add((state.screen, action))
            return action
    return None


def _mistakes(scenario: Scenario, state: State) -> list[Action]:
    layout = lay(scenario, state)
    wrong: list[Action] = [
        Choose(placed.n)
        for placed in layout.choices
        if not placed.covered and not placed.choice.free and not layout.is_right(placed.choice)
    ]
    if layout.keypad and layout.is_right(layout.keypad):
        wrong += [Digit(str((int(digit) + 1) % 10)) for digit in layout.digits(layout.keypad)[:1] if not state.entered]
    elif layout.keypad:
        wrong.append(Digit("0"))
    # After the hint nothing is LED yet, so every wrong thing can still be tried.
    return [Hint(), *wrong] if not state.deciding else wrong
