"""Trying again."""

import pytest

from kiosk.outbox.link import Answer, LinkError
from kiosk.outbox.patience import send
from tests.outbox.fakes import FakeCollector

_FINE = Answer(200, b"fine", 0)


def _send(turns, chance=0.5):
    pauses: list[float] = []
    collector = FakeCollector(turns=turns)
    try:
        answer = send(collector, b"x", pause=pauses.append, chance=lambda: chance)
    except LinkError as failure:
        answer = failure
    return answer, pauses, collector


def test_a_first_answer_needs_no_patience():
    assert _send([_FINE])[:2] == (_FINE, [])


def test_pauses_grow_and_differ_between_sites():
    turns = [LinkError("cut"), Answer(503, b"", 0), LinkError("cut"), _FINE]
    assert _send(list(turns), 0.0)[:2] == (_FINE, [1.0, 2.0, 4.0])
    assert _send(list(turns), 1.0)[:2] == (_FINE, [3.0, 6.0, 12.0])


def test_the_collectors_wish_is_waited_out():
    assert _send([Answer(429, b"", 120), _FINE])[1] == [122.0]


def test_a_wish_too_long_ends_the_run():
    failure, pauses, _ = _send([Answer(503, b"", 7200)])
    assert "120 minutes" in str(failure)
    assert pauses == []


@pytest.mark.parametrize("turn", [LinkError("cut"), Answer(503, b"", 0)])
def test_five_tries_are_enough(turn):
    failure, pauses, collector = _send([turn] * 9)
    assert isinstance(failure, LinkError)
    assert (len(collector.posts), len(pauses)) == (5, 4)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 413])
def test_an_answer_that_says_something_is_not_asked_twice(status):
    answer, _, collector = _send([Answer(status, b"", 0)])
    assert answer.status == status
    assert len(collector.posts) == 1
