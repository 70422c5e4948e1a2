"""A picture put together from the kit: from a description to one SVG.

What stands first in the list lies at the back. A place is a word (left, top-right, ...) or x and y; everything else
has a sensible value, so that most parts are one word and a place.
"""

import re
from dataclasses import dataclass, field

from kiosk.authoring import parts
from kiosk.authoring.parts import Box, Drawing, Part
from kiosk.authoring.scene import Item, Picture, Place, Placed, several

WIDTH, HEIGHT = 320, 200
FLOOR = 178  # where things stand
TOP = 8
_SLOT = '<g id="shows"/>'
_EMPTY = re.compile(r'<g id="empty">.*?</g>')  # what is seen only while nothing is shown
_HELD = (38.0, 4.0, 60.0, 70.0)  # where a person's hand holds something
_SCREEN = 1.5  # times as high as wide, a place is a phone's
_ROOM = 0.9  # of its place, for what does not fill it
_CLIPPED = re.compile(r'clip-path="url\(#([\w-]+)\)"')
_TURNED = -42  # a tapping hand comes from the lower right
_HAND = 0.92
_ASIDE = 70  # from a head to the middle of what it says
_HIGHEST = 50
_RINGS = "M-11 4C-14-16 14-16 11 4M-17 3C-20-25 20-25 17 3"

Point = tuple[float, float]


