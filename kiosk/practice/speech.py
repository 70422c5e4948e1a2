"""What of a scenario is spoken: every sentence under a key that names the file of its recording.

A key is `<screen>.say`, `.lead`, `.hint`, `.c<n>` (choice n was wrong), `.k` (the keypad was wrong) or `.m<n>` (what
block or layer n says); where a sentence depends on the variant, `.<variant>` follows.
"""

from collections.abc import Iterator, Mapping

from kiosk.languages import languages
from kiosk.practice import blocks as b
from kiosk.practice.blocks import AnyBlock, AnyLayer
from kiosk.practice.layout import numbered, parts_of
from kiosk.practice.scenario import Scenario, Screen, Variant
from kiosk.practice.texts import SOURCE, Text, by_language, fill, names


def spoken(scenario: Scenario) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every (key, sentence by language), with the values of the variant put in."""
    yield "title", by_language(scenario.title)
    for name, screen in scenario.screens.items():
        for what, text in sentences(screen):
            yield from _filled(scenario, f"{name}.{what}", text)


def sentences(screen: Screen) -> Iterator[tuple[str, Text]]:
    """What can be heard on a screen: (the key without the screen's name, words), empty words left out."""
    found: list[tuple[str, Text]] = [("say", screen.say), ("lead", screen.lead), ("hint", screen.hint)]
    found += [(f"m{index}", uttered(part)) for index, part in enumerate(parts_of(screen))]
    found += [(f"c{placed.n}", placed.choice.say) for placed in numbered(screen)]
    found += [("k", part.say) for part in screen.blocks if isinstance(part, b.Keypad)]
    yield from ((what, text) for what, text in found if text)


def uttered(part: AnyBlock | AnyLayer) -> Text:
    """What a part says aloud when the screen opens: somebody's words, a notification, a question; else nothing."""
    if isinstance(part, b.Message):
        return "" if part.mine else part.text
    return part.text if isinstance(part, b.Banner | b.Dialog) else ""


def key(scenario: Scenario, variant: Variant, base: str, text: Text) -> str:
    """The key of a sentence in a variant."""
    return f"{base}.{variant.id}" if names(text) & _varying(scenario) else base


def sound(scenario: Scenario, name: str, lang: str) -> str:
    """The path in the pack of a key's sound, in this language or one it falls back to; empty when there is none."""
    known = languages()
    while lang:
        if name in scenario.sounds.get(lang, {}):
            return scenario.sounds[lang][name]
        lang = known[lang].fallback if lang in known else ""
    return scenario.sounds.get(SOURCE, {}).get(name, "")


def _varying(scenario: Scenario) -> frozenset[str]:
    return frozenset(name for variant in scenario.variants for name in variant.values)


def _filled(scenario: Scenario, base: str, text: Text) -> Iterator[tuple[str, Mapping[str, str]]]:
    done: set[str] = set()
    for variant in scenario.variants:
        name = key(scenario, variant, base, text)
        if name not in done:
            done.add(name)
            values = {**scenario.persona, **variant.values}
            filled = {lang: fill(text, values, lang) for lang in by_language(text)}
            if any(filled.values()):
                yield name, filled
