"""How sure a share is: of few tries little can be said."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96  # 95 of 100 such intervals hold the truth


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; `low` and `high` bound what it may truly be (Wilson's interval, 95%)."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share itself, 0 where nothing was tried."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def low(self) -> float:
        """The least it may be."""
        middle, half = self._wilson()
        return max(0.0, middle - half)

    @property
    def high(self) -> float:
        """The most it may be."""
        middle, half = self._wilson()
        return min(1.0, middle + half)

    def _wilson(self) -> tuple[float, float]:
        """Middle and half of the interval.

        Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
        """
        if not self.whole:
            return 0.5, 0.5
        spread = _Z * _Z / self.whole
        middle = (self.value + spread / 2) / (1 + spread)
        half = _Z * sqrt(self.value * (1 - self.value) / self.whole + spread / (4 * self.whole)) / (1 + spread)
        return middle, half
