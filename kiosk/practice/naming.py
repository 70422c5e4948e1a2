"""Checks of the names in a scenario's file that need no walking: each leads to something that is there."""

from collections.abc import Iterator

from kiosk.practice import blocks as b
from kiosk.practice.blocks import CAUGHT, END, Choice, Keypad, When
from kiosk.practice.flaw import Flaw, Place, choice_place, part_place, screen_place
from kiosk.practice.layout import numbered, parts_of
from kiosk.practice.scenario import Scenario, Screen

_TWINS = {"trap", "honest", "none"}


def check_names(scenario: Scenario) -> Iterator[Flaw]:
    """Names that lead nowhere: variants, screens, conditions."""
    yield from _variants(scenario)
    yield from _screens(scenario)
    yield from _conditions(scenario)


def taken(name: str, screen: Screen) -> Iterator[tuple[Place, Choice | Keypad]]:
    """Everything on a screen that can be right or wrong, and where it stands."""
    yield from ((choice_place(name, screen, placed), placed.choice) for placed in numbered(screen))
    for index, part in enumerate(screen.blocks):
        if isinstance(part, Keypad):
            yield part_place(name, screen, index), part


def set_somewhere(scenario: Scenario) -> dict[str, set[str]]:
    """Every name that a choice, a keypad or a tick sets, with all that it can become."""
    found: dict[str, set[str]] = {}
    for name, screen in scenario.screens.items():
        for _, one in taken(name, screen):
            for key, value in one.sets.items():
                found.setdefault(key, set()).add(value)
    return found


def _variants(scenario: Scenario) -> Iterator[Flaw]:
    ids = [variant.id for variant in scenario.variants]
    for at, name in enumerate(ids):
        if name in ids[:at]:
            yield Flaw(("variants", at), f"variant {name} is there twice", "rename one")
        if name in _TWINS:
            yield Flaw(("variants", at), f"variant {name} is named like a twin", "rename it")
    if scenario.teach not in ids:
        remedy = f"name one of {', '.join(ids) or 'none'}"
        yield Flaw(("teach",), f"teach names {scenario.teach}, which is no variant", remedy)


def _screens(scenario: Scenario) -> Iterator[Flaw]:
    leads: list[tuple[Place, str]] = [(("start",), scenario.start)]
    for name, screen in scenario.screens.items():
        for place, one in taken(name, screen):
            leads.append(((*place, "go"), "" if one.go in {END, CAUGHT} else one.go))
            if isinstance(one, Choice):
                leads.append(((*place, "astray"), "" if one.astray == CAUGHT else one.astray))
    for place, target in leads:
        if target and target not in scenario.screens:
            yield Flaw(place, f"screen {target} is led to and not there", "write it or correct the name")
    for name in sorted({END, CAUGHT} & scenario.screens.keys()):
        yield Flaw(screen_place(name), f"screen {name} has a reserved name", "rename it")


def _conditions(scenario: Scenario) -> Iterator[Flaw]:
    known = {*_TWINS, *(variant.id for variant in scenario.variants)}
    become = _become(scenario)
    for name, screen in scenario.screens.items():
        for place, when in _asked(name, screen):
            for condition in when:
                value, equals, _ = condition.partition("=")
                if not equals and condition not in known:
                    what = f"screen {name} asks for {condition}, which is neither twin nor variant"
                    yield Flaw(place, what, f"write one of {', '.join(sorted(known))}, or name=value")
                elif equals and condition.partition("=")[2] not in become.get(value, ()):
                    what = f"screen {name} asks for {condition}, which never comes about"
                    yield Flaw(place, what, f"let a choice set it ({_said(value, become)})")


def _said(value: str, become: dict[str, set[str]]) -> str:
    return f"{value} can be {', '.join(sorted(become[value]))}" if value in become else f"nothing sets {value}"


def _become(scenario: Scenario) -> dict[str, set[str]]:
    """Every value's name with all that it can be."""
    found = set_somewhere(scenario)
    for values in (scenario.persona, *(variant.values for variant in scenario.variants)):
        for name, value in values.items():
            found.setdefault(name, set()).update({value} if isinstance(value, str) else ())
    return found


def _asked(name: str, screen: Screen) -> Iterator[tuple[Place, When]]:
    """Every list of conditions on a screen, and where it stands."""
    if not isinstance(screen.decision, bool):
        yield (*screen_place(name), "decision"), screen.decision
    for index, part in enumerate(parts_of(screen)):
        place = part_place(name, screen, index)
        yield (*place, "when"), part.when
        rows = part.rows if isinstance(part, b.Receipt) else ()
        yield from ((((*place, "rows", at, "when")), row.when) for at, row in enumerate(rows))
    for place, one in taken(name, screen):
        if isinstance(one, Choice):
            yield (*place, "when"), one.when
        if not isinstance(one.right, bool | None):
            yield (*place, "right"), one.right
