"""Where an attempt stands, what she can do, and what comes of it: values only."""

import re
from typing import Final, Literal

import msgspec

from kiosk.errors import KioskError

Stage = Literal["together", "alone"]
Setting = Literal["alone", "class", "staff", "touchscreen", "test"]
Place = Literal["at", "caught", "done"]

WRONG_DIGIT = -1


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One attempt, at most 2 KB as JSON. It never holds a digit, only how many right ones are in.

    Attributes:
        scenario, variant, stage, setting: what is being done.
        fresh: whether the variant was not yet seen in this visit.
        screen: where she is.
        place: on that screen, before the gentle word after being caught, or at the end.
        asking: whether "Cần người giúp" fills the screen.
        serial: how many actions have changed something.
        entered: right digits on this screen's keypad.
        last: the wrong choice just taken on this screen; WRONG_DIGIT after a wrong digit; else 0.
        deciding: the decision screen to come back to once its consequence is over.
        path: screens behind her, the nearest last.
        mistakes, hints: how many, by screen.
        judged: decision screens whose first answer was counted.
        slips: wrong actions at decisions.
        helps: calls for a person.
        values: what choices have set.
        began, since: uptime in seconds when the attempt and the present screen began.
    """

    scenario: str
    variant: str
    stage: Stage
    setting: Setting
    screen: str
    fresh: bool = True
    place: Place = "at"
    asking: bool = False
    serial: int = 0
    entered: int = 0
    last: int = 0
    deciding: str = ""
    path: tuple[str, ...] = ()
    mistakes: dict[str, int] = msgspec.field(default_factory=dict)
    hints: dict[str, int] = msgspec.field(default_factory=dict)
    judged: tuple[str, ...] = ()
    slips: int = 0
    helps: int = 0
    values: dict[str, str] = msgspec.field(default_factory=dict)
    began: int = 0
    since: int = 0


class Choose(msgspec.Struct, frozen=True):
    """She tapped the thing of that number."""

    n: int


class Digit(msgspec.Struct, frozen=True):
    """She tapped a key of the keypad."""

    d: str


class Whole(msgspec.Struct, frozen=True):
    """With script: the whole number is in, after so many refused keys. No digit travels."""

    mistakes: int = 0


class Erase(msgspec.Struct, frozen=True):
    """She took the last digit away."""


class Hint(msgspec.Struct, frozen=True):
    """She asked for a word."""


class Help(msgspec.Struct, frozen=True):
    """She called for a person."""


class Back(msgspec.Struct, frozen=True):
    """The phone's own way back; also closes the call for a person and the gentle word."""


Action = Choose | Digit | Whole | Erase | Hint | Help | Back

_PLAIN: dict[str, Action] = {"erase": Erase(), "hint": Hint(), "help": Help(), "back": Back()}
_NUMBERED = re.compile(r"([cdw])([0-9]{1,3})", re.ASCII)


def parse_action(text: str) -> Action | None:
    """What a form sent: "c3", "d7", "w2", "erase", "hint", "help" or "back"; None for anything else."""
    if text in _PLAIN:
        return _PLAIN[text]
    found = _NUMBERED.fullmatch(text)
    if not found:
        return None
    letter, number = found.groups()
    if letter == "d":
        return Digit(number) if len(number) == 1 else None
    return Choose(int(number)) if letter == "c" else Whole(int(number))


def print_action(action: Action) -> str:
    """The text that `parse_action` reads back."""
    if isinstance(action, Choose):
        return f"c{action.n}"
    if isinstance(action, Digit):
        return f"d{action.d}"
    if isinstance(action, Whole):
        return f"w{action.mistakes}"
    return type(action).__name__.lower()


class StepDone(msgspec.Struct, frozen=True):
    """Something was answered on a screen."""

    screen: str
    outcome: Literal["right", "wrong", "hint", "help"]


class TrapMet(msgspec.Struct, frozen=True):
    """A decision was answered for the first time in this attempt."""

    screen: str
    twin: Literal["trap", "honest"]
    outcome: Literal["escaped", "caught", "went_on", "refused"]


class AttemptDone(msgspec.Struct, frozen=True):
    """The end was reached, or the visit ended before it."""

    outcome: Literal["done", "left"]
    unaided: bool
    mistakes: int
    hints: int
    helps: int


Outcome = StepDone | TrapMet | AttemptDone


_DECODER: Final = msgspec.json.Decoder(State)  # before there are threads: see scenario.py


def encode_state(state: State) -> str:
    """The state as JSON."""
    return msgspec.json.encode(state).decode()


def decode_state(text: str) -> State:
    """The state from JSON.

    Raises:
        KioskError: it is not one of this release.
    """
    try:
        return _DECODER.decode(text)
    except msgspec.DecodeError as wrong:
        raise KioskError(f"the state of an attempt cannot be read: {wrong}", hint="begin it again") from wrong
