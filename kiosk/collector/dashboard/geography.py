"""The land of a map from nothing but where villages lie: each holds what is nearest to it, within a bound.

No file of borders is needed, and none could be out of date: a commune is the cells of its villages.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, radians, sin
from statistics import median

WIDE = 1000.0  # units of the drawing
_MARGIN = 40.0
_SHORE = 10.0  # what is drawn around the coast
_CORNERS = 20  # of a cell that nobody bounds
_REACH = 2.1  # how far a cell goes, in usual gaps between villages
_TINTS = 4
_SEA = -1

Point = tuple[float, float]
Edge = tuple[Point, Point, int]  # from, to, the neighbour beyond it or `_SEA`


@dataclass(frozen=True, slots=True)
class Land:
    """A drawing, in its own units, north up.

    Attributes:
        high: its height; it is `WIDE` wide.
        pad: how far the land goes beyond the drawing's edges at most.
        gap: the usual distance between neighbours: what is drawn at a village should be smaller.
        points: where each village lies.
        tints: per tint the path of its communes' cells; neighbours differ as far as four tints allow.
        borders: the path between communes.
        coast: the path around it all.
    """

    high: float
    pad: float
    gap: float
    points: tuple[Point, ...]
    tints: tuple[str, ...]
    borders: str
    coast: str


@lru_cache(maxsize=32)
def land(places: tuple[tuple[int, int], ...], communes: tuple[str, ...]) -> Land:
    """The drawing of villages at these latitudes and longitudes (millionths of a degree), one or more."""
    points, high = _project(places)
    gap = _gap(points)
    cells = list(_cells(points, gap * _REACH))
    tint = _tints(cells, communes)
    paths = [""] * _TINTS
    for cell, commune in zip(cells, communes, strict=True):
        paths[tint[commune]] += _closed(cell)
    borders, coast = [], []
    for index, cell in enumerate(cells):
        for edge in cell:
            if edge[2] == _SEA:
                coast.append(_line(edge))
            elif index < edge[2] and communes[index] != communes[edge[2]]:
                borders.append(_line(edge))
    return Land(
        high, max(0.0, gap * _REACH + _SHORE - _MARGIN), gap, points, tuple(paths), "".join(borders), "".join(coast)
    )


def _project(places: Sequence[tuple[int, int]]) -> tuple[tuple[Point, ...], float]:
    """Equirectangular around the middle: a province is small."""
    middle = cos(radians(sum(north for north, _ in places) / len(places) / 1e6))
    flat = [(east * middle, -north) for north, east in places]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    broad = max(max(x for x, _ in flat) - left, (max(y for _, y in flat) - top) / 1.1, 1.0)
    scale = (WIDE - 2 * _MARGIN) / broad
    slack = (WIDE - 2 * _MARGIN - (max(x for x, _ in flat) - left) * scale) / 2
    points = tuple((_MARGIN + slack + (x - left) * scale, _MARGIN + (y - top) * scale) for x, y in flat)
    return points, max(y for _, y in points) + _MARGIN


def _gap(points: Sequence[Point]) -> float:
    """The median distance to the nearest other village, within what can be drawn."""
    if len(points) == 1:
        return WIDE / 10
    near = _Near(points, WIDE / max(1.0, len(points) ** 0.5))
    gaps = [
        hypot(points[other][0] - x, points[other][1] - y)
        for index, (x, y) in enumerate(points)
        for other in near.by(index)[:1]
    ]
    return min(max(median(gaps) if gaps else WIDE / 10, 6.0), WIDE / 10)


class _Near:
    """Villages found by squares of a side."""

    def __init__(self, points: Sequence[Point], side: float) -> None:
        self._points, self._side = points, side
        self._squares: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(points):
            self._squares[int(x // side), int(y // side)].append(index)

    def by(self, index: int) -> list[int]:
        """The others in this square and the eight around it, nearest first; one at the same place is none."""
        x, y = self._points[index]
        column, row = int(x // self._side), int(y // self._side)
        found = [
            (hypot(self._points[other][0] - x, self._points[other][1] - y), other)
            for over in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in self._squares.get((column + over, row + down), ())
        ]
        return [other for far, other in sorted(found) if far > 0]


def _cells(points: Sequence[Point], reach: float) -> Iterator[list[Edge]]:
    near = _Near(points, 2 * reach)
    for index, (x, y) in enumerate(points):
        around = [2 * pi * corner / _CORNERS for corner in range(_CORNERS)]
        ring = [(x + reach * cos(turn), y + reach * sin(turn)) for turn in around]
        cell: list[Edge] = [(one, ring[(n + 1) % _CORNERS], _SEA) for n, one in enumerate(ring)]
        for other in near.by(index):
            half = hypot(points[other][0] - x, points[other][1] - y) / 2
            if half >= max(hypot(start[0] - x, start[1] - y) for start, _, _ in cell):
                break
            cell = list(_cut(cell, (x, y), points[other], other))
        yield cell


def _cut(cell: list[Edge], own: Point, other: Point, index: int) -> Iterator[Edge]:
    """The part of a cell that is nearer to its own village than to another."""
    across = (other[0] - own[0], other[1] - own[1])
    level = (other[0] ** 2 + other[1] ** 2 - own[0] ** 2 - own[1] ** 2) / 2
    kept: list[Edge] = []
    for start, end, beyond in cell:
        begins = start[0] * across[0] + start[1] * across[1] - level
        ends = end[0] * across[0] + end[1] * across[1] - level
        if begins > 0 and ends > 0:
            continue
        share = begins / (begins - ends) if begins != ends else 0.0
        crossing = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        kept.append((start if begins <= 0 else crossing, end if ends <= 0 else crossing, beyond))
    for edge, following in zip(kept, kept[1:] + kept[:1], strict=True):
        yield edge
        if edge[1] != following[0]:  # a convex cell is cut once
            yield edge[1], following[0], index


def _tints(cells: Sequence[list[Edge]], communes: Sequence[str]) -> dict[str, int]:
    """A tint for each commune, the least that no neighbour has yet."""
    beside: dict[str, set[str]] = {name: set() for name in communes}
    for index, cell in enumerate(cells):
        for _, _, beyond in cell:
            if beyond != _SEA and communes[beyond] != communes[index]:
                beside[communes[index]].add(communes[beyond])
    found: dict[str, int] = {}
    for name in sorted(beside, key=lambda one: (-len(beside[one]), one)):
        taken = {found[other] for other in beside[name] if other in found}
        found[name] = next((tint for tint in range(_TINTS) if tint not in taken), len(name) % _TINTS)
    return found


def _closed(cell: Sequence[Edge]) -> str:
    return "M" + "L".join(f"{start[0]:.0f} {start[1]:.0f}" for start, _, _ in cell) + "z" if cell else ""


def _line(edge: Edge) -> str:
    return f"M{edge[0][0]:.0f} {edge[0][1]:.0f}L{edge[1][0]:.0f} {edge[1][1]:.0f}"
