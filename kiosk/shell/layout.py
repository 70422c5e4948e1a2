"""How a page fills a screen: one design each for broad and tall, drawn as large as the screen allows."""

from dataclasses import dataclass
from typing import Final

# What the pages were laid out for, in CSS pixels; text grows with the screen from there.
_BROAD: Final = (880, 520)
_TALL: Final = 520
_LEAST: Final = 0.8
_LOW_FROM: Final = 700  # pixels of height below which nothing can be moved down
_LOW: Final = 0.42


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the page stands.

    Attributes:
        top: pixels of the screen that stay free above it.
        zoom: device pixels for one of the page.
    """

    top: int
    zoom: float


def layout(width: int, height: int, *, low: bool = False) -> Layout:
    """The layout of a screen of so many pixels; `low` brings all that can be touched within a child's reach."""
    top = round(height * _LOW) if low and can_be_low(height) else 0
    left = height - top
    zoom = width / _TALL if left > width else min(width / _BROAD[0], left / _BROAD[1])
    return Layout(top, round(max(_LEAST, zoom, 1.0 if not top else 0), 2))


def can_be_low(height: int) -> bool:
    """Whether a screen is tall enough for the low mode; on a small one everything is within reach."""
    return height >= _LOW_FROM
