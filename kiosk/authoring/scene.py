"""A picture as its author describes it: parts of the kit, from the back to the front, and how each stands there."""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from kiosk.packs.manifest import Row

MOST = 12  # parts; more would not be recognised at 96 px

Place = Literal[
    "left", "middle", "right",
    "top-left", "top", "top-right",
    "bottom-left", "bottom", "bottom-right",
]  # fmt: skip
Mood = Literal["smile", "glad", "talk", "calm", "worry", "angry"]
Frame = Literal["card", "tile"]
Does = Literal["calls", "waves", "points"]
Names = str | Annotated[tuple[str, ...], msgspec.Meta(max_length=4)]


class Placed(Row, frozen=True):
    """A part of a picture, and how it stands there.

    Attributes:
        at: its place in words.
        x: instead of that word, in the picture's 320 x 200; the middle of the part, or a hand's fingertip.
        y: as x.
        scale: times its own size.
        turn: degrees, to the right.
        mirror: left and right changed; what it shows stays as it is.
        mood: of a person's face.
        does: what a person's arm does.
        holds: the part in a person's hand.
        says: what a person says, in a bubble towards the middle; several stand side by side.
        thinks: the same in a cloud.
        shows: what is seen on a screen, in a bubble, in a hand; several stand side by side.
        tap: a hand taps the screen there.
    """

    at: Place | None = None
    x: Annotated[float, msgspec.Meta(ge=-80, le=400)] | None = None
    y: Annotated[float, msgspec.Meta(ge=-80, le=320)] | None = None
    scale: Annotated[float, msgspec.Meta(ge=0.2, le=3)] = 1.0
    turn: Annotated[float, msgspec.Meta(ge=-180, le=180)] = 0.0
    mirror: bool = False
    mood: Mood | None = None
    does: Does | None = None
    holds: str | None = None
    says: Names = ()
    thinks: Names = ()
    shows: Names = ()
    tap: Place | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A named part of a picture."""

    part: str
    placed: Placed


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as its author describes it.

    Attributes:
        ground: what lies behind everything, or nothing.
        items: from the back to the front.
        frame: a card's picture, or a tile's: smaller where it is shown, so with outlines twice as thick.
    """

    ground: str
    items: tuple[Item, ...]
    frame: Frame = "card"


def several(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else names
