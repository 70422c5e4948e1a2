"""The collector's answer, and sealing for it."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.ack import Ack, decode, encode, public_key
from kiosk.events.ranges import NONE, Ranges
from kiosk.events.seal import open_sealed, seal

_SEED = bytes(range(32))
_KEY = public_key(_SEED)
_ACK = Ack(
    digest="0f" * 32, device="ab" * 16, epoch="cd" * 8, accepted=Ranges(((1, 4), (9, 9))),
    aside=((Ranges(((5, 6),)), "too new"), (Ranges(((7, 7),)), "bad")), revision=3, now=1_800_000_000,
)  # fmt: skip


def _changed(**fields: object) -> bytes:
    document = msgspec.json.decode(encode(_ACK, _SEED).split(b"\n")[0])
    return msgspec.json.encode({**document, **fields})


def test_an_answer_comes_back_with_and_without_a_key():
    data = encode(_ACK, _SEED)
    assert decode(data, key=_KEY) == decode(data) == _ACK
    empty = replace(_ACK, accepted=NONE, aside=())
    assert decode(encode(empty, _SEED), key=_KEY) == empty


def test_a_long_reason_is_cut():
    long = replace(_ACK, aside=((Ranges(((5, 5),)), "x" * 999),))
    assert len(decode(encode(long, _SEED)).aside[0][1]) == 200


@pytest.mark.parametrize("place", range(0, 300, 7))
def test_no_changed_answer_passes_for_signed(place):
    data = bytearray(encode(_ACK, _SEED))
    data[place] ^= 1
    with pytest.raises(KioskError):
        decode(bytes(data), key=_KEY)


def test_another_key_or_no_signature_is_refused():
    data = encode(_ACK, _SEED)
    for wrong in (encode(_ACK, bytes(32)), data.split(b"\n")[0], data.split(b"\n")[0] + b"\nzz", b""):
        with pytest.raises(KioskError, match="not signed"):
            decode(wrong, key=_KEY)
    for key in ("zz", "ab", "ế"):
        with pytest.raises(KioskError, match="key"):
            decode(data, key=key)


@pytest.mark.parametrize("fields", [
    {"format": 2}, {"format": "1"}, {"digest": "0f"}, {"digest": "0F" * 32}, {"device": "x"}, {"epoch": "cd"},
    {"accepted": [[2, 1]]}, {"accepted": [[1, 2], [2, 3]]}, {"accepted": [[0, 1]]}, {"accepted": [[1]]},
    {"accepted": [[1, 2**60]]}, {"accepted": None}, {"aside": [{"seqs": [[1, 1]]}]},
    {"aside": [{"seqs": [[1, 1]], "reason": "x" * 201}]}, {"revision": -1}, {"now": 1.5}, {"now": -1}, {"extra": 1},
])  # fmt: skip
def test_a_wrong_field_is_refused(fields):
    assert decode(_changed()) == _ACK
    with pytest.raises(KioskError):
        decode(_changed(**fields))


@given(st.binary())
def test_noise_is_refused(noise):
    with pytest.raises(KioskError):
        decode(noise)


def test_letters_that_are_none_are_refused():
    for wrong in (b'{"\xff":1}', b'{"format":1,"digest":"\xed\xa0\x80"}', b"[" * 100_000):
        with pytest.raises(KioskError, match="not an acknowledgement"):
            decode(wrong)


def test_an_endless_answer_is_refused():
    with pytest.raises(KioskError, match="too long"):
        decode(b"[" * 2_000_000)


@given(st.binary())
def test_only_the_collector_opens_what_is_sealed_for_it(data):
    sealed = seal(data, _KEY)
    assert open_sealed(sealed, _SEED) == data
    assert len(sealed) == len(data) + 48
    for wrong in (sealed[:-1], sealed[1:], b"", data):
        with pytest.raises(KioskError):
            open_sealed(wrong, _SEED)
    with pytest.raises(KioskError):
        open_sealed(sealed, bytes(32))


@pytest.mark.parametrize("key", ["", "zz", "ab", "02" + "00" * 31])
def test_nothing_is_sealed_for_what_is_no_key(key):
    with pytest.raises(KioskError, match="key"):
        seal(b"x", key)
