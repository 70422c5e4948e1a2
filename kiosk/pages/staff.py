"""What the pages behind the staff door are made from; in Vietnamese only."""

from dataclasses import dataclass

from kiosk.pages.views import View


@dataclass(frozen=True, kw_only=True)
class Room:
    """A tile of the first page behind the door.

    Attributes:
        address: relative to the root.
        title: what is done there, in a few words.
        picture: name of a drawing of ours.
        colour: gold, sky, clay or rice.
        order: small ones come first.
    """

    address: str
    title: str
    picture: str
    colour: str = "rice"
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A room with what is to be said of it now; `lit` where something waits or is on."""

    room: Room
    note: str = ""
    lit: bool = False


@dataclass(frozen=True, kw_only=True)
class StaffView(View):
    """A page behind the door.

    Attributes:
        title: what it is.
        mark: what its forms bear, as the hidden field `k`; empty before the door.
    """

    title: str
    mark: str = ""
