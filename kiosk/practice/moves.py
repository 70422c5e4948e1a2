"""What an action does on the screens, whatever help is being given: the lower half of the engine."""

from msgspec.structs import replace

from kiosk.practice.blocks import CAUGHT, END, Choice, Keypad
from kiosk.practice.layout import Layout, lay
from kiosk.practice.scenario import Scenario
from kiosk.practice.state import (
    WRONG_DIGIT,
    AttemptDone,
    Back,
    Choose,
    Digit,
    Erase,
    Outcome,
    State,
    StepDone,
    TrapMet,
    Whole,
)

Moved = tuple[State, tuple[Outcome, ...]]
Move = Choose | Digit | Whole | Erase | Back

_PATH = 12  # screens that `back` remembers
_MOST_REFUSED = 9  # refused keys of one number that are counted


def move(scenario: Scenario, state: State, action: Move) -> Moved:
    """The state after an action; the same state when the action means nothing here."""
    if state.place == "done":
        return state, ()
    if state.place == "caught":
        return _return(state), ()
    if isinstance(action, Back):
        return _back(state), ()
    layout = lay(scenario, state)
    if isinstance(action, Choose):
        choice = layout.choice(action.n)
        return _choose(layout, state, choice, action.n) if choice else (state, ())
    if isinstance(action, Erase):
        return replace(state, entered=max(0, state.entered - 1)), ()
    return _press(layout, state, action) if layout.keypad else (state, ())


def finished(state: State, outcome: str) -> AttemptDone:
    """What is counted of an attempt when it ends; `outcome` is "done" or "left"."""
    hints = sum(state.hints.values())
    done = outcome == "done"
    alone = state.stage == "alone" and state.fresh and state.setting != "class"
    unaided = done and alone and not (hints or state.slips or state.helps)
    return AttemptDone("done" if done else "left", unaided, sum(state.mistakes.values()), hints, state.helps)


def _choose(layout: Layout, state: State, choice: Choice, n: int) -> Moved:
    if choice.free:
        return _go(replace(state, last=0, values={**state.values, **choice.sets}), choice.go)
    if layout.is_right(choice):
        return _right(layout, state, choice)
    return _wrong(layout, state, choice.astray, n)


def _press(layout: Layout, state: State, action: Digit | Whole) -> Moved:
    keypad = layout.keypad
    if keypad is None:
        return state, ()
    if layout.deciding and not layout.is_right(keypad):
        return _wrong(layout, state, "", WRONG_DIGIT)
    digits = layout.digits(keypad)
    if isinstance(action, Whole):
        return _whole(layout, state, keypad, min(action.mistakes, _MOST_REFUSED))
    if state.entered >= len(digits) or action.d != digits[state.entered]:
        return _wrong(layout, state, "", WRONG_DIGIT, judged=False)
    state = replace(state, entered=state.entered + 1, last=0)
    return _right(layout, state, keypad) if state.entered == len(digits) else (state, ())


def _whole(layout: Layout, state: State, keypad: Keypad, refused: int) -> Moved:
    outcomes: tuple[Outcome, ...] = ()
    for _ in range(refused):
        state, more = _wrong(layout, state, "", WRONG_DIGIT, judged=False)
        outcomes += more
    state, more = _right(layout, state, keypad)
    return state, outcomes + more


def _right(layout: Layout, state: State, taken: Choice | Keypad) -> Moved:
    outcomes: tuple[Outcome, ...] = ()
    # What follows a wrong decision is its consequence: nothing is counted until she is back at the decision.
    if not state.deciding and taken.go != CAUGHT:
        outcomes = (StepDone(state.screen, "right"),)
        state, met = _judge(layout, state, right=True)
        outcomes += met
    state = replace(state, last=0, values={**state.values, **taken.sets})
    state, more = _go(state, taken.go)
    return state, outcomes + more


def _wrong(layout: Layout, state: State, go: str, last: int, *, judged: bool = True) -> Moved:
    mistakes = {**state.mistakes, state.screen: state.mistakes.get(state.screen, 0) + 1}
    outcomes: tuple[Outcome, ...] = () if state.deciding else (StepDone(state.screen, "wrong"),)
    state = replace(state, mistakes=mistakes, last=last)
    if not (layout.deciding and judged):
        state, more = _go(state, go)
        return state, outcomes + more
    state, met = _judge(layout, state, right=False)
    state = replace(state, slips=state.slips + 1, deciding=state.deciding or state.screen)
    state, more = _go(state, go or CAUGHT)
    return state, outcomes + met + more


def _judge(layout: Layout, state: State, *, right: bool) -> tuple[State, tuple[Outcome, ...]]:
    twin = layout.variant.twin
    if not layout.deciding or twin == "none" or state.screen in state.judged:
        return state, ()
    met = (
        TrapMet(state.screen, twin, "escaped" if right else "caught")
        if twin == "trap"
        else TrapMet(state.screen, twin, "went_on" if right else "refused")
    )
    return replace(state, judged=(*state.judged, state.screen)), (met,)


def _go(state: State, target: str) -> Moved:
    if not target:
        return state, ()
    if target == END:
        done = replace(state, place="done", entered=0, last=0)
        return done, (finished(done, "done"),)
    if target == CAUGHT:
        return replace(state, place="caught", deciding=state.deciding or state.screen), ()
    path = (*state.path, state.screen)[-_PATH:]
    return replace(state, screen=target, path=path, entered=0, last=0, deciding=_still(state, target)), ()


def _still(state: State, target: str) -> str:
    return "" if target == state.deciding else state.deciding


def _back(state: State) -> State:
    if not state.path:
        return state
    target = state.path[-1]
    return replace(state, screen=target, path=state.path[:-1], entered=0, last=0, deciding=_still(state, target))


def _return(state: State) -> State:
    path = state.path[: state.path.index(state.deciding)] if state.deciding in state.path else state.path
    last = max(0, state.last)  # entering anything was wrong there, not the digit
    return replace(state, place="at", screen=state.deciding, deciding="", path=path, entered=0, last=last)
