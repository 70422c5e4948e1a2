"""Sets of seqs as spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.events.ranges import NONE, Ranges

_NUMBERS = st.frozensets(st.integers(1, 40))


@given(_NUMBERS, _NUMBERS)
def test_ranges_behave_as_sets_of_numbers(left, right):
    first, second = Ranges.of(left), Ranges.of(right)
    assert set(first | second) == left | right
    assert set(first - second) == left - right
    assert set(first & second) == left & right
    assert first.total == len(left)
    assert list(first) == sorted(left)
    assert [number for number in range(42) if number in first] == sorted(left)
    assert bool(first) == bool(left)
    assert first == Ranges.join(first.spans[::-1])


@given(_NUMBERS)
def test_spans_never_touch(numbers):
    spans = Ranges.of(numbers).spans
    assert all(later[0] > sooner[1] + 1 for sooner, later in pairwise(spans))


@pytest.mark.parametrize("spans", [((2, 1),), ((1, 2), (3, 4)), ((1, 5), (4, 9)), ((5, 6), (1, 2))])
def test_spans_out_of_order_are_refused(spans):
    with pytest.raises(KioskError):
        Ranges(spans)


def test_a_huge_span_costs_nothing():
    huge = Ranges(((1, 2**53),))
    assert (huge - Ranges(((5, 6),))).spans == ((1, 4), (7, 2**53))
    assert 2**52 in huge
    assert NONE.total == 0
