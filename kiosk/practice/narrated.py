"""A scenario as the village says it: what its people recorded takes the place of what the pack says."""

from msgspec.structs import replace

from kiosk.packs.library import Library
from kiosk.practice.scenario import Scenario
from kiosk.practice.speech import spoken
from kiosk.practice.texts import SOURCE


def narrated(scenario: Scenario, library: Library) -> Scenario:
    """The scenario with the recordings of every language of the village."""
    codes = library.recorded_languages()
    if not codes:
        return scenario
    sounds = {lang: dict(known) for lang, known in scenario.sounds.items()}
    for key, texts in spoken(scenario):
        for lang in codes:
            if recorded := library.recorded(texts.get(SOURCE, ""), lang):
                sounds.setdefault(lang, {})[key] = recorded.path
    return replace(scenario, sounds=sounds)


def by_machine(scenario: Scenario, library: Library, lang: str) -> bool:
    """Whether a machine says any of it to those who chose that language."""
    return scenario.machine and any(
        library.recorded(texts.get(SOURCE, ""), lang) is None for _, texts in spoken(scenario)
    )
