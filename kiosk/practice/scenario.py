"""The format of a scenario: screens as data, judged by one model in a source folder and in a built pack."""

import datetime
from typing import Final, Literal

import msgspec

from kiosk.errors import KioskError
from kiosk.practice.blocks import AnyBlock, AnyLayer, Part, When
from kiosk.practice.texts import Name, Slug, Text

Surface = Literal[
    "home", "app", "store", "browser", "sms", "chat", "call", "lock", "camera", "gallery", "paper", "person"
]
Twin = Literal["trap", "honest", "none"]


class Source(Part, frozen=True):
    """Where the real app's words were read, and on which day.

    Attributes:
        app: the app, the office or the warning that was read.
        url: where it was read.
        checked: the day, as in 2026-11-22; `kiosk pack stale` lists what was checked too long ago.
    """

    app: str
    url: str
    checked: datetime.date


class Variant(Part, frozen=True):
    """One way the scenario can be met.

    Attributes:
        id: stands in events; not "trap", "honest" or "none".
        twin: whether the decision is a trap, its honest twin, or there is none.
        pair: the name that a trap shares with its honest twin.
        values: what fills the {names} of the screens in this variant, over the persona's.
    """

    id: Slug
    twin: Twin = "none"
    pair: str = ""
    values: dict[Name, Text] = msgspec.field(default_factory=dict)


class Screen(Part, frozen=True):
    """One screen of the phone, a paper, or a person before her.

    Attributes:
        surface: what it is drawn as.
        say: what is happening and what is asked; spoken in every stage.
        lead: what to tap; spoken after `say` in `làm cùng`.
        hint: the word after one mistake or one question; left out: `lead`.
        title: the screen's own title: an app, a sender, a caller.
        address: the address that a browser shows, or the number of a caller.
        decision: whether the twins part here, or the conditions under which they do.
        blocks: what it is made of, from above.
        layers: what lies over the blocks.
    """

    surface: Surface
    say: Text
    lead: Text = ""
    hint: Text = ""
    title: Text = ""
    address: str = ""
    decision: bool | When = False
    blocks: tuple[AnyBlock, ...] = ()
    layers: tuple[AnyLayer, ...] = ()


class Scenario(Part, frozen=True):
    """A thing that can be practised.

    Attributes:
        id: the file's name without .yaml; stands in addresses and events.
        title: what is practised.
        sources: where the words of real apps come from.
        trust: whether entering it must first say that the real app never comes from a Wi-Fi.
        languages: the languages whose words are complete.
        persona: values of the invented person (names, numbers that are nobody's).
        variants: the ways it can be met, at least three in a pack; one is drawn each time.
        teach: the variant of `làm cùng`.
        start: the first screen.
        screens: by id, in the order of the usual way.
        sounds: language -> key of `spoken` -> path in the pack; filled when the pack is built, never written.
        pictures: `name.svg` -> path in the pack; filled when the pack is built, never written.
        machine: whether a machine speaks any of its sentences; filled when the pack is built, never written.
    """

    id: Slug
    title: Text
    variants: tuple[Variant, ...]
    teach: Slug
    start: Slug
    screens: dict[Slug, Screen]
    sources: tuple[Source, ...] = ()
    trust: bool = False
    languages: tuple[str, ...] = ("vi",)
    persona: dict[Name, Text] = msgspec.field(default_factory=dict)
    sounds: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    pictures: dict[str, str] = msgspec.field(default_factory=dict)
    machine: bool = False

    def variant(self, name: str) -> Variant:
        """The variant of that id.

        Raises:
            KioskError: there is none.
        """
        for variant in self.variants:
            if variant.id == name:
                return variant
        raise KioskError(f"scenario {self.id} has no variant {name}")


def from_builtins(value: object, where: str) -> Scenario:
    """A scenario from decoded YAML or JSON.

    Raises:
        KioskError: something is missing, unknown or of the wrong kind; names `where` and the place in it.
    """
    try:
        return msgspec.convert(value, Scenario)
    except msgspec.ValidationError as wrong:
        raise KioskError(f"{where}: {wrong}", hint="see content/SCENARIOS.md") from wrong


# Made while this is imported: two threads that decode the first one at once end the whole program, for the library
# shares what it knows of a type before it knows all of it.
_DECODER: Final = msgspec.json.Decoder(Scenario)


def decode(data: bytes, where: str) -> Scenario:
    """A scenario from the JSON of a built pack.

    Raises:
        KioskError: not JSON, or not a scenario.
    """
    try:
        return _DECODER.decode(data)
    except msgspec.DecodeError as wrong:
        raise KioskError(f"{where}: {wrong}", hint="build the pack again") from wrong


def encode(scenario: Scenario) -> bytes:
    """The JSON of a built pack; the same scenario gives the same bytes."""
    return msgspec.json.encode(scenario, order="deterministic")
