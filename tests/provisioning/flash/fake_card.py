"""Cards that lie, and one that does not."""

import errno
from dataclasses import dataclass, field

from provisioning.flash.target import BLOCK


@dataclass
class Card:
    """An honest card in memory; blocks never written read as `old`."""

    size: int = 8_000_000_000 // BLOCK * BLOCK
    old: bytes = b"\0" * BLOCK
    blocks: dict[int, bytes] = field(default_factory=dict)
    log: list[int] = field(default_factory=list)

    def write(self, offset: int, data: bytes) -> None:
        assert offset % BLOCK == 0
        assert len(data) % BLOCK == 0
        self.log.append(offset)
        for start in range(0, len(data), BLOCK):
            self.keep((offset + start) // BLOCK, data[start : start + BLOCK])

    def keep(self, number: int, block: bytes) -> None:
        self.blocks[number] = block

    def read(self, offset: int, size: int) -> bytes:
        assert offset % BLOCK == 0
        return b"".join(self.block((offset + start) // BLOCK) for start in range(0, size, BLOCK))

    def block(self, number: int) -> bytes:
        return self.blocks.get(number, self.old)

    def sync(self) -> None:
        pass

    def close(self) -> None:
        pass


class Deaf(Card):
    """Takes every write and keeps none: a worn card that silently ignores them."""

    def keep(self, number: int, block: bytes) -> None:
        pass


@dataclass
class Smaller(Card):
    """Says 8 GB and has fewer: what is written behind its end lands at its beginning."""

    real: int = 2_000_000_000 // BLOCK

    def keep(self, number: int, block: bytes) -> None:
        self.blocks[number % self.real] = block

    def block(self, number: int) -> bytes:
        return self.blocks.get(number % self.real, self.old)


@dataclass
class Torn(Card):
    """Torn out after so many writes."""

    after: int = 40

    def keep(self, number: int, block: bytes) -> None:
        if len(self.log) > self.after:
            raise OSError(errno.EIO, "Input/output error")
        super().keep(number, block)


@dataclass
class Worn(Card):
    """Holds its marks, and forgets one block of the image."""

    forgets: int = 2500

    def keep(self, number: int, block: bytes) -> None:
        if number != self.forgets:
            super().keep(number, block)
