"""The batch: what goes in comes out, and nothing else gets in."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events import batch as codec
from kiosk.events.batch import GONE_MOST, WIRE_MOST, Batch, TooLongError, decode, digest, encode
from kiosk.events.epochs import UNKNOWN, Offset, Quality
from kiosk.events.event import COUNT_MOST, from_values, make
from kiosk.events.ranges import NONE, Ranges
from kiosk.events.wire import Writer
from tests.events.strategies import events

_DEVICE, _EPOCH = "ab" * 16, "cd" * 8
_VIEW = make("view", 60, card="p/l/c", lang="vi", where="phone")
_HEALTH = make("health", 61, uptime_hours=0, version="0.1.0", signal_dbm=-60)
_STEP = make("step", 62, scenario="p/s", variant="v", screen="x", setting="test", outcome="right", seconds=3)
_WHOLE = Batch(
    _DEVICE, _EPOCH, Offset(1_800_000_000, Quality.PHONES, 3), "0.1.0",
    ((1, _VIEW), (2, _HEALTH), (7, _STEP), (8, _VIEW)), Ranges(((3, 6), (20, 29))),
)  # fmt: skip

_OFFSETS = st.just(UNKNOWN) | st.builds(
    Offset, st.integers(-COUNT_MOST, 2**40), st.sampled_from(list(Quality)[1:]), st.integers(1, COUNT_MOST)
)


@st.composite
def _batches(draw: st.DrawFn) -> Batch:
    seqs = draw(st.lists(st.integers(1, 200) | st.integers(1, 2**53 - 1), unique=True, max_size=30))
    own = tuple((seq, draw(events())) for seq in sorted(seqs))
    gone = Ranges.of(draw(st.frozensets(st.integers(1, 300)))) - Ranges.of(seqs)
    return Batch(_DEVICE, _EPOCH, draw(_OFFSETS), "0.1.0", own, gone)


def _body(batch: Batch = _WHOLE) -> bytes:
    return gzip.decompress(encode(batch))


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


@given(_batches())
def test_what_goes_in_comes_out(batch):
    assert decode(encode(batch), most=1 << 20) == batch


def test_a_batch_is_the_same_bytes_in_any_order_of_its_events():
    shuffled = Batch(_DEVICE, _EPOCH, _WHOLE.offset, "0.1.0", _WHOLE.events[::-1], _WHOLE.gone)
    assert encode(shuffled) == encode(_WHOLE)
    assert digest(encode(_WHOLE)) == digest(encode(shuffled))
    assert len(digest(b"")) == 64


def test_a_batch_may_bring_only_a_better_time():
    empty = Batch(_DEVICE, _EPOCH, Offset(5, Quality.SYNCED, 2), "0.1.0")
    assert decode(encode(empty)) == empty


@pytest.mark.parametrize("wrong", [
    Batch("ab", _EPOCH), Batch(_DEVICE, "x" * 16), Batch(_DEVICE, _EPOCH, version=""),
    Batch(_DEVICE, _EPOCH, version="1 0"), Batch(_DEVICE, _EPOCH, version="ế"),
    Batch(_DEVICE, _EPOCH, events=((1, _VIEW), (1, _VIEW))), Batch(_DEVICE, _EPOCH, events=((0, _VIEW),)),
    Batch(_DEVICE, _EPOCH, events=((1, _VIEW),), gone=Ranges(((1, 1),))),
])  # fmt: skip
def test_a_batch_that_contradicts_itself_is_not_sent(wrong):
    with pytest.raises(KioskError):
        encode(wrong)


def test_every_cut_is_refused():
    data, body = encode(_WHOLE), _body()
    for size in range(len(data)):
        with pytest.raises(KioskError):
            decode(data[:size])
    for size in range(len(body)):
        with pytest.raises(KioskError):
            decode(_packed(body[:size]))


def test_what_follows_is_refused():
    for wrong in (encode(_WHOLE) + b"x", encode(_WHOLE) * 2, _packed(_body() + b"\0")):
        with pytest.raises(KioskError, match="damaged"):
            decode(wrong)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_any_byte_changed_is_refused_or_gives_only_valid_events(place, value):
    body = bytearray(_body())
    body[place % len(body)] = value
    try:
        batch = decode(_packed(bytes(body)))
    except KioskError:
        return
    assert all(from_values(event.kind, event.at, event.values) == event for _, event in batch.events)
    encode(Batch(batch.device, batch.epoch, batch.offset, batch.version, batch.events, batch.gone))


@given(st.binary())
def test_noise_is_refused(noise):
    for data in (noise, _packed(noise), _packed(b"DD\x01" + noise)):
        with pytest.raises(KioskError):
            decode(data)


def test_another_format_is_named():
    with pytest.raises(KioskError, match="format 2"):
        decode(_packed(b"DD\x02" + _body()[3:]))
    with pytest.raises(KioskError, match="not a batch"):
        decode(_packed(b"XX" + _body()[2:]))


def test_a_bomb_is_refused_within_memory():
    bomb = zlib.compressobj(9, wbits=31)
    data = bomb.compress(b"\0" * 60_000_000) + bomb.flush()
    tracemalloc.start()
    with pytest.raises(KioskError, match="unpacks to more"):
        decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data) <= WIRE_MOST
    assert peak < 4_000_000


def test_a_batch_longer_than_agreed_is_refused_unread():
    with pytest.raises(KioskError, match="longer than 65536"):
        decode(b"\x1f" * (WIRE_MOST + 1))


def _written(codes: list[int], blocks: dict[int, list[bytes]], names: bytes = b"a", seqs: int | None = None) -> bytes:
    """A body made by hand: one event a code, a block of columns a kind."""
    writer = Writer()
    writer.raw(b"DD\x01" + bytes(24))
    writer.numbers([0, 0, 0])
    writer.block(b"9.0")
    writer.ranges(NONE)
    writer.ranges(Ranges(((1, seqs or len(codes)),)))
    writer.block(names)
    writer.numbers(codes)
    writer.numbers([2] * len(codes))
    for code, columns in blocks.items():
        writer.number(code)
        block = Writer()
        block.number(len(columns))
        for column in columns:
            block.block(column)
        writer.block(block.data)
    return _packed(writer.data)


_HELP = {7: [b"\0"]}  # one page of help, whose name is the dictionary's first


def test_a_kind_newer_than_this_release_is_set_aside_and_its_neighbours_get_in():
    batch = decode(_written([7, 99, 99], {**_HELP, 99: [b"anything", b"at all"]}))
    assert batch.events == ((1, make("help", 1, page="a")),)
    assert batch.rejected == (
        (2, "an event of kind 99 is newer than this release"),
        (3, "an event of kind 99 is newer than this release"),
    )


def test_a_kind_with_a_field_more_is_set_aside():
    batch = decode(_written([7, 11], {7: [b"\0", b"\1"], 11: [b"\0", b"\x05", b"\x01"]}))
    assert [seq for seq, _ in batch.events] == [2]
    assert batch.rejected[0][0] == 1


def test_a_word_of_a_choice_newer_than_this_release_is_set_aside():
    batch = decode(_written([11, 11], {11: [b"\x09\0", b"\x05\x05", b"\x01\x01"]}))
    assert batch.events == ((2, make("visit", 2, where="phone", seconds=5, attempts=1)),)
    assert batch.rejected == ((1, "visit.where cannot be 'word 9'"),)


def test_an_older_kiosk_may_lack_optional_fields_only():
    batch = decode(_written([2, 12], {2: [b"\0"], 12: [b"\x01", b"\x02"]}))
    assert [reason for _, reason in batch.rejected] == ["play.where cannot be None", "stations.where cannot be None"]
    assert batch.events == ()


@pytest.mark.parametrize("name", [b"a b", b"../a", b"<script>", b"\xff", b"a" * 121])
def test_an_event_with_a_bad_name_is_set_aside(name):
    batch = decode(_written([7, 11], {**_HELP, 11: [b"\0", b"\x05", b"\x01"]}, names=name))
    assert [seq for seq, _ in batch.events] == [2]
    assert len(batch.rejected[0][1]) < 200


@pytest.mark.parametrize("column", [b"\x02", b"\xff\xff\xff\xff\xff\x0f"])
def test_an_event_with_an_impossible_flag_or_count_is_set_aside(column):
    row = [b"\0"] * 9 + [b"\x05"]
    place = 5 if column == b"\x02" else 9
    batch = decode(_written([3], {3: [*row[:place], column, *row[place + 1 :]]}))
    assert batch.events == ()
    assert len(batch.rejected) == 1


@pytest.mark.parametrize(("codes", "blocks"), [
    ([7], {}), ([7], {11: [b"\0", b"\x05", b"\x01"]}), ([7, 11], {7: [b"\0"]}), ([7], {7: [b"\0"], 11: [b""]}),
    ([7], {7: [b""]}), ([7], {7: [b"\0\0"]}), ([7], {7: [b"\x05"]}), ([7, 7], {7: [b"\0"]}),
])  # fmt: skip
def test_columns_that_do_not_match_the_events_are_refused(codes, blocks):
    with pytest.raises(KioskError, match="damaged"):
        decode(_written(codes, blocks))


def test_more_seqs_than_events_are_refused_before_room_is_made_for_them():
    with pytest.raises(KioskError, match="more seqs"):
        decode(_written([7], _HELP, seqs=2**50))


def test_more_events_than_readers_take_are_neither_sent_nor_read():
    many = tuple((seq, _VIEW) for seq in range(1, codec.EVENTS_MOST + 2))
    with pytest.raises(TooLongError, match="20001 events"):
        encode(Batch(_DEVICE, _EPOCH, events=many))
    with pytest.raises(KioskError, match="more seqs"):
        decode(_written([7] * len(many), {7: [b"\0" * len(many)]}))


def test_a_few_bytes_cannot_say_more_spans_than_a_collector_writes_at_once():
    many = tuple((2 * number + 1, 2 * number + 1) for number in range(GONE_MOST + 1))
    assert decode(encode(Batch(_DEVICE, _EPOCH, gone=Ranges(many[1:])))).gone.total == GONE_MOST
    with pytest.raises(KioskError, match="spans are gone"):
        decode(encode(Batch(_DEVICE, _EPOCH, gone=Ranges(many))))


def test_a_seq_cannot_be_sent_and_gone():
    body = bytearray(_body(Batch(_DEVICE, _EPOCH, events=((1, _VIEW),), gone=Ranges(((5, 5),)))))
    place = body.index(b"\x01\x05\x00\x01\x01\x00")
    body[place + 1] = 1
    with pytest.raises(KioskError, match="both sent and gone"):
        decode(_packed(bytes(body)))


def test_a_time_that_is_unknown_has_no_seconds():
    body = bytearray(_body(Batch(_DEVICE, _EPOCH)))
    body[28] = 8
    with pytest.raises(KioskError, match="unknown time"):
        decode(_packed(bytes(body)))


def test_the_full_batch_fits_the_bounds_of_the_reader():
    many = tuple((seq, _STEP) for seq in range(1, 9001))
    assert len(decode(encode(Batch(_DEVICE, _EPOCH, events=many))).events) == 9000
    assert len(codec.encode(Batch(_DEVICE, _EPOCH, events=many))) < WIRE_MOST
