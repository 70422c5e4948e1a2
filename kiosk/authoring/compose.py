"""A picture put together from the kit: from the lines of a lesson to one SVG of 320 x 200.

What stands first in the list lies at the back. A place is a word (left, top-right, ...) or x and y; everything else
has a sensible value, so that most parts are one word and a place.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from kiosk.authoring import parts
from kiosk.authoring.parts import Box, Drawing, Part
from kiosk.packs.manifest import Row

WIDTH, HEIGHT = 320, 200
FLOOR = 178  # where things stand
TOP = 8
MOST = 12  # parts; more would not be recognised at 96 px
_ACROSS = {"left": 76.0, "middle": 160.0, "right": 244.0}
_SLOT = '<g id="shows"/>'
_TURNED = -42  # a tapping hand comes from the lower right
_HAND = 0.92
_ASIDE = 78  # from a head to the middle of what it says
_HIGHEST = 50
_RINGS = "M-11 4C-14-16 14-16 11 4M-17 3C-20-25 20-25 17 3"

Place = Literal[
    "left", "middle", "right",
    "top-left", "top", "top-right",
    "bottom-left", "bottom", "bottom-right",
]  # fmt: skip
Mood = Literal["smile", "glad", "talk", "calm", "worry", "angry"]
Names = str | tuple[str, ...]


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
    does: Literal["calls", "waves", "points"] | None = None
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
    """A picture as its author describes it."""

    ground: str
    items: tuple[Item, ...]


def several(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else names


def draw(picture: Picture) -> bytes:
    """The picture as a plain SVG; the same description gives the same bytes."""
    ground = parts.drawing("grounds", picture.ground).body if picture.ground else ""
    body = "".join((ground, *(_item(item) for item in picture.items)))
    root = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return f"{root}{parts.OPEN}{body}</g></svg>".encode()


def _item(item: Item) -> str:
    about, drawn, placed = parts.parts()[item.part], parts.drawing("parts", item.part), item.placed
    scale = about.size * placed.scale
    point = about.point or drawn.middle
    x, y = _where(about, drawn, placed, scale)
    body = drawn.body.replace(_SLOT, _shown(about, placed))
    body += _faces(about, placed) + _arm(about, placed)
    moved = _group(body, x, y, scale, point, turn=placed.turn, mirror=placed.mirror)
    return moved + _tap(about, placed, (x, y), scale, point) + _bubbles(placed, (x, y), scale, point)


def _where(about: Part, drawn: Drawing, placed: Placed, scale: float) -> tuple[float, float]:
    """Where the part's point comes to lie."""
    down, across = _words(placed.at)
    x = _ACROSS[across] if placed.x is None else placed.x
    if placed.y is not None:
        return x, placed.y
    top, height = drawn.box[1], drawn.box[3]
    point = (about.point or drawn.middle)[1]
    above, below = (point - top) * scale, (top + height - point) * scale
    stands = {"top": "top", "bottom": "low", "": about.stands}[down]
    y = {
        "top": TOP + above,
        "air": HEIGHT / 2 - (below - above) / 2,
        "floor": max(FLOOR - below, TOP + above),
        "low": HEIGHT - TOP - below,
        "edge": max(HEIGHT - below, TOP + above),
    }[stands]
    return x, y


def _words(at: Place | None) -> tuple[str, str]:
    """The place as (top, bottom or nothing; left, middle or right)."""
    down, _, across = (at or "middle").rpartition("-")
    return (across, "middle") if across in ("top", "bottom") else (down, across)


def _group(
    body: str, x: float, y: float, scale: float, point: tuple[float, float], *, turn: float = 0, mirror: bool = False
) -> str:
    """The body with its point at x and y; outlines keep their width."""
    moves = [f"translate({_n(x)} {_n(y)})"] if (x, y) != (0, 0) else []
    moves += [f"rotate({_n(turn)})"] if turn else []
    moves += [f"scale({'-' if mirror else ''}{_n(scale)} {_n(scale)})"] if mirror else []
    moves += [f"scale({_n(scale)})"] if scale != 1 and not mirror else []
    moves += [f"translate({_n(-point[0])} {_n(-point[1])})"] if point != (0, 0) else []
    width = f' stroke-width="{_n(parts.LINE / scale)}"' if scale != 1 else ""
    return f'<g transform="{" ".join(moves)}"{width}>{body}</g>' if moves else body


