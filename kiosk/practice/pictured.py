"""Every picture that a scenario names, and where."""

from collections.abc import Iterator

from kiosk.practice import blocks as b
from kiosk.practice.flaw import Place, choice_place, part_place
from kiosk.practice.layout import numbered, parts_of
from kiosk.practice.scenario import Scenario


def pictured(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Each (place, name): `name.svg` of the pack's media, or a bare name of the house's."""
    for name, screen in scenario.screens.items():
        for index, part in enumerate(parts_of(screen)):
            key = "name" if isinstance(part, b.Picture) else "icon"
            if shown := getattr(part, key, ""):
                yield (*part_place(name, screen, index), key), shown
        for placed in numbered(screen):
            if placed.choice.icon:
                yield (*choice_place(name, screen, placed), "icon"), placed.choice.icon


def pictures(scenario: Scenario) -> list[str]:
    """The names of all of them, each once."""
    return sorted({name for _, name in pictured(scenario)})