def draw(picture: Picture) -> bytes:
    """The picture as a plain SVG; the same description gives the same bytes."""
    ground = parts.drawing("grounds", picture.ground).body if picture.ground else ""
    pen = _TILE if picture.frame == "tile" else _CARD
    body = "".join((ground, *(pen.item(item) for item in picture.items)))
    opened = parts.OPEN.replace(f'stroke-width="{parts.LINE:g}"', f'stroke-width="{pen.line:g}"')
    clips = "".join(_clip(name) for name in sorted(set(_CLIPPED.findall(body))))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{pen.box}">{clips}{opened}{body}</g></svg>'.encode()


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws for one size of picture.

    Attributes:
        box: what is seen of the 320 x 200.
        line: the width of an outline.
        across: where the words for places lie.
    """

    box: str = f"0 0 {WIDTH} {HEIGHT}"
    line: float = parts.LINE
    across: dict[str, float] = field(default_factory=lambda: {"left": 76.0, "middle": 160.0, "right": 244.0})

    def item(self, item: Item) -> str:
        """A part where it stands, with all that belongs to it."""
        about, drawn, placed = parts.parts()[item.part], parts.drawing("parts", item.part), item.placed
        scale = about.size * placed.scale
        point = about.point or drawn.middle
        at = self.where(about, drawn, placed, scale)
        shown = self.shown(about, placed)
        body = (_EMPTY.sub("", drawn.body) if shown else drawn.body).replace(_SLOT, shown)
        body += self.faces(about, placed) + self.arm(about, placed)
        moved = self.group(body, at, scale, point, turn=placed.turn, mirror=placed.mirror)
        return moved + self.tap(about, placed, at, scale, point) + self.bubbles(placed, at, scale, point)

    def where(self, about: Part, drawn: Drawing, placed: Placed, scale: float) -> Point:
        """Where the part's point comes to lie."""
        down, across = _words(placed.at)
        x = self.across[across] if placed.x is None else placed.x
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

    def group(
        self, body: str, at: Point, scale: float, point: Point = (0, 0), *, turn: float = 0, mirror: bool = False
    ) -> str:
        """The body with its point at that place; outlines keep their width."""
        if not turn and not mirror:  # one move says the same in fewer bytes
            at, point = (at[0] - point[0] * scale, at[1] - point[1] * scale), (0, 0)
        moves = [f"translate({_n(at[0])} {_n(at[1])})"] if at != (0, 0) else []
        moves += [f"rotate({_n(turn)})"] if turn else []
        moves += [_scaled(scale, mirror=mirror)] if mirror or scale != 1 else []
        moves += [f"translate({_n(-point[0])} {_n(-point[1])})"] if point != (0, 0) else []
        width = f' stroke-width="{self.line / scale:.1f}"' if scale != 1 else ""
        return f'<g transform="{" ".join(moves)}"{width}>{body}</g>' if moves else body

    def shown(self, about: Part, placed: Placed) -> str:
        """What the part shows, in its slot; several side by side or below each other, on a screen two and two."""
        wanted = several(placed.shows)
        if about.slot is None or not wanted:
            return ""
        x, y, width, height = about.slot
        screen = height > width * _SCREEN
        columns = min(len(wanted), 2 if screen else 1 if height > width else len(wanted))
        across, down = width / columns, height / -(-len(wanted) // columns)
        scale = about.size * placed.scale
        return "".join(
            self.fitted(
                _anything(name, screen=screen),
                (x + place % columns * across, y + place // columns * down, across, down),
                mirror=placed.mirror,
                scale=scale,
            )
            for place, name in enumerate(wanted)
        )

    def fitted(self, thing: "_Thing", box: Box, *, mirror: bool, scale: float) -> str:
        """A screen, an icon or a part as large as the box lets it be."""
        drawn = thing.drawn
        x, y, width, height = box
        fits = min(width / drawn.box[2], height / drawn.box[3]) * (1.0 if thing.full else _ROOM)
        body = drawn.body + (self.faces(thing.part, Placed()) if thing.part else "")
        if thing.part and thing.part.stands == "edge":
            body = f'<g clip-path="url(#{thing.name})">{body}</g>'
        moves = [f"translate({_n(x + width / 2)} {_n(y + height / 2)})"]
        moves += [_scaled(fits, mirror=mirror)] if mirror or fits != 1 else []
        moves += [f"translate({_n(-drawn.middle[0])} {_n(-drawn.middle[1])})"]
        line = max(self.line * 0.7, min(self.line, self.line * fits * scale)) / fits / scale
        return f'<g transform="{" ".join(moves)}" stroke-width="{line:.1f}">{body.replace(_SLOT, "")}</g>'

    def faces(self, about: Part, placed: Placed) -> str:
        """The faces of a part, all in one mood."""
        mood = parts.drawing("faces", placed.mood or "smile").body
        return "".join(self.group(mood, (x, y), scale) for x, y, scale in about.faces)

    def arm(self, about: Part, placed: Placed) -> str:
        """A person's arm, in the colour of the sleeve."""
        does = "holds" if placed.holds else placed.does
        if does is None:
            return ""
        held = ""
        if placed.holds:
            thing = _anything(placed.holds, screen=False)
            held = self.fitted(thing, _HELD, mirror=placed.mirror, scale=about.size * placed.scale)
        body = parts.drawing("arms", does).body.replace(_SLOT, held)
        return f'<g color="{about.sleeve}">{body}</g>'

    def bubbles(self, placed: Placed, at: Point, scale: float, point: Point) -> str:
        """What a person says or thinks, beside the head, towards the middle."""
        side = -1 if at[0] > WIDTH * 0.6 else 1
        x, y = at[0] + (side * _ASIDE - point[0]) * scale, max(at[1] - (point[1] + 8) * scale, _HIGHEST)
        return "".join(
            self.item(Item(name, Placed(x=x, y=y, mirror=side < 0, shows=what)))
            for name, what in (("bubble", placed.says), ("thought", placed.thinks))
            if what
        )

    def tap(self, about: Part, placed: Placed, at: Point, scale: float, point: Point) -> str:
        """Rings and a tapping hand on the screen, from the side where there is more room."""
        if about.slot is None or placed.tap is None:
            return ""
        x, y = _on(about.slot, placed.tap, several(placed.shows))
        x, y = at[0] + (x - point[0]) * scale, at[1] + (y - point[1]) * scale
        mirror = x > WIDTH * 0.6
        rings = f'<path stroke="#d8322a" d="{_RINGS}" transform="translate({_n(x)} {_n(y)})"/>'
        hand, side = parts.drawing("parts", "hand-point").body, -1 if mirror else 1
        return rings + self.group(hand, (x + 3 * side, y + 4), _HAND, turn=_TURNED * side, mirror=mirror)


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that is shown or held; `full`: it fills its place."""

    name: str
    drawn: Drawing
    part: Part | None = None
    full: bool = False


def _clip(name: str) -> str:
    """The box of a part that goes on below it, so that no gap is seen where a page leaves room under a picture."""
    x, y, width, height = (_n(side) for side in parts.drawing("parts", name).box)
    return f'<clipPath id="{name}"><path d="M{x} {y}h{width}v{height}h-{width}z"/></clipPath>'


def _anything(name: str, *, screen: bool) -> _Thing:
    """An icon, a screen or a part; of two of that name a phone takes the screen."""
    if name in parts.icons():
        return _Thing(name, parts.icon(name))
    if name in parts.names("screens") and (screen or name not in parts.parts()):
        return _Thing(name, parts.drawing("screens", name), full=screen)
    return _Thing(name, parts.drawing("parts", name), parts.parts()[name])


def _words(at: Place | None) -> tuple[str, str]:
    """The place as (top, bottom or nothing; left, middle or right)."""
    down, _, across = (at or "middle").rpartition("-")
    return (across, "middle") if across in ("top", "bottom") else (down, across)


def _on(slot: Box, at: Place, shown: tuple[str, ...]) -> Point:
    """A place on a screen; where icons are shown, the lower edge of one, so that a finger does not hide it."""
    left, top, width, height = slot
    down, across = _words(at)
    x = {"left": 0.25, "middle": 0.5, "right": 0.75}[across]
    y = {"top": 0.2, "": 0.5, "bottom": 0.85}[down]
    if len(shown) > 1:
        y = {"top": 0.39, "": 0.64, "bottom": 0.89}[down]
    elif shown and shown[0] not in parts.names("screens"):
        y = 0.75
    return left + width * x, top + height * y


def _scaled(scale: float, *, mirror: bool) -> str:
    return f"scale(-{_n(scale)} {_n(scale)})" if mirror else f"scale({_n(scale)})"


def _n(value: float) -> str:
    """A number in as few characters as a picture needs."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


_CARD = _Pen()
_TILE = _Pen("40 4 240 192", 5.4, {"left": 102.0, "middle": 160.0, "right": 218.0})
