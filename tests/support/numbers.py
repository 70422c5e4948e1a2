"""Numbers that look like real people's, made by rule, each one once: what is found again says where it was put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_DIGITS = re.compile(rb"\d{10,}|(?:\d\0){10,}")
_LENGTHS = (10, 12, 16)
_SPREAD = 7_919  # a prime: neighbours share few digits


@dataclass
class Numbers:
    """Hands out numbers and remembers where each was put.

    Attributes:
        put: number -> where.
    """

    put: dict[str, str] = field(default_factory=dict)
    _count: int = 100_000

    def three(self, where: str) -> tuple[str, str, str]:
        """A citizen number, a card number and a phone number that nobody was given before."""
        made = (citizen(self._next()), card(self._next()), phone(self._next()))
        self.put |= dict.fromkeys(made, where)
        return made

    def one(self, where: str) -> str:
        """All three, as somebody might type them one after the other."""
        return " ".join(self.three(where))

    def found_in(self, data: bytes) -> Iterator[str]:
        """Where each number was put that stands in these bytes, plain or as wide characters."""
        for digits in _DIGITS.findall(data):
            run = digits.replace(b"\0", b"").decode()
            for length in _LENGTHS:
                for start in range(len(run) - length + 1):
                    number = run[start : start + length]
                    if number in self.put:
                        yield f"{self.put[number]}: {number}"

    def _next(self) -> int:
        self._count += 1
        return self._count * _SPREAD


def citizen(number: int) -> str:
    """12 digits as on a citizen card: a province's code first."""
    return f"012{number % 10**9:09d}"


def card(number: int) -> str:
    """16 digits that pass Luhn's check."""
    front = f"970{number % 10**12:012d}"
    return next(front + str(last) for last in range(10) if luhn(front + str(last)))


def phone(number: int) -> str:
    """10 digits as of a mobile phone."""
    return f"09{number % 10**8:08d}"


def luhn(digits: str) -> bool:
    """Whether a card's number passes Luhn's check."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
