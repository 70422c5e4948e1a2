"""The shortest right way from where she is to the end."""

from collections import deque
from collections.abc import Hashable, Iterator, Mapping

from msgspec.structs import replace

from kiosk.practice.layout import lay
from kiosk.practice.moves import Move, move
from kiosk.practice.scenario import Scenario
from kiosk.practice.state import Choose, Digit, State, Whole

# By identity: a shelf decodes a scenario once and hands out the same one. Those of replaced packs go when it is full.
_LENGTHS: dict[int, tuple[Scenario, dict[str, int]]] = {}
_MOST = 256


def key(state: State) -> Hashable:
    """What makes two states the same place, however much help was needed to come there."""
    return state.screen, state.place, state.deciding, tuple(sorted(state.values.items()))


def right_moves(scenario: Scenario, state: State) -> Iterator[Move]:
    """Everything that is right or free here; a whole number counts as one move."""
    if state.place == "done":
        return
    if state.place == "caught":
        yield Choose(0)
        return
    layout = lay(scenario, state)
    open_choices = [placed for placed in layout.choices if not placed.covered]
    for free in (False, True):
        for placed in open_choices:
            if placed.choice.free == free and (free or layout.is_right(placed.choice)):
                yield Choose(placed.n)
    if layout.keypad and layout.is_right(layout.keypad):
        yield Whole()


def route(scenario: Scenario, state: State) -> list[Move] | None:
    """The moves of the shortest right way to the end; None when there is none."""
    waiting: deque[tuple[State, tuple[Move, ...]]] = deque([(replace(state, asking=False), ())])
    seen = {key(state)}
    while waiting:
        here, moves = waiting.popleft()
        if here.place == "done":
            return list(moves)
        for step in right_moves(scenario, here):
            there, _ = move(scenario, here, step)
            if key(there) not in seen:
                seen.add(key(there))
                waiting.append((there, (*moves, step)))
    return None


def ways(scenario: Scenario) -> Iterator[State]:
    """Every state on the shortest right ways together: of the variant that is taught, then of the others."""
    for variant in sorted(scenario.variants, key=lambda variant: variant.id != scenario.teach):
        state = State(scenario.id, variant.id, "together", "alone", scenario.start)
        yield state
        for step in route(scenario, state) or []:
            state, _ = move(scenario, state, step)
            yield state


def screens(scenario: Scenario) -> tuple[str, ...]:
    """Every screen: first those of the variant that is taught, in the order of its way, then what others add."""
    met = dict.fromkeys(state.screen for state in ways(scenario))
    return tuple(name for name in (*met, *scenario.screens) if name in scenario.screens)


def lengths(scenario: Scenario) -> Mapping[str, int]:
    """How many moves the shortest right way of each variant has; worked out once for a scenario."""
    held = _LENGTHS.get(id(scenario))
    if held is None or held[0] is not scenario:
        if len(_LENGTHS) >= _MOST:
            _LENGTHS.clear()
        begun = (State(scenario.id, one.id, "together", "alone", scenario.start) for one in scenario.variants)
        held = scenario, {state.variant: len(route(scenario, state) or []) for state in begun}
        _LENGTHS[id(scenario)] = held
    return held[1]


def next_move(scenario: Scenario, state: State) -> Move | None:
    """The first move of the route; a digit where a number is being entered."""
    moves = route(scenario, state)
    if not moves:
        return None
    return next_digit(scenario, state) if isinstance(moves[0], Whole) else moves[0]


def next_digit(scenario: Scenario, state: State) -> Digit | None:
    """The key to press next on this screen's keypad."""
    layout = lay(scenario, state)
    digits = layout.digits(layout.keypad) if layout.keypad else ""
    return Digit(digits[state.entered]) if state.entered < len(digits) else None
