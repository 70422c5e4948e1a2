"""An image onto a card: tried, written, read back and compared; the first sector comes last.

A card that is torn out half-way has no partitions, so that nothing starts from it.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kiosk.errors import KioskError
from provisioning.card import MIB, room
from provisioning.flash.fat import Patch, Read
from provisioning.flash.progress import Meter, Progress, Stage
from provisioning.flash.target import BLOCK, Target
from provisioning.mbr import SECTOR

CHUNK: Final = 4 * MIB
_MARKS: Final = 32
_DEAF: Final = "vứt thẻ này, dùng thẻ khác"


def write(
    image: Read, size: int, target: Target, *, patches: Sequence[Patch], nonce: bytes, clock: Callable[[], float]
) -> Iterator[Progress]:
    """Write the image; yields how far it is.

    Args:
        image: gives so many bytes of the image from an offset.
        size: bytes of the image.
        target: the card.
        patches: what this card has of its own, by offset in the image.
        nonce: random bytes of this run: a card that ignores writes cannot hold them from before.
        clock: seconds.

    Raises:
        KioskError: the card does not keep what is written, or lies about its size.
        OSError: the card was torn out.
    """
    yield Progress(Stage.TRY)
    _try(target, size, nonce)
    meter = Meter(Stage.WRITE, size, clock)
    for offset, data in _pieces(image, size, patches):
        target.write(offset, b"\0" * SECTOR + data[SECTOR:] if offset == 0 else data)
        target.sync()
        yield meter.at(min(offset + len(data), size))
    _clear(target)
    target.write(0, patched(image(0, BLOCK), 0, patches))
    target.sync()
    meter = Meter(Stage.VERIFY, size, clock)
    for offset, data in _pieces(image, size, patches):
        if target.read(offset, len(data)) != data:
            raise KioskError(f"thẻ đọc ra khác với đã ghi, ở MB thứ {offset // MIB}", hint=_DEAF)
        yield meter.at(min(offset + len(data), size))
    yield Progress(Stage.DONE, size, size)


def patched(data: bytes, offset: int, patches: Sequence[Patch]) -> bytes:
    """The piece of the image that begins at `offset`, with what falls into it of the patches."""
    piece = bytearray(data)
    for patch in patches:
        start, end = max(patch.offset, offset), min(patch.offset + len(patch.data), offset + len(piece))
        if start < end:
            piece[start - offset : end - offset] = patch.data[start - patch.offset : end - patch.offset]
    return bytes(piece)


def _pieces(image: Read, size: int, patches: Sequence[Patch]) -> Iterator[tuple[int, bytes]]:
    for offset in range(0, size, CHUNK):
        data = patched(image(offset, min(CHUNK, size - offset)), offset, patches)
        yield offset, data + b"\0" * (-len(data) % BLOCK)


def _try(target: Target, size: int, nonce: bytes) -> None:
    """Marks over the whole card, all of them read back at the end.

    A card that ignores writes shows the old; one that is smaller than it says shows one mark in the place of another.
    """
    places = _places(target.size)
    for place in places:
        target.write(place, _mark(nonce, place))
    target.sync()
    if any(target.read(place, BLOCK) != _mark(nonce, place) for place in places):
        raise KioskError("thẻ không giữ những gì được ghi, hoặc nhỏ hơn cỡ in trên vỏ", hint=_DEAF)
    for place in places:
        if place >= size:
            target.write(place, b"\0" * BLOCK)


def _places(size: int) -> list[int]:
    last = size // BLOCK - 1
    return sorted({last * number // (_MARKS - 1) * BLOCK for number in range(_MARKS)})


def _mark(nonce: bytes, place: int) -> bytes:
    return hashlib.shake_256(nonce + place.to_bytes(8, "big")).digest(BLOCK)


def _clear(target: Target) -> None:
    """Whatever an earlier life left where data goes is no file system any more."""
    for area in room(target.size).areas:
        target.write(area.start, b"\0" * MIB)
