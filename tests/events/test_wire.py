"""Numbers and spans as bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.event import SEQ_MOST
from kiosk.events.ranges import Ranges
from kiosk.events.wire import Reader, Writer, unzigzag, zigzag


@given(st.lists(st.integers(0, SEQ_MOST)))
def test_numbers_come_back(numbers):
    writer = Writer()
    writer.numbers(numbers)
    reader = Reader(writer.data)
    assert reader.numbers(len(numbers)) == numbers
    reader.end()


@given(st.integers(-SEQ_MOST, SEQ_MOST))
def test_signed_numbers_come_back(number):
    assert unzigzag(zigzag(number)) == number
    assert 0 <= zigzag(number) <= 2 * abs(number)


@given(st.frozensets(st.integers(1, 300)))
def test_spans_come_back(numbers):
    writer = Writer()
    writer.ranges(Ranges.of(numbers))
    assert Reader(writer.data).ranges() == Ranges.of(numbers)


@pytest.mark.parametrize("data", [
    b"", b"\x80", b"\xff" * 9, b"\xff" * 8 + b"\x7f", b"\x80" * 9 + b"\x01",
])  # fmt: skip
def test_a_number_that_does_not_end_or_is_too_large_is_refused(data):
    with pytest.raises(KioskError, match="damaged"):
        Reader(data).number()


def test_more_numbers_than_bytes_are_refused_before_they_are_read():
    with pytest.raises(KioskError, match="too early"):
        Reader(b"\x01\x01").numbers(2**50)


@pytest.mark.parametrize("spans", [
    [1, 0, 0], [2, 1, 0, 1, 0], [1, SEQ_MOST, 1], [2, 1, SEQ_MOST - 1, 2, 0], [5, 1, 0],
])  # fmt: skip
def test_spans_out_of_bounds_or_touching_are_refused(spans):
    writer = Writer()
    writer.numbers(spans)
    with pytest.raises(KioskError):
        Reader(writer.data).ranges()


def test_a_block_is_stepped_over_and_leftovers_are_refused():
    writer = Writer()
    writer.block(b"abc")
    writer.raw(b"d")
    reader = Reader(writer.data)
    assert reader.block() == b"abc"
    with pytest.raises(KioskError, match="1 bytes too many"):
        reader.end()
