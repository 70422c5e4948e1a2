"""What is on a screen in this state: the blocks that are there, and everything that can be tapped, numbered."""

from collections.abc import Iterator, Mapping

import msgspec

from kiosk.practice import blocks as b
from kiosk.practice.blocks import AnyBlock, AnyLayer, Choice, Keypad, When
from kiosk.practice.scenario import Scenario, Screen, Variant
from kiosk.practice.state import State
from kiosk.practice.texts import Text, fill


class Placed(msgspec.Struct, frozen=True):
    """A choice with its number, which counts every choice of the screen, also those not shown in this variant.

    Attributes:
        n: from 1.
        part: index of the block, or of the layer counted on from the blocks.
        choice: what it does.
        covered: whether a dialog lies over it.
    """

    n: int
    part: int
    choice: Choice
    covered: bool = False


def parts_of(screen: Screen) -> tuple[AnyBlock | AnyLayer, ...]:
    """Blocks, then layers."""
    return (*screen.blocks, *screen.layers)


def numbered(screen: Screen) -> Iterator[Placed]:
    """Every choice of the screen in every variant."""
    n = 0
    for index, part in enumerate(parts_of(screen)):
        for choice in part.taps:
            n += 1
            yield Placed(n, index, choice)


def all_values(scenario: Scenario, variant: Variant, state: State) -> Mapping[str, Text]:
    """Persona, then the variant, then what choices have set."""
    return {**scenario.persona, **variant.values, **state.values}


def holds(when: When, variant: Variant, values: Mapping[str, Text]) -> bool:
    """Whether one of the conditions holds; without any: yes."""
    return not when or any(_holds(condition, variant, values) for condition in when)


def _holds(condition: str, variant: Variant, values: Mapping[str, Text]) -> bool:
    name, equals, value = condition.partition("=")
    if equals:
        return values.get(name) == value
    return condition in {variant.twin, variant.id}


class Layout(msgspec.Struct, frozen=True):
    """A screen as it is in a state.

    Attributes:
        screen: its description.
        variant: the variant in force.
        values: what fills its words.
        parts: (index, block or layer) that are there.
        choices: what can be seen and tapped, or would be but for a dialog.
        keypad: the keypad, unless a dialog lies over it.
    """

    screen: Screen
    variant: Variant
    values: Mapping[str, Text]
    parts: tuple[tuple[int, AnyBlock | AnyLayer], ...]
    choices: tuple[Placed, ...]
    keypad: Keypad | None

    @property
    def deciding(self) -> bool:
        """Whether this is a decision in this variant."""
        decision = self.screen.decision
        return decision if isinstance(decision, bool) else holds(decision, self.variant, self.values)

    def choice(self, n: int) -> Choice | None:
        """The choice of that number, if it can be tapped."""
        return next((placed.choice for placed in self.choices if placed.n == n and not placed.covered), None)

    def is_right(self, choice: Choice | Keypad) -> bool:
        """Whether it is right in this variant."""
        if choice.right is None:
            return bool(choice.go)
        if isinstance(choice.right, bool):
            return choice.right
        return holds(choice.right, self.variant, self.values)

    def digits(self, keypad: Keypad) -> str:
        """The number on the yellow card."""
        return fill(keypad.digits, self.values)


def lay(scenario: Scenario, state: State) -> Layout:
    """The present screen's layout."""
    variant = scenario.variant(state.variant)
    screen = scenario.screens[state.screen]
    values = all_values(scenario, variant, state)
    there = tuple(pair for pair in enumerate(parts_of(screen)) if holds(pair[1].when, variant, values))
    indexes = {index for index, _ in there}
    dialog = next((index for index, part in there if isinstance(part, b.Dialog)), None)
    choices = tuple(
        Placed(placed.n, placed.part, placed.choice, covered=dialog is not None and placed.part != dialog)
        for placed in numbered(screen)
        if placed.part in indexes and holds(placed.choice.when, variant, values)
    )
    keypad = next((part for _, part in there if isinstance(part, Keypad)), None)
    return Layout(screen, variant, values, there, choices, keypad if dialog is None else None)
