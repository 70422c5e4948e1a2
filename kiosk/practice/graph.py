"""Every state that a variant can come to, whatever she taps, and where each of them leads."""

from collections import deque
from collections.abc import Hashable, Iterator

import msgspec
from msgspec.structs import replace

from kiosk.practice.layout import lay
from kiosk.practice.moves import Move, move
from kiosk.practice.route import key, right_moves
from kiosk.practice.scenario import Scenario
from kiosk.practice.state import Back, Choose, Outcome, State, Whole

MOST = 5_000  # states of one variant; more than a village phone's app has ways


class Edge(msgspec.Struct, frozen=True):
    """One action in one state.

    Attributes:
        screen: where it is taken.
        move: the action.
        right: whether it belongs to a right way.
        outcomes: what comes of it.
        target: the key of the state it leads to.
    """

    screen: str
    move: Move
    right: bool
    outcomes: tuple[Outcome, ...]
    target: Hashable


class Graph(msgspec.Struct, frozen=True):
    """The states of a variant by their key, their edges, and whether there were too many to see them all."""

    states: dict[Hashable, State]
    edges: dict[Hashable, tuple[Edge, ...]]
    cut: bool

    def attaining(self) -> frozenset[Hashable]:
        """The keys of the states from which the end is attained by right moves alone."""
        sources: dict[Hashable, set[Hashable]] = {}
        for name, edges in self.edges.items():
            for edge in edges:
                if edge.right:
                    sources.setdefault(edge.target, set()).add(name)
        found = {name for name, state in self.states.items() if state.place == "done"}
        waiting = deque(found)
        while waiting:
            new = sources.get(waiting.popleft(), set()) - found
            found |= new
            waiting.extend(new)
        return frozenset(found)


def start(scenario: Scenario, variant: str) -> State:
    """The state in which that variant begins, alone."""
    return State(scenario.id, variant, "alone", "test", scenario.start)


def explore(scenario: Scenario, variant: str) -> Graph:
    """The graph of one variant; every screen named by a choice must exist."""
    first = start(scenario, variant)
    states: dict[Hashable, State] = {key(first): first}
    edges: dict[Hashable, tuple[Edge, ...]] = {}
    waiting = deque([first])
    while waiting and len(states) <= MOST:
        here = waiting.popleft()
        found = []
        for edge, there in _edges(scenario, here):
            found.append(edge)
            if edge.target not in states:
                states[edge.target] = there
                waiting.append(there)
        edges[key(here)] = tuple(found)
    return Graph(states, edges, cut=bool(waiting))


def _edges(scenario: Scenario, state: State) -> Iterator[tuple[Edge, State]]:
    right = list(right_moves(scenario, state))
    for step in _all_moves(scenario, state):
        there, outcomes = move(scenario, state, step)
        yield Edge(state.screen, step, step in right, outcomes, key(there)), _forget(there)


def _all_moves(scenario: Scenario, state: State) -> Iterator[Move]:
    if state.place == "done":
        return
    if state.place == "caught":
        yield Choose(0)
        return
    layout = lay(scenario, state)
    yield from (Choose(placed.n) for placed in layout.choices if not placed.covered)
    if layout.keypad:
        yield Whole()
    yield Back()


def _forget(state: State) -> State:
    """Without what does not decide where she can go; judged screens are left open, so that every answer is seen."""
    return replace(state, serial=0, mistakes={}, judged=(), slips=0, last=0)
