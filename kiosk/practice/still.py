"""A screen as a lesson shows it: as it is met in `làm cùng`, the hand at what will be tapped, and nothing answers."""

from msgspec.structs import replace

from kiosk.errors import KioskError
from kiosk.pages.screen import Screen
from kiosk.practice.engine import POINT
from kiosk.practice.parts import Draw, undrawn
from kiosk.practice.route import ways
from kiosk.practice.scenario import Scenario
from kiosk.practice.solver import broken
from kiosk.practice.state import State
from kiosk.practice.texts import SOURCE
from kiosk.practice.view import view


def still(scenario: Scenario, name: str, lang: str = SOURCE, draw: Draw = undrawn) -> Screen:
    """That screen as the right way first comes to it, of the variant that is taught before the others.

    Args:
        scenario: the scenario.
        name: of the screen.
        lang: as in `view`.
        draw: as in `view`.

    Raises:
        KioskError: no right way comes to it, or no way can be gone.
    """
    for flaw in broken(scenario):
        raise KioskError(f"the scenario {scenario.id} cannot be shown: {flaw.what}", hint=flaw.remedy)
    there = met(scenario)
    if name not in there:
        what = f"no right way of {scenario.id} comes to the screen {name}"
        raise KioskError(what, hint=f"show one of {', '.join(there)}")
    shown = view(scenario, replace(there[name], hints={name: POINT}), lang, draw)
    return Screen(
        surface=shown.surface,
        title=shown.title,
        address=shown.address,
        blocks=shown.blocks,
        layers=shown.layers,
        still=True,
    )


def met(scenario: Scenario) -> dict[str, State]:
    """The screens that a right way comes to, each as it first stands there."""
    there: dict[str, State] = {}
    for state in ways(scenario):
        if state.place == "at":
            there.setdefault(state.screen, state)
    return there
