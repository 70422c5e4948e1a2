"""What a screen is made of: blocks one under the other, and layers that lie over them.

In a file a block names itself by `block`, a layer by `layer`; whatever can be tapped is a `Choice`.
"""

from typing import Literal

import msgspec

from kiosk.practice.texts import Name, Text

# Conditions, of which one must hold: a twin ("trap", "honest", "none"), a variant's id, or "name=value" of what a
# choice has set. Empty: always.
When = tuple[str, ...]

END = "end"
CAUGHT = "caught"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whatever stands in a scenario's file."""


class Choice(Part, frozen=True):
    """Something that can be tapped.

    Attributes:
        text: its words, as the real app writes them.
        icon: a picture of the house's by name, or `name.svg` of the pack's media.
        detail: a second, smaller line.
        go: the screen it leads to when it is right; `end` ends the scenario; empty stays where she is.
        right: whether it is right, or the conditions under which it is; left out: right if it has `go`.
        astray: the screen it leads to when it is wrong: a detour, or at a decision what would come of it, which in
            turn leads to `caught`, the gentle word; empty stays, at a decision is `caught` at once.
        free: a look elsewhere, neither right nor wrong.
        say: what is said when it was wrong here: why, and what would have come of it.
        sets: values that it sets.
        when: the conditions under which it is there at all.
    """

    text: Text = ""
    icon: str = ""
    detail: Text = ""
    go: str = ""
    right: bool | When | None = None
    astray: str = ""
    free: bool = False
    say: Text = ""
    sets: dict[Name, str] = msgspec.field(default_factory=dict)
    when: When = ()


class Row(Part, frozen=True):
    """A line of a receipt.

    Attributes:
        label: what it is, at the left.
        value: how much or who, at the right.
        when: the conditions under which it is there at all.
    """

    label: Text
    value: Text
    when: When = ()


class Block(Part, frozen=True, tag_field="block", kw_only=True):
    """A piece of a screen.

    Attributes:
        when: the conditions under which it is there at all.
    """

    when: When = ()

    @property
    def taps(self) -> tuple[Choice, ...]:
        """Everything in it that can be tapped, in its order."""
        return ()


class Header(Block, frozen=True, tag="header"):
    """The app's own bar: its name, perhaps a picture and something to tap at its end.

    Attributes:
        text: the app's name.
        icon: a picture before it.
        action: what can be tapped at its end.
    """

    text: Text
    icon: str = ""
    action: Choice | None = None

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return (self.action,) if self.action else ()


class Tiles(Block, frozen=True, tag="tiles"):
    """Pictures with words, two or three in a row: apps on a home screen, services of an app, photos of a gallery.

    Attributes:
        tiles: what can be tapped.
    """

    tiles: tuple[Choice, ...]

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return self.tiles


class List(Block, frozen=True, tag="list"):
    """Rows one under the other, each of which can be tapped.

    Attributes:
        rows: what can be tapped.
    """

    rows: tuple[Choice, ...]

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return self.rows


class Field(Block, frozen=True, tag="field"):
    """A form field that the app has filled in by itself.

    Attributes:
        label: the field's name.
        value: what stands in it.
    """

    label: Text
    value: Text = ""


class Tick(Block, frozen=True, tag="tick"):
    """A box to tick. A tap sets a value to "1" and stays; a button may ask for it by `when: [name=1]`.

    Attributes:
        text: what is agreed to.
        name: the name of the value.
    """

    text: Text
    name: Name

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return (Choice(text=self.text, free=True, sets={self.name: "1"}),)


class Keypad(Block, frozen=True, kw_only=True, tag="keypad"):
    """Our keypad, with the yellow card above it whose number is to be entered.

    Attributes:
        card: what the number on the yellow card is.
        digits: that number, 1 to 19 digits once its values are put in.
        label: the field's name in the real app.
        form: how the field shows it: as it is, as đồng with dots, or as dots.
        go: the screen it leads to when the last digit is in; `end` ends the scenario.
        right: whether entering anything here is right, or the conditions under which it is.
        say: what is said if entering anything here was wrong.
        sets: values that it sets when the last digit is in.
    """

    card: Text
    digits: str
    label: Text = ""
    form: Literal["number", "money", "secret"] = "number"
    go: str
    right: bool | When = True
    say: Text = ""
    sets: dict[Name, str] = msgspec.field(default_factory=dict)


