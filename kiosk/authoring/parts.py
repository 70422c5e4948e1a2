"""The kit's parts: small drawings by name, and what is known of each (kit/parts.toml)."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import msgspec

from kiosk.packs.manifest import Row
from kiosk.pages import pictures

Box = tuple[float, float, float, float]

# Every drawing of the kit opens like this; a picture says it once for all of its parts.
OPEN = '<g fill="none" stroke="#1d2440" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">'
LINE = 3.0  # the width of an outline, in a picture of 320 x 200

_WHOLE = re.compile(r'<svg[^>]* viewBox="([^"]+)"[^>]*>(.*)</svg>\s*', re.DOTALL)


class Part(Row, frozen=True):
    """What is known of a part.

    Attributes:
        group: where the guide lists it.
        about: what it shows.
        stands: on the picture's lower edge, on the floor, in the middle of its height, or at the top.
        size: the scale at which it suits a picture.
        point: the place in it that x and y name; its middle unless given.
        slot: x, y, width and height of the place where it shows something.
        faces: x, y and scale of each face.
        sleeve: the colour of its sleeves.
    """

    group: Literal["people", "hands", "phone", "papers", "money", "market", "places", "things", "signs"]
    about: str
    stands: Literal["edge", "floor", "air", "top"]
    size: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    point: tuple[float, float] | None = None
    slot: Box | None = None
    faces: tuple[tuple[float, float, float], ...] = ()
    sleeve: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its box, and the shapes in it."""

    box: Box
    body: str

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        x, y, width, height = self.box
        return x + width / 2, y + height / 2


@cache
def parts() -> dict[str, Part]:
    """What is known of every part, by name, in the order of the guide."""
    text = resources.files("kiosk.authoring").joinpath("kit", "parts.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, Part])


@cache
def names(kind: str) -> tuple[str, ...]:
    """The names of a folder of the kit: parts, screens, grounds, faces or arms."""
    folder = resources.files("kiosk.authoring").joinpath("kit", kind)
    return tuple(sorted(one.name.removesuffix(".svg") for one in folder.iterdir() if one.name.endswith(".svg")))


@cache
def icons() -> tuple[str, ...]:
    """The names of the house's own small pictures of apps, which anything that shows may show."""
    folder = resources.files("kiosk.pages").joinpath("pictures")
    return tuple(sorted(one.name.removesuffix(".svg") for one in folder.iterdir() if one.name.startswith("app-")))


@cache
def drawing(kind: str, name: str) -> Drawing:
    """A drawing of the kit; `kind` is a folder of it."""
    path = resources.files("kiosk.authoring").joinpath("kit", kind, f"{name}.svg")
    return _drawing(path.read_text(encoding="utf-8"))


@cache
def icon(name: str) -> Drawing:
    """One of the house's own small pictures."""
    return _drawing(pictures.source(name))


def _drawing(text: str) -> Drawing:
    whole = _WHOLE.fullmatch(text.strip())
    if whole is None:
        raise ValueError(text[:80])
    x, y, width, height = (float(number) for number in whole[1].split())
    body = whole[2].strip()
    if body.startswith(OPEN):
        body = body.removeprefix(OPEN).removesuffix("</g>")
    return Drawing((x, y, width, height), body)
