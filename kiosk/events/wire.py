"""Numbers and texts as bytes: varints, zigzag, spans; read strictly and within bounds."""

from collections.abc import Iterable

from kiosk.errors import KioskError
from kiosk.events.event import SEQ_MOST
from kiosk.events.ranges import Ranges

_CONTINUES = 0x80
_SEVEN = 0x7F
_VARINT_BYTES = 9  # 63 bits


def damaged(why: str) -> KioskError:
    """The error of every reader here."""
    return KioskError(f"the batch is damaged: {why}")


def zigzag(number: int) -> int:
    """A signed number as an unsigned one, small for small."""
    return number * 2 if number >= 0 else -number * 2 - 1


def unzigzag(number: int) -> int:
    """The signed number again."""
    return -(number + 1) // 2 if number & 1 else number // 2


class Writer:
    """Bytes in the making."""

    def __init__(self) -> None:
        self._data = bytearray()

    @property
    def data(self) -> bytes:
        """What was written."""
        return bytes(self._data)

    def raw(self, data: bytes) -> None:
        """The bytes themselves."""
        self._data += data

    def number(self, number: int) -> None:
        """An unsigned number, seven bits a byte, lowest first."""
        while number > _SEVEN:
            self._data.append(number & _SEVEN | _CONTINUES)
            number >>= 7
        self._data.append(number)

    def numbers(self, numbers: Iterable[int]) -> None:
        """Each of them."""
        for number in numbers:
            self.number(number)

    def block(self, data: bytes) -> None:
        """Bytes with their length before them, so that a reader can step over them."""
        self.number(len(data))
        self.raw(data)

    def ranges(self, ranges: Ranges) -> None:
        """A set of positive numbers: how many spans, then gap and length of each."""
        self.number(len(ranges.spans))
        end = 0
        for first, last in ranges.spans:
            self.number(first - end)
            self.number(last - first)
            end = last


class Reader:
    """Bytes to be read to their end; whatever is not as a `Writer` writes it is a KioskError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read."""
        return len(self._data) - self._at

    def raw(self, size: int) -> bytes:
        """The next bytes."""
        if size > self.left:
            raise damaged("it ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self, most: int = SEQ_MOST) -> int:
        """An unsigned number up to `most`."""
        number = 0
        for place in range(_VARINT_BYTES):
            byte = self.raw(1)[0]
            number |= (byte & _SEVEN) << (7 * place)
            if byte < _CONTINUES:
                if number > most:
                    break
                return number
        raise damaged("a number is too large")

    def numbers(self, count: int) -> list[int]:
        """So many numbers."""
        if count > self.left:
            raise damaged("it ends too early")
        return [self.number() for _ in range(count)]

    def block(self) -> bytes:
        """Bytes with their length before them."""
        return self.raw(self.number())

    def ranges(self) -> Ranges:
        """A set of positive numbers, at most SEQ_MOST."""
        spans: list[tuple[int, int]] = []
        end = 0
        for _ in range(self.number(self.left)):
            first = end + self.number()
            end = first + self.number()
            spans.append((first, end))
        if end > SEQ_MOST or (spans and spans[0][0] < 1):
            raise damaged("a seq is out of bounds")
        return Ranges(tuple(spans))

    def end(self) -> None:
        """Refuse anything that is left."""
        if self.left:
            raise damaged(f"{self.left} bytes too many")