def _shown(about: Part, placed: Placed) -> str:
    """What the part shows, in its slot; several side by side, on a screen two and two."""
    wanted = several(placed.shows)
    if about.slot is None or not wanted:
        return ""
    x, y, width, height = about.slot
    columns = min(len(wanted), 2 if height > width else len(wanted))
    rows = -(-len(wanted) // columns)
    across, down = width / columns, height / rows
    return "".join(
        _fitted(
            name,
            (x + place % columns * across, y + place // columns * down, across, down),
            mirror=placed.mirror,
            scale=about.size * placed.scale,
            screen=about.group == "phone",
        )
        for place, name in enumerate(wanted)
    )


def _fitted(name: str, box: Box, *, mirror: bool, scale: float, screen: bool = False) -> str:
    """A screen, an icon or a part as large as the box lets it be."""
    drawn, full = _anything(name, screen=screen)
    x, y, width, height = box
    room = 1.0 if full else 0.86
    fits = min(width / drawn.box[2], height / drawn.box[3]) * room
    body = drawn.body + (_faces(parts.parts()[name], Placed()) if name in parts.parts() else "")
    moved = f"translate({_n(x + width / 2)} {_n(y + height / 2)})"
    moved += f" scale({'-' if mirror else ''}{_n(fits)} {_n(fits)})" if mirror or fits != 1 else ""
    moved += f" translate({_n(-drawn.middle[0])} {_n(-drawn.middle[1])})"
    line = max(parts.LINE * 0.7, min(parts.LINE, parts.LINE * fits * scale))
    return f'<g transform="{moved}" stroke-width="{_n(line / fits / scale)}">{body.replace(_SLOT, "")}</g>'


def _anything(name: str, *, screen: bool) -> tuple[Drawing, bool]:
    """A drawing that can be shown, and whether it fills its box; of two of that name a phone takes the screen."""
    if name in parts.icons():
        return parts.icon(name), False
    if name in parts.names("screens") and (screen or name not in parts.parts()):
        return parts.drawing("screens", name), screen
    return parts.drawing("parts", name), False


def _faces(about: Part, placed: Placed) -> str:
    mood = parts.drawing("faces", placed.mood or "smile").body
    return "".join(_group(mood, x, y, scale, (0, 0)) for x, y, scale in about.faces)


def _arm(about: Part, placed: Placed) -> str:
    """A person's arm, in the colour of the sleeve."""
    does = "holds" if placed.holds else placed.does
    if does is None:
        return ""
    held = ""
    if placed.holds:
        held = _fitted(placed.holds, (38, 4, 60, 70), mirror=placed.mirror, scale=about.size * placed.scale)
    body = parts.drawing("arms", does).body.replace(_SLOT, held)
    return f'<g color="{about.sleeve}">{body}</g>'


def _bubbles(placed: Placed, at: tuple[float, float], scale: float, point: tuple[float, float]) -> str:
    """What a person says or thinks, beside the head."""
    side = -1 if at[0] > WIDTH * 0.6 else 1
    x, y = at[0] + (side * _ASIDE - point[0]) * scale, max(at[1] - (point[1] + 8) * scale, _HIGHEST)
    return "".join(
        _item(Item(name, Placed(x=x, y=y, mirror=side < 0, shows=what)))
        for name, what in (("bubble", placed.says), ("thought", placed.thinks))
        if what
    )


def _tap(about: Part, placed: Placed, at: tuple[float, float], scale: float, point: tuple[float, float]) -> str:
    """Rings and a tapping hand on the screen, from the side where there is more room."""
    if about.slot is None or placed.tap is None:
        return ""
    left, top, width, height = about.slot
    down, across = _words(placed.tap)
    tip_x = at[0] + (left + width * {"left": 0.25, "middle": 0.5, "right": 0.75}[across] - point[0]) * scale
    tip_y = at[1] + (top + height * {"top": 0.2, "": 0.5, "bottom": 0.85}[down] - point[1]) * scale
    mirror = tip_x > WIDTH * 0.6
    rings = f'<path stroke="#d8322a" d="{_RINGS}" transform="translate({_n(tip_x)} {_n(tip_y)})"/>'
    hand = parts.drawing("parts", "hand-point").body
    turn = -_TURNED if mirror else _TURNED
    shift = -3 if mirror else 3
    return rings + _group(hand, tip_x + shift, tip_y + 4, _HAND, (0, 0), turn=turn, mirror=mirror)


def _n(value: float) -> str:
    """A number in as few characters as a picture needs."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said
