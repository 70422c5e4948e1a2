"""A batch on the wire: events of one epoch, column by column with deltas and a dictionary of names, gzipped.

Nothing random travels per event: an event is (device, epoch, seq), and a batch says its seqs as spans. An event that a
reader cannot take, of a kind or with a value newer than itself, is set aside by itself; its neighbours get in.
"""

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from kiosk.errors import KioskError
from kiosk.events.columns import Dictionary, read_column, write_column
from kiosk.events.epochs import UNKNOWN, Offset, Quality
from kiosk.events.event import COUNT_MOST, Event, Value, check_device, check_epoch, from_values
from kiosk.events.kinds import Field, Kind, Type, by_code, kinds
from kiosk.events.ranges import NONE, Ranges
from kiosk.events.wire import Reader, Writer, damaged, unzigzag, zigzag

FORMAT = 1
WIRE_MOST = 65_536  # bytes of a batch on the wire
EVENTS_MOST = 20_000  # of a batch
GONE_MOST = 2_000  # spans of a batch; a few hundred bytes could say hundreds of thousands
_BODY_MOST = 1 << 20  # bytes of its body: 16 times as many
_MAGIC = b"DD"
_GZIP = 31  # zlib's way of saying gzip with a 32 KB window
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_DEVICE_BYTES = 16
_EPOCH_BYTES = 8


class TooLongError(KioskError):
    """A batch that no reader would take; fewer events fit."""


Numbered: TypeAlias = tuple[int, Event]
Row: TypeAlias = tuple[Value, ...] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one device and epoch.

    Attributes:
        device: 32 hex digits.
        epoch: 16 hex digits.
        offset: the best-known time of the epoch; a batch without events may bring a better one.
        version: of the software that sends.
        events: (seq, event), in order of seq.
        gone: seqs that were dropped or thinned and will never come.
        rejected: (seq, reason) of what `decode` had to set aside; never sent.
    """

    device: str
    epoch: str
    offset: Offset = UNKNOWN
    version: str = "0"
    events: tuple[Numbered, ...] = ()
    gone: Ranges = NONE
    rejected: tuple[tuple[int, str], ...] = ()


def digest(data: bytes) -> str:
    """The name of a batch's bytes: their SHA-256, hex."""
    return hashlib.sha256(data).hexdigest()


def encode(batch: Batch) -> bytes:
    """The batch's bytes; the same batch gives the same bytes.

    Raises:
        TooLongError: more than readers unpack, in bytes or events.
        KioskError: an id or the version is none, or a seq is there twice or also gone.
    """
    check_device(batch.device)
    check_epoch(batch.epoch)
    if not _VERSION.fullmatch(batch.version):
        raise KioskError(f"{batch.version[:40]!r} is not a version")
    numbered = sorted(batch.events, key=lambda pair: pair[0])
    seqs = Ranges.of(seq for seq, _ in numbered)
    if seqs.total != len(numbered) or seqs & batch.gone or (seqs and not seqs.spans[0][0] >= 1):
        raise KioskError("a batch holds each seq once, from 1, and none that is gone")
    writer = Writer()
    writer.raw(_MAGIC + bytes([FORMAT]) + bytes.fromhex(batch.device) + bytes.fromhex(batch.epoch))
    writer.numbers([batch.offset.quality, zigzag(batch.offset.seconds), batch.offset.revision])
    writer.block(batch.version.encode("ascii"))
    writer.ranges(batch.gone)
    writer.ranges(seqs)
    _write_events(writer, [event for _, event in numbered])
    if len(writer.data) > _BODY_MOST or len(numbered) > EVENTS_MOST:
        raise TooLongError(f"a batch of {len(numbered)} events is too long")
    packer = zlib.compressobj(level=9, wbits=_GZIP, memLevel=9)
    return packer.compress(writer.data) + packer.flush()


def decode(data: bytes, *, most: int = WIRE_MOST) -> Batch:
    """The batch of these bytes.

    Args:
        data: gzipped, as `encode` wrote it.
        most: bytes that are taken at the most.

    Raises:
        KioskError: too long, not gzip, a bomb, of another format, or damaged anywhere.
    """
    reader = Reader(_unpacked(data, most))
    if reader.raw(len(_MAGIC)) != _MAGIC:
        raise damaged("it is not a batch")
    form = reader.number()
    if form != FORMAT:
        raise KioskError(f"the batch is of format {form}, this release reads {FORMAT}", hint="update the collector")
    device, epoch = reader.raw(_DEVICE_BYTES).hex(), reader.raw(_EPOCH_BYTES).hex()
    offset = _read_offset(reader)
    version = reader.block().decode("latin-1")
    if not _VERSION.fullmatch(version):
        raise damaged("its version is none")
    gone, seqs = reader.ranges(), reader.ranges()
    if len(gone.spans) > GONE_MOST:
        raise damaged(f"more than {GONE_MOST} spans are gone")
    if seqs & gone:
        raise damaged("a seq is both sent and gone")
    if seqs.total > min(reader.left, EVENTS_MOST):  # before anything of that length is made
        raise damaged(f"it says more seqs than it holds, or than {EVENTS_MOST}")
    events, rejected = _read_events(reader, list(seqs))
    reader.end()
    return Batch(device, epoch, offset, version, events, gone, rejected)


