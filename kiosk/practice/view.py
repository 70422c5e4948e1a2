"""What she sees and hears in a state; the page turns it into HTML."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from kiosk.pages import screen as shown
from kiosk.practice.engine import LED, POINT, WORD, level
from kiosk.practice.moves import finished
from kiosk.practice.parts import Draw, Parts, undrawn
from kiosk.practice.route import lengths, route
from kiosk.practice.scenario import Scenario, Surface
from kiosk.practice.speech import key, sentences, sound
from kiosk.practice.state import WRONG_DIGIT, Place, Stage, State
from kiosk.practice.texts import SOURCE, Text

# Words of the catalogue that the practice says of itself.
CAUGHT_WORD: Final = "tap.caught"
REFUSED_WORD: Final = "tap.refused"
WRONG_WORD: Final = "tap.wrong"
DIGIT_WORD: Final = "tap.look_at_card"
_HELP_WORDS: Final[Mapping[int, str]] = MappingProxyType({POINT: "tap.point", LED: "tap.led"})


class Note(msgspec.Struct, frozen=True):
    """A word about what has just happened: `text` of the scenario with its sound, or `word` of the catalogue."""

    kind: Literal["hint", "wrong"]
    word: str = ""
    text: str = ""
    sound: str = ""


class Shown(msgspec.Struct, frozen=True):
    """A state as it is shown.

    Attributes:
        scenario, variant, stage, serial, place, asking: as in the state.
        name: the scenario's title.
        surface, title, address, blocks, layers: as in pages.screen.
        say: the prompt.
        sounds: paths in the pack, in the order they are heard.
        note: what has just happened, if anything.
        step, steps: how far along the shortest way, of the longest variant's; so a trap has no more than its twin.
        back: whether the phone's own way back leads anywhere.
        hints: whether there is a further word to ask for.
        word: of the catalogue, when `place` is "caught".
        trust: whether the first screen must say that the real app never comes from a Wi-Fi.
        unaided: when `place` is "done", whether no help of any kind was needed.
    """

    scenario: str
    variant: str
    stage: Stage
    serial: int
    place: Place
    asking: bool
    name: str
    surface: Surface
    title: str
    address: str
    blocks: tuple[shown.AnyBlock, ...]
    layers: tuple[shown.Layer, ...]
    say: str
    sounds: tuple[str, ...]
    note: Note | None
    step: int
    steps: int
    back: bool
    hints: bool
    word: str
    trust: bool
    unaided: bool


def view(scenario: Scenario, state: State, lang: str = SOURCE, draw: Draw = undrawn) -> Shown:
    """What she sees and hears.

    Args:
        scenario: the scenario.
        state: where she is in it.
        lang: the language of words and sounds; where one is missing, what it falls back to.
        draw: makes markup of the name of a drawing or the payload of a code.
    """
    parts = Parts(scenario, state, lang, draw)
    screen = parts.layout.screen
    speech = _Speech(scenario, state, lang, parts)
    left, own, steps = _lengths(scenario, state)
    twin = parts.layout.variant.twin
    return Shown(
        scenario=scenario.id,
        variant=state.variant,
        stage=state.stage,
        serial=state.serial,
        place=state.place,
        asking=state.asking,
        name=parts.words(scenario.title),
        surface=screen.surface,
        title=parts.words(screen.title),
        address=parts.words(screen.address),
        blocks=parts.blocks(),
        layers=parts.layers(),
        say=speech.prompt(),
        sounds=speech.sounds(),
        note=speech.note(),
        step=steps if state.place == "done" else min(own, max(1, own - left + 1)),
        steps=steps,
        back=bool(state.path),
        hints=level(state) < LED,
        word="" if state.place != "caught" else CAUGHT_WORD if twin == "trap" else REFUSED_WORD,
        trust=scenario.trust and not state.path,
        unaided=state.place == "done" and finished(state, "done").unaided,
    )


class _Speech:
    """What is said in a state, written and as sounds."""

    def __init__(self, scenario: Scenario, state: State, lang: str, parts: Parts) -> None:
        self._scenario = scenario
        self._state = state
        self._lang = lang
        self._parts = parts
        self._said = dict(sentences(parts.layout.screen))
        self._level = level(state)

    def prompt(self) -> str:
        """What is happening, and, where she is led or has asked, what to tap; once a hand points, that alone."""
        prompted = list(self._prompted())
        if self._level >= POINT:
            prompted = prompted[1:] or prompted
        return " ".join(self._parts.words(self._said[what]) for what in prompted)

    def sounds(self) -> tuple[str, ...]:
        """On arrival everything; after a mistake or a question only the word that helps."""
        heard = list(self._prompted())
        if self._level >= WORD or self._state.last:
            heard = heard[1:] or heard
        else:
            heard[1:1] = self._uttered()
        return tuple(filter(None, map(self._sound, heard)))

    def note(self) -> Note | None:
        """Why the last tap was wrong, else which help is being given now."""
        last = self._state.last
        what = "k" if last == WRONG_DIGIT and self._state.place == "caught" else f"c{last}"
        if what in self._said:
            return Note("wrong", text=self._parts.words(self._said[what]), sound=self._sound(what))
        if self._level in _HELP_WORDS:
            return Note("hint", word=_HELP_WORDS[self._level])
        if last:
            return Note("wrong", word=DIGIT_WORD if last == WRONG_DIGIT else WRONG_WORD)
        return None

    def _prompted(self) -> Iterator[str]:
        yield "say"
        if self._level >= WORD:
            yield from [what for what in ("hint", "lead") if what in self._said][:1]
        elif self._state.stage == "together" and "lead" in self._said:
            yield "lead"

    def _uttered(self) -> list[str]:
        there = {f"m{index}" for index, _ in self._parts.layout.parts}
        return [what for what in self._said if what in there]

    def _sound(self, what: str) -> str:
        text: Text = self._said[what]
        name = key(self._scenario, self._parts.layout.variant, f"{self._state.screen}.{what}", text)
        return sound(self._scenario, name, self._lang)


def _lengths(scenario: Scenario, state: State) -> tuple[int, int, int]:
    """Moves left from here, or from the decision to come back to; of the whole way; of the longest variant's way.

    Only the last is shown as the whole: a trap's way is often longer than its twin's, and would give it away.
    """
    ways = lengths(scenario)
    here = replace(state, screen=state.deciding, place="at", deciding="") if state.deciding else state
    return len(route(scenario, here) or []), ways[state.variant], max(ways.values())
