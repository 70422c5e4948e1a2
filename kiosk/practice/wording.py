"""Checks of a scenario's file that need no walking: names that lead somewhere, values, words, numbers of nobody."""

import re
from collections.abc import Iterator
from itertools import chain

from kiosk.practice import blocks as b
from kiosk.practice.blocks import CAUGHT, END, Choice, Keypad
from kiosk.practice.layout import numbered, parts_of
from kiosk.practice.scenario import Scenario, Screen, Variant
from kiosk.practice.speech import sentences
from kiosk.practice.texts import Text, by_language, fill, lacking, names

# Digits as written, also in groups; a practice number is a citizen number of no province, or as good as all zeros.
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[ .-]?\d){8,}")
_NOBODYS = re.compile(r"099\d{9}|0{6,}\d+")
_MONEY = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_TWINS = {"trap", "honest", "none"}
_SAY_MOST = 220  # characters of a prompt: two short sentences to be heard


def check_targets(scenario: Scenario) -> Iterator[str]:
    """Names that lead nowhere: screens, variants, conditions."""
    ids = [variant.id for variant in scenario.variants]
    yield from (f"variant {name} is there twice -> rename one" for name in dict.fromkeys(ids) if ids.count(name) > 1)
    yield from (f"variant {name} is named like a twin -> rename it" for name in ids if name in _TWINS)
    if scenario.teach not in ids:
        yield f"teach names {scenario.teach}, which is no variant -> name one of {', '.join(ids) or 'none'}"
    for name in (scenario.start, *_targets(scenario)):
        if name not in scenario.screens:
            yield f"screen {name} is led to and not there -> write it or correct the name"
    for name in {END, CAUGHT} & scenario.screens.keys():
        yield f"screen {name} has a reserved name -> rename it"
    conditions = {*_TWINS, *ids}
    for name, screen in scenario.screens.items():
        for condition in _conditions(screen):
            if "=" not in condition and condition not in conditions:
                yield f"screen {name} asks for {condition}, which is neither twin nor variant -> correct the name"


def check_values(scenario: Scenario) -> Iterator[str]:
    """Values that words ask for and nobody gives; keypads without a number, or two at once."""
    given = set(scenario.persona) | _set_somewhere(scenario)
    for variant in scenario.variants:
        known = given | set(variant.values)
        for name, screen in scenario.screens.items():
            for value in sorted(_asked(screen) - known):
                yield f"screen {name} asks for {{{value}}}, which variant {variant.id} does not give -> give it a value"
            yield from _check_keypads(scenario, variant, name, screen)


def check_words(scenario: Scenario) -> Iterator[str]:
    """Words missing in a language, too long to be heard, or with a number that may be somebody's."""
    told: set[str] = set()
    for name, screen in scenario.screens.items():
        for text, lang in lacking(_texts(screen), scenario.languages):
            yield f"screen {name} lacks {lang} for “{by_language(text).get('vi', '')}” -> write it"
        for what, text in sentences(screen):
            if any(value in _set_somewhere(scenario) for value in names(text)):
                yield f"screen {name} speaks a value that a choice sets ({what}) -> speak without it"
            if max(map(len, by_language(text).values())) > _SAY_MOST:
                yield f"screen {name} says more than {_SAY_MOST} characters ({what}) -> two short sentences"
        for number in chain.from_iterable(_numbers(scenario, variant, screen) for variant in scenario.variants):
            if number not in told:
                told.add(number)
                yield f"screen {name} shows {number}, which may be somebody's -> begin it with 099 or 000000"


def _targets(scenario: Scenario) -> Iterator[str]:
    for screen in scenario.screens.values():
        for taken in _taken(screen):
            yield from {taken.go} - {END, CAUGHT, ""}
        for placed in numbered(screen):
            yield from {placed.choice.astray} - {CAUGHT, ""}


def _taken(screen: Screen) -> Iterator[Choice | Keypad]:
    yield from (placed.choice for placed in numbered(screen))
    yield from (part for part in screen.blocks if isinstance(part, Keypad))


def _conditions(screen: Screen) -> Iterator[str]:
    if not isinstance(screen.decision, bool):
        yield from screen.decision
    for part in parts_of(screen):
        yield from part.when
        yield from chain.from_iterable(row.when for row in _rows(part))
    for taken in _taken(screen):
        yield from taken.when
        if not isinstance(taken.right, bool | None):
            yield from taken.right


def _set_somewhere(scenario: Scenario) -> set[str]:
    taken = chain.from_iterable(map(_taken, scenario.screens.values()))
    return set(chain.from_iterable(choice.sets for choice in taken))


def _texts(screen: Screen) -> list[Text]:
    """Every piece of words on a screen that a language may have of its own."""
    found: list[Text] = [screen.say, screen.lead, screen.hint, screen.title]
    for part in parts_of(screen):
        found += [getattr(part, name) for name in ("text", "label", "value", "card", "title", "who", "say")
                  if hasattr(part, name)]  # fmt: skip
        found += [text for row in _rows(part) for text in (row.label, row.value)]
    found += [text for placed in numbered(screen) for text in _choice_texts(placed.choice)]
    return found


def _rows(part: b.AnyBlock | b.AnyLayer) -> tuple[b.Row, ...]:
    return part.rows if isinstance(part, b.Receipt) else ()


def _choice_texts(choice: Choice) -> tuple[Text, ...]:
    return (choice.text, choice.detail, choice.say)


def _bare(screen: Screen) -> list[str]:
    """Strings with values that are the same in every language."""
    found = [screen.address]
    for part in screen.blocks:
        if isinstance(part, Keypad):
            found.append(part.digits)
        if isinstance(part, b.Qr):
            found += [part.payee, part.amount, part.text]
    return found


def _asked(screen: Screen) -> set[str]:
    return set(chain.from_iterable(names(text) for text in (*_texts(screen), *_bare(screen))))


def _check_keypads(scenario: Scenario, variant: Variant, name: str, screen: Screen) -> Iterator[str]:
    values = {**scenario.persona, **variant.values}
    for part in screen.blocks:
        if isinstance(part, Keypad) and not re.fullmatch(r"[0-9]{1,19}", fill(part.digits, values)):
            yield f"screen {name}: the yellow card of variant {variant.id} is not 1 to 19 digits -> correct digits"


def _numbers(scenario: Scenario, variant: Variant, screen: Screen) -> Iterator[str]:
    values = {**scenario.persona, **variant.values}
    for text in (*_texts(screen), *_bare(screen)):
        for lang in by_language(text):
            for found in _NUMBER.findall(fill(text, values, lang)):
                bare = re.sub(r"\D", "", found)
                if not _NOBODYS.fullmatch(bare) and not _MONEY.fullmatch(found):
                    yield found
