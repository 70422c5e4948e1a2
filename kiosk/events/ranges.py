"""A set of whole numbers held as sorted, disjoint, closed spans: which seqs were sent, held, gone."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.errors import KioskError


@dataclass(frozen=True, slots=True)
class Ranges:
    """The set; `spans` are (first, last), sorted, neither touching nor overlapping. Use `of` and `join` to make one."""

    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        last: int | None = None
        for first, end in self.spans:
            if first > end or (last is not None and first <= last + 1):
                raise KioskError(f"the span {first}-{end} is not in order")
            last = end

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Ranges":
        """The set of these numbers."""
        return cls.join((number, number) for number in numbers)

    @classmethod
    def join(cls, spans: Iterable[tuple[int, int]]) -> "Ranges":
        """The union of spans in any order, touching or overlapping."""
        joined: list[tuple[int, int]] = []
        for first, last in sorted(spans):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return cls(tuple(joined))

    @property
    def total(self) -> int:
        """How many numbers it holds."""
        return sum(last - first + 1 for first, last in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self.spans, number, key=lambda span: span[0]) - 1
        return place >= 0 and number <= self.spans[place][1]

    def __iter__(self) -> Iterator[int]:
        """Every number, smallest first."""
        for first, last in self.spans:
            yield from range(first, last + 1)

    def __or__(self, other: "Ranges") -> "Ranges":
        return Ranges.join(self.spans + other.spans)

    def __sub__(self, other: "Ranges") -> "Ranges":
        left: list[tuple[int, int]] = []
        holes = iter(other.spans)
        hole = next(holes, None)
        for start, last in self.spans:
            first = start
            while hole and hole[1] < first:
                hole = next(holes, None)
            while hole and hole[0] <= last:
                if hole[0] > first:
                    left.append((first, hole[0] - 1))
                first = hole[1] + 1
                if first > last:
                    break
                hole = next(holes, None)
            if first <= last:
                left.append((first, last))
        return Ranges(tuple(left))

    def __and__(self, other: "Ranges") -> "Ranges":
        return self - (self - other)


NONE = Ranges()
