"""Checks of a scenario's words that need no walking: their values, their languages, and numbers of nobody."""

import re
from collections.abc import Iterator
from itertools import chain

from kiosk.practice import blocks as b
from kiosk.practice.blocks import Choice, Keypad
from kiosk.practice.flaw import Flaw, Place, choice_place, part_place, screen_place
from kiosk.practice.layout import numbered, parts_of
from kiosk.practice.naming import set_somewhere
from kiosk.practice.scenario import Scenario, Screen, Variant
from kiosk.practice.speech import sentences
from kiosk.practice.texts import Text, by_language, fill, lacking, names

# Digits as written, also in groups; a practice number is a citizen number of no province, or as good as all zeros.
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ .-]?\d){8,}")
_NOBODYS = re.compile(r"099\d{9}|0{6,}\d+")
_MONEY = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_SAY_MOST = 220  # characters of a prompt: two short sentences to be heard

Words = tuple[Place, Text]


def check_values(scenario: Scenario) -> Iterator[Flaw]:
    """Values that words ask for and nobody gives; a yellow card without a number."""
    given = set(scenario.persona) | set(set_somewhere(scenario))
    for variant in scenario.variants:
        known = given | set(variant.values)
        for name, screen in scenario.screens.items():
            lost: dict[str, Place] = {}
            for place, text in (*_texts(name, screen), *_bare(name, screen)):
                for value in sorted(names(text) - known):
                    lost.setdefault(value, place)
            for value, place in sorted(lost.items()):
                what = f"screen {name} asks for {{{value}}}, which nobody gives"
                yield Flaw(place, what, "give it a value", variant.id)
            yield from _cards(scenario, variant, name, screen)


def check_words(scenario: Scenario) -> Iterator[Flaw]:
    """Words missing in a language, too long to be heard, or with a number that may be somebody's."""
    told: set[str] = set()
    for name, screen in scenario.screens.items():
        for place, text in _texts(name, screen):
            for _, lang in lacking([text], scenario.languages):
                yield Flaw(place, f"screen {name} lacks {lang} for “{by_language(text).get('vi', '')}”", "write it")
        yield from _spoken(scenario, name, screen)
        for variant in scenario.variants:
            for place, number in _numbers(scenario, variant, name, screen):
                if number not in told:
                    told.add(number)
                    what = f"screen {name} shows {number}, which may be somebody's"
                    yield Flaw(place, what, "begin it with 099 or 000000")


def _spoken(scenario: Scenario, name: str, screen: Screen) -> Iterator[Flaw]:
    fixed = set_somewhere(scenario)
    for what, text in sentences(screen):
        place = (*screen_place(name), what) if what in {"say", "lead", "hint"} else screen_place(name)
        if any(value in fixed for value in names(text)):
            yield Flaw(place, f"screen {name} speaks a value that a choice sets ({what})", "speak without it")
        longest = max(
            len(fill(text, {**scenario.persona, **variant.values}, lang))
            for variant in scenario.variants
            for lang in by_language(text)
        )
        if longest > _SAY_MOST:
            said = f"screen {name} says more than {_SAY_MOST} characters ({what})"
            yield Flaw(place, said, "two short sentences")


def _texts(name: str, screen: Screen) -> Iterator[Words]:
    """Every piece of words on a screen that a language may have of its own, and where it stands."""
    for key in ("say", "lead", "hint", "title"):
        yield (*screen_place(name), key), getattr(screen, key)
    for index, part in enumerate(parts_of(screen)):
        place = part_place(name, screen, index)
        for key in ("text", "label", "value", "card", "title", "who", "say"):
            if hasattr(part, key):
                yield (*place, key), getattr(part, key)
        for at, row in enumerate(part.rows if isinstance(part, b.Receipt) else ()):
            yield from (((*place, "rows", at, key), getattr(row, key)) for key in ("label", "value"))
    for placed in numbered(screen):
        yield from _choice(choice_place(name, screen, placed), placed.choice)


def _choice(place: Place, choice: Choice) -> Iterator[Words]:
    yield from (((*place, key), getattr(choice, key)) for key in ("text", "detail", "say"))


def _bare(name: str, screen: Screen) -> Iterator[Words]:
    """Strings with values that are the same in every language."""
    yield (*screen_place(name), "address"), screen.address
    for index, part in enumerate(screen.blocks):
        keys = {Keypad: ("digits",), b.Qr: ("payee", "amount", "text")}.get(type(part), ())
        yield from (((*part_place(name, screen, index), key), getattr(part, key)) for key in keys)


def _cards(scenario: Scenario, variant: Variant, name: str, screen: Screen) -> Iterator[Flaw]:
    values = {**scenario.persona, **variant.values}
    for index, part in enumerate(screen.blocks):
        if isinstance(part, Keypad) and not re.fullmatch(r"[0-9]{1,19}", fill(part.digits, values)):
            what = f"screen {name} has a yellow card that is not 1 to 19 digits"
            yield Flaw((*part_place(name, screen, index), "digits"), what, "correct digits", variant.id)


def _numbers(scenario: Scenario, variant: Variant, name: str, screen: Screen) -> Iterator[tuple[Place, str]]:
    values = {**scenario.persona, **variant.values}
    for place, text in chain(_texts(name, screen), _bare(name, screen)):
        for lang in by_language(text):
            for found in _NUMBER.findall(fill(text, values, lang)):
                bare = re.sub(r"\D", "", found)
                if not _NOBODYS.fullmatch(bare) and not _MONEY.fullmatch(found):
                    yield place, found