def _unpacked(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise KioskError(f"the batch is longer than {most} bytes")
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        body = unpacker.decompress(data, _BODY_MOST)
    except zlib.error as wrong:
        raise damaged("it is not gzip") from wrong
    if unpacker.unconsumed_tail:
        raise damaged(f"it unpacks to more than {_BODY_MOST} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise damaged("it is cut off or something follows it")
    return body


def _read_offset(reader: Reader) -> Offset:
    quality = reader.number(max(Quality))
    seconds, revision = unzigzag(reader.number()), reader.number(COUNT_MOST)
    if not quality and (seconds or revision):
        raise damaged("an unknown time says what it is")
    return Offset(seconds, Quality(quality), revision)


def _write_events(writer: Writer, events: list[Event]) -> None:
    parts = {kind: [event for event in events if event.kind == kind.name] for kind in kinds().values()}
    names = Dictionary.of(name for kind, own in parts.items() for name in _names(kind, own))
    names.write(writer)
    writer.numbers(kinds()[event.kind].code for event in events)
    times = [0, *(event.at for event in events)]
    writer.numbers(zigzag(later - sooner) for sooner, later in pairwise(times))
    for kind, own in parts.items():
        if own:
            writer.number(kind.code)
            writer.block(_kind_block(kind, own, names))


def _names(kind: Kind, events: list[Event]) -> Iterator[str]:
    for place, field in enumerate(kind.fields):
        if field.type is Type.NAME:
            yield from (value for event in events if isinstance(value := event.values[place], str))


def _kind_block(kind: Kind, events: list[Event], names: Dictionary) -> bytes:
    writer = Writer()
    writer.number(len(kind.fields))
    for place, field in enumerate(kind.fields):
        column = Writer()
        write_column(column, field, [event.values[place] for event in events], names)
        writer.block(column.data)
    return writer.data


def _read_events(reader: Reader, seqs: list[int]) -> tuple[tuple[Numbered, ...], tuple[tuple[int, str], ...]]:
    names = Dictionary.read(reader)
    codes = reader.numbers(len(seqs))
    times = list(accumulate(unzigzag(step) for step in reader.numbers(len(seqs))))
    rows = _read_kinds(reader, Counter(codes), names)
    events: list[Numbered] = []
    rejected: list[tuple[int, str]] = []
    for seq, code, at in zip(seqs, codes, times, strict=True):
        values = next(rows[code])
        try:
            events.append((seq, _event(code, at, values)))
        except KioskError as wrong:
            rejected.append((seq, wrong.message))
    return tuple(events), tuple(rejected)


def _read_kinds(reader: Reader, counts: Counter[int], names: Dictionary) -> dict[int, Iterator[Row]]:
    """For each kind of the batch its rows, in order of seq."""
    rows: dict[int, Iterator[Row]] = {}
    for _ in counts:
        code = reader.number()
        if code in rows or code not in counts:
            raise damaged("its kinds do not match its events")
        rows[code] = iter(_read_rows(by_code().get(code), Reader(reader.block()), counts[code], names))
    return rows


def _read_rows(kind: Kind | None, reader: Reader, count: int, names: Dictionary) -> list[Row]:
    """The rows of one kind; None for each where the kind, or one of its fields, is newer than the registry."""
    columns = reader.number()
    if kind is None or columns > len(kind.fields):
        return [None] * count
    read = [_read_field(field, Reader(reader.block()), count, names) for field in kind.fields[:columns]]
    reader.end()
    return list(zip(*read, strict=True)) or [()] * count


def _read_field(field: Field, reader: Reader, count: int, names: Dictionary) -> list[Value]:
    values = read_column(reader, field, count, names)
    reader.end()
    return values


def _event(code: int, at: int, values: Row) -> Event:
    if values is None:
        raise KioskError(f"an event of kind {code} is newer than this release")
    return from_values(by_code()[code].name, at, values)
