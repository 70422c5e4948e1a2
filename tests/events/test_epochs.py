"""Which time of an epoch is believed."""

import pytest

from kiosk.events.epochs import UNKNOWN, Offset, Quality, Vote, better, from_votes, learn

_BUILT = 1_790_000_000


def _votes(*offsets: int) -> list[Vote]:
    return [Vote(wall=_BUILT + 1000 + offset + uptime, uptime=uptime) for uptime, offset in enumerate(offsets)]


@pytest.mark.parametrize(("offsets", "seconds", "quality"), [
    ((0,), 0, Quality.FEW),
    ((0, 50), 0, Quality.FEW),
    ((0, 60, 119), 60, Quality.PHONES),
    ((0, 10, 20, 90_000), 10, Quality.PHONES),
    ((0, 0, 0, 0, 90_000, 90_000, 90_000), 0, Quality.PHONES),
])  # fmt: skip
def test_the_cluster_of_more_than_half_is_believed(offsets, seconds, quality):
    assert from_votes(_votes(*offsets), earliest=_BUILT) == (_BUILT + 1000 + seconds, quality)


@pytest.mark.parametrize("offsets", [(), (0, 121), (0, 1, 500, 501), (0, 200, 400)])
def test_without_a_majority_nobody_is_believed(offsets):
    assert from_votes(_votes(*offsets), earliest=_BUILT) is None


def test_a_dead_or_far_clock_has_no_vote():
    wrong = [Vote(0, 10), Vote(_BUILT - 1, 10), Vote(_BUILT + 16 * 366 * 86_400, 10)]
    assert from_votes(wrong, earliest=_BUILT) is None
    assert from_votes([*wrong, *_votes(7)], earliest=_BUILT) == (_BUILT + 1007, Quality.FEW)


def test_phones_that_vote_hours_apart_agree():
    votes = [Vote(_BUILT + 10, 10), Vote(_BUILT + 7210, 7210), Vote(_BUILT + 3611, 3610)]
    assert from_votes(votes, earliest=_BUILT) == (_BUILT, Quality.PHONES)


def test_qualities_stand_in_the_order_of_trust():
    order = [Quality.UNKNOWN, Quality.SAVED, Quality.FEW, Quality.PHONES, Quality.COLLECTOR, Quality.SYNCED]
    assert sorted(Quality) == order


def test_the_better_quality_wins_then_the_later_revision():
    saved, few = Offset(5, Quality.SAVED, 9), Offset(6, Quality.FEW, 1)
    assert better(saved, few) == better(few, saved) == few
    assert better(few, Offset(8, Quality.FEW, 2)).seconds == 8
    assert better(Offset(8, Quality.FEW, 2), few).seconds == 8
    assert better(few, Offset(9, Quality.FEW, 1)) == few


def test_new_evidence_makes_a_revision_only_when_it_tells_something():
    first = learn(UNKNOWN, 100, Quality.FEW)
    assert first == Offset(100, Quality.FEW, 1)
    assert learn(first, 101, Quality.FEW) == first
    assert learn(first, 200, Quality.SAVED) == first
    assert learn(first, 0, Quality.UNKNOWN) == first
    assert learn(first, 100, Quality.SYNCED) == Offset(100, Quality.SYNCED, 2)
    assert learn(first, 130, Quality.FEW).revision == 2
