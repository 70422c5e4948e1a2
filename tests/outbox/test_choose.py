"""What travels next."""

import random
from dataclasses import replace

from kiosk.events.batch import WIRE_MOST, Batch, decode
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.outbox.choose import choose, fit, halves
from tests.outbox.fakes import batch, check, view

_LATER = "ef" * 8


def _noise(count: int) -> Batch:
    """Events that hardly compress."""
    chance = random.Random(7)
    name = "{:016x}".format
    return batch({
        seq: make("play", seq, sound=name(chance.getrandbits(64)), lang="vi", where="phone")
        for seq in range(1, count + 1)
    })  # fmt: skip


def test_nothing_waits_nothing_goes():
    assert choose([]) is None


def test_the_epoch_with_the_most_valuable_event_goes_first_and_of_equals_the_oldest():
    old, new = batch({1: view()}), batch({1: check()}, _LATER)
    assert choose([old, new])[0].epoch == _LATER
    assert choose([old, replace(new, events=old.events)])[0].epoch == old.epoch


def test_a_batch_that_fits_travels_whole():
    whole = batch({1: view(), 2: check(), 9: view()}, gone=Ranges(((3, 8),)))
    chosen, data = choose([whole])
    assert chosen == whole
    assert decode(data) == whole


def test_what_does_not_fit_leaves_the_least_valuable_and_latest_behind():
    many = _noise(12_000)
    many = replace(many, events=(*many.events, (12_001, check())))
    chosen, data = fit(many)
    seqs = [seq for seq, _ in chosen.events]
    assert WIRE_MOST * 0.8 < len(data) <= WIRE_MOST
    assert seqs[-1] == 12_001
    assert seqs[:-1] == list(range(1, len(seqs)))
    assert decode(data) == chosen


def test_a_batch_too_long_for_its_readers_is_made_shorter():
    long = "a" * 112
    many = batch({seq: make("help", seq, page=f"{long}{seq:07}") for seq in range(1, 12_000)})
    chosen, data = fit(many)
    assert 0 < len(chosen.events) < 12_000
    assert decode(data) == chosen


def test_endless_spans_of_gone_are_told_in_parts():
    gone = Ranges(tuple((seq, seq) for seq in range(2, 10_000, 2)))
    chosen, _ = fit(batch({1: view()}, gone=gone))
    assert chosen.gone.spans == gone.spans[:2000]


def test_halves_are_the_whole():
    whole = batch({1: view(), 2: check(), 9: view()}, gone=Ranges(((3, 8),)))
    first, second = halves(whole)
    assert first.events + second.events == whole.events
    assert first.gone == whole.gone
    assert not second.gone
