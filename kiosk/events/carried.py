"""What a stick or a volunteer's phone carries: the same batches as on the wire, sealed for the collector alone.

The file: a line that says what it is, then a sealed box; in it the site's token and the batches. It goes back as
acknowledgements, each as the net would have brought it, one under another. Both are harmless when they come again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.errors import KioskError
from kiosk.events.seal import open_sealed, seal
from kiosk.events.wire import Reader, Writer

MOST = 16 << 20  # bytes of a file; a year of a busy village takes less than one million
BATCHES_MOST = 4096  # of a file
_HEAD = b"domdom carry 1\n"
_LINES = 2  # of an acknowledgement: what is said, and its signature


@dataclass(frozen=True, slots=True)
class Load:
    """What is in the sealed box.

    Attributes:
        token: the site's, which lets its counts in.
        batches: as `kiosk.events.batch.encode` wrote them.
    """

    token: str
    batches: tuple[bytes, ...]


def pack(load: Load, key: str) -> bytes:
    """The file.

    Args:
        load: what it carries.
        key: the collector's Ed25519 key, hex.

    Raises:
        KioskError: the key is none.
    """
    writer = Writer()
    writer.block(load.token.encode("ascii"))
    writer.number(len(load.batches))
    for batch in load.batches:
        writer.block(batch)
    return _HEAD + seal(writer.data, key)


def unpack(data: bytes, seed: bytes) -> Load:
    """What a file carries, for the holder of the collector's seed.

    Raises:
        KioskError: too long, no such file, sealed for another collector, or damaged.
    """
    if len(data) > MOST:
        raise KioskError(f"the carried file is longer than {MOST} bytes")
    if not data.startswith(_HEAD):
        raise KioskError("this is no file that a kiosk wrote to be carried")
    reader = Reader(open_sealed(data.removeprefix(_HEAD), seed))
    try:
        token = reader.block().decode("ascii")
        load = Load(token, tuple(reader.block() for _ in range(reader.number(BATCHES_MOST))))
        reader.end()
    except (KioskError, UnicodeDecodeError) as wrong:
        raise KioskError("what the carried file holds is damaged") from wrong
    return load


def join(acks: Iterable[bytes]) -> bytes:
    """Acknowledgements as one file."""
    return b"".join(acks)


def split(data: bytes) -> list[bytes]:
    """The acknowledgements of a file, each ready for `kiosk.events.ack.decode`."""
    lines = data.splitlines(keepends=True)
    return [b"".join(lines[start : start + _LINES]) for start in range(0, len(lines), _LINES)]
