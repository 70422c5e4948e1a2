import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events import carried
from kiosk.events.ack import Ack, decode, encode, public_key
from kiosk.events.carried import Load
from kiosk.events.ranges import Ranges
from kiosk.events.seal import seal

SEED = bytes(range(32))
KEY = public_key(SEED)
LOAD = Load("a-token", (b"one", b"two"))


def test_only_the_holder_of_the_seed_reads_what_is_carried() -> None:
    file = carried.pack(LOAD, KEY)
    assert b"a-token" not in file
    assert carried.unpack(file, SEED) == LOAD
    with pytest.raises(KioskError, match="another collector"):
        carried.unpack(file, bytes(32))


@given(st.binary(max_size=200), st.integers(0, 70))
def test_what_is_damaged_anywhere_is_refused(noise: bytes, at: int) -> None:
    file = carried.pack(LOAD, KEY)
    for data in (noise, file[:at], file + noise + b"x", file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]):
        with pytest.raises(KioskError):
            carried.unpack(data, SEED)


@pytest.mark.parametrize("inside", [b"", b"\x01t", b"\x01\xff\x00", b"\x01t\x01", b"\x01t\x00+", b"\x01t\xff\xff\x7f"])
def test_a_sealed_box_that_holds_something_else_is_refused(inside: bytes) -> None:
    with pytest.raises(KioskError, match="damaged"):
        carried.unpack(b"domdom carry 1\n" + seal(inside, KEY), SEED)


def test_a_file_without_end_is_refused_unread() -> None:
    with pytest.raises(KioskError, match="longer"):
        carried.unpack(bytes(carried.MOST + 1), SEED)


def test_acknowledgements_go_back_one_under_another() -> None:
    said = [Ack("0" * 64, "ab" * 16, "cd" * 8, Ranges.of([seq]), (), 1, seq) for seq in (1, 2, 3)]
    file = carried.join(encode(one, SEED) for one in said)
    assert [decode(one, key=KEY) for one in carried.split(file)] == said
    assert carried.split(b"") == []
