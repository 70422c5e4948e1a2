"""What a phone shows: one screen of it (or a person, or a sheet of paper), as a frozen value.

Everything is resolved: words are in the page's language with their values put in, drawings are SVG markup, what can be
tapped has its number. Nothing here knows what is right.
"""

from dataclasses import dataclass
from typing import Literal

import msgspec

Surface = Literal[
    "home", "app", "store", "browser", "sms", "chat", "call", "lock", "camera", "gallery", "paper", "person"
]

LayerKind = Literal["banner", "dialog", "toast"]

_GROUP = 3
_GROUP_AT_FRONT = 4  # as phone numbers are spoken: 0912 345 678


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a screen."""


class Choice(Part, frozen=True):
    """Something that can be tapped.

    Attributes:
        number: its number on this screen, in the order shown; 0 for what only stands there.
        text: what stands on it.
        detail: a second, quieter line.
        icon: a drawing, or empty.
        pointed: whether the hand points at it.
    """

    number: int = 0
    text: str = ""
    detail: str = ""
    icon: str = ""
    pointed: bool = False

    @property
    def do(self) -> str:
        """The action that a tap on it sends."""
        return f"c{self.number}"


class Block(Part, frozen=True, tag_field="block"):
    """A piece of a screen."""

    @property
    def kind(self) -> str:
        """The block's name in the format of scenarios, and of its macro."""
        return str(self.__struct_config__.tag)


class Header(Block, frozen=True, tag="header"):
    """An app's own bar, perhaps with something to tap at its end."""

    text: str
    icon: str = ""
    action: Choice | None = None


class Tiles(Block, frozen=True, tag="tiles"):
    """Drawings with a word below, side by side."""

    tiles: tuple[Choice, ...]


class List(Block, frozen=True, tag="list"):
    """Rows below each other."""

    rows: tuple[Choice, ...]


class Field(Block, frozen=True, tag="field"):
    """A form field that is already filled in."""

    label: str
    value: str = ""


class Tick(Block, frozen=True, tag="tick"):
    """A box to tick."""

    choice: Choice
    ticked: bool = False


class Keypad(Block, frozen=True, tag="keypad"):
    """The yellow card, the field below it, and the keys.

    Attributes:
        card: what the number on the card is.
        digits: that number, the only one that can be entered.
        entered: how many of its digits are in.
        label: the field's name in the real app.
        form: how the field shows them: as they are, as đồng with dots, or as dots.
        pointed: whether the hand points at the next key.
    """

    card: str
    digits: str
    entered: int = 0
    label: str = ""
    form: Literal["number", "money", "secret"] = "number"
    pointed: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The number on the card as it is read aloud."""
        return grouped(self.digits)

    @property
    def slots(self) -> tuple[tuple[str, ...], ...]:
        """A place for each digit, in the card's groups: the digit that is in, a dot for a secret one, or empty."""
        shown = "●" * self.entered if self.form == "secret" else self.digits[: self.entered]
        places = iter([*shown, *[""] * (len(self.digits) - len(shown))])
        return tuple(tuple(next(places) for _ in group) for group in self.groups)

    @property
    def key(self) -> str:
        """The key that the arrow points at, or empty."""
        return self.digits[self.entered : self.entered + 1] if self.pointed else ""


class Scanner(Block, frozen=True, tag="scanner"):
    """A camera's finder; what lies in it is scanned by tapping it."""

    codes: tuple[Choice, ...]
    text: str = ""


class Qr(Block, frozen=True, tag="qr"):
    """A drawn code with THỰC HÀNH beside it."""

    code: str
    label: str = ""


class Message(Block, frozen=True, tag="message"):
    """Words of somebody; `choice` is their link."""

    text: str
    who: str = ""
    mine: bool = False
    choice: Choice | None = None


class Row(Part, frozen=True):
    """A line of a receipt."""

    label: str
    value: str


class Receipt(Block, frozen=True, tag="receipt"):
    """What an app confirms, or asks to be confirmed; `done` draws the sign of success."""

    title: str
    rows: tuple[Row, ...] = ()
    done: bool = False


class Words(Block, frozen=True, tag="text"):
    """Plain words of the screen."""

    text: str
    strong: bool = False


class Button(Block, frozen=True, tag="button"):
    """A wide button; `weak` for the one without colour."""

    choice: Choice
    weak: bool = False


class Picture(Block, frozen=True, tag="picture"):
    """A drawing; `text` says what it shows."""

    drawing: str
    text: str = ""


AnyBlock = Header | Tiles | List | Field | Tick | Keypad | Scanner | Qr | Message | Receipt | Words | Button | Picture


class Layer(Part, frozen=True):
    """What lies over the blocks.

    Attributes:
        kind: banner (above, tapped as a whole), dialog (nothing beneath it can be tapped), toast (below).
        title: its heading.
        text: its words.
        icon: a drawing.
        choices: what can be tapped on it.
    """

    kind: LayerKind
    text: str
    title: str = ""
    icon: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A screen as it is seen.

    Attributes:
        surface: what is looked at.
        title: the surface's own title: an app, a sender, a caller.
        address: the address that a browser shows, or a caller's number.
        blocks: what the screen is made of, from above.
        layers: what lies over it.
        step: which step of the shortest way this is, from 1; 0 when unknown.
        steps: how many there are.
        still: whether it is a picture: nothing on it can be tapped.
    """

    surface: Surface
    title: str = ""
    address: str = ""
    blocks: tuple[AnyBlock, ...] = ()
    layers: tuple[Layer, ...] = ()
    step: int = 0
    steps: int = 0
    still: bool = False

    @property
    def dial(self) -> bool:
        """Whether there are keys on it."""
        return any(isinstance(block, Keypad) for block in self.blocks)


def grouped(digits: str) -> tuple[str, ...]:
    """Digits in threes from the right, four at the front rather than one alone.

    >>> grouped("0000000001")
    ('0000', '000', '001')
    """
    first = len(digits) % _GROUP
    first = _GROUP_AT_FRONT if first == 1 and len(digits) > _GROUP else first
    front = (digits[:first],) if first else ()
    return front + tuple(digits[at : at + _GROUP] for at in range(first, len(digits), _GROUP))