class Scanner(Block, frozen=True, tag="scanner"):
    """A drawn camera with a frame; what lies in the frame is scanned by tapping it.

    Attributes:
        codes: what can be tapped.
        text: the line below the frame.
    """

    codes: tuple[Choice, ...]
    text: Text = ""

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return self.codes


class Qr(Block, frozen=True, tag="qr"):
    """A code that is looked at: with `payee` a VietQR practice code (BIN 000000), else the bare `text`.

    Attributes:
        payee: the name in it.
        amount: the amount in it, digits only; left out: none.
        text: what a code without payee says.
        label: words below it.
    """

    payee: str = ""
    amount: str = ""
    text: str = ""
    label: Text = ""


class Message(Block, frozen=True, tag="message"):
    """Words of somebody: a bubble in SMS and chat, a voice in a call, speech of a person.

    Attributes:
        text: the words; spoken when the screen opens, unless they are her own.
        who: whose they are, where more than one speaks.
        mine: whether they are her own.
        choice: a link in them.
    """

    text: Text
    who: Text = ""
    mine: bool = False
    choice: Choice | None = None

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return (self.choice,) if self.choice else ()


class Receipt(Block, frozen=True, tag="receipt"):
    """What an app shows when something is done, or before it is confirmed.

    Attributes:
        title: its heading.
        rows: its lines.
        done: whether the sign of success stands above it.
    """

    title: Text
    rows: tuple[Row, ...]
    done: bool = False


class Words(Block, frozen=True, tag="text"):
    """Plain words of the screen.

    Attributes:
        text: the words.
        strong: whether they stand out.
    """

    text: Text
    strong: bool = False


class Button(Block, frozen=True, tag="button"):
    """A wide button; on a call with an icon a round one.

    Attributes:
        choice: what it does.
        weak: whether the app draws it without colour.
    """

    choice: Choice
    weak: bool = False

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return (self.choice,)


class Picture(Block, frozen=True, tag="picture"):
    """A drawing.

    Attributes:
        name: the house's by name, or `name.svg` of the pack's media.
        text: what it shows; under a person, who it is.
    """

    name: str
    text: Text = ""


AnyBlock = Header | Tiles | List | Field | Tick | Keypad | Scanner | Qr | Message | Receipt | Words | Button | Picture


class Layer(Part, frozen=True, tag_field="layer", kw_only=True):
    """What lies over the blocks.

    Attributes:
        when: the conditions under which it is there at all.
    """

    when: When = ()

    @property
    def taps(self) -> tuple[Choice, ...]:
        """Everything in it that can be tapped, in its order."""
        return ()


class Banner(Layer, frozen=True, tag="banner"):
    """A notification that has slid in at the top; what it says is spoken.

    Attributes:
        title: who it is from.
        text: what it says.
        icon: a picture before it.
        choice: what a tap on it does; left out: nothing.
    """

    title: Text
    text: Text
    icon: str = ""
    choice: Choice | None = None

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return (self.choice,) if self.choice else ()


class Dialog(Layer, frozen=True, kw_only=True, tag="dialog"):
    """A question of the phone or the app; it is spoken, and nothing beneath it can be tapped.

    Attributes:
        title: its heading.
        text: the question.
        icon: a picture above it.
        buttons: what can be answered, from above.
    """

    title: Text = ""
    text: Text
    icon: str = ""
    buttons: tuple[Choice, ...]

    @property
    def taps(self) -> tuple[Choice, ...]:
        """What can be tapped."""
        return self.buttons


class Toast(Layer, frozen=True, tag="toast"):
    """A short remark at the bottom that cannot be tapped.

    Attributes:
        text: the remark.
    """

    text: Text


AnyLayer = Banner | Dialog | Toast
