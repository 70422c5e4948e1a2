"""The pages of an attempt at a scenario: a step of it, a call for a person, the end."""

from dataclasses import dataclass
from typing import Literal

from kiosk.pages.screen import Part, Screen
from kiosk.pages.views import Tile, View


class Note(Part, frozen=True):
    """A word of the practice itself, above the prompt: what to look for, or that a wrong tap costs nothing."""

    kind: Literal["hint", "wrong", "trust"]
    text: str


@dataclass(frozen=True, kw_only=True)
class ScreenView(View, Screen):
    """One step of practice.

    Attributes:
        say: the prompt, written and spoken.
        sounds: the prompt's recordings in the order they are heard, relative to the root.
        note: a word of the practice, above the prompt.
        stage: with the voice leading, or alone.
        back: whether a step back is possible.
        hints: whether there is a further word to ask for.
        visit: what Xong ends.
        nonce: asks the phone for its time, once; empty where nobody is asked.
    """

    say: str
    sounds: tuple[str, ...] = ()
    note: Note | None = None
    stage: Literal["together", "alone"] = "together"
    back: bool = True
    hints: bool = True
    visit: str = ""
    nonce: str = ""


@dataclass(frozen=True, kw_only=True)
class AskingView(ScreenView):
    """The screen that calls a person.

    Attributes:
        helper: who comes, or empty.
        phone: the helper's number, or empty.
        hours: when the helper answers, or empty.
        call: whether the number may be called now.
    """

    helper: str = ""
    phone: str = ""
    hours: str = ""
    call: bool = True


@dataclass(frozen=True, kw_only=True)
class EndView(View):
    """The end of an attempt.

    Attributes:
        title: what was practised.
        say, sounds, note, step, steps, visit: as in `ScreenView`.
        unaided: whether no help of any kind was needed; shown as "không cần máy nhắc".
        pack: hidden in the form that starts again.
        scenario: likewise.
        stage: the one just done; after `together` the page offers `alone` first.
        then: the next path, offered after `alone`; none behind the last.
    """

    title: str
    say: str
    pack: str
    scenario: str
    stage: Literal["together", "alone"]
    sounds: tuple[str, ...] = ()
    note: Note | None = None
    step: int = 0
    steps: int = 0
    unaided: bool = False
    visit: str = ""
    then: Tile | None = None
