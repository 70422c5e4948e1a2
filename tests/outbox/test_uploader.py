"""One run of the outbox against a journal and a collector in memory."""

from dataclasses import replace

import pytest

from kiosk import clock
from kiosk.errors import KioskError
from kiosk.events.ack import Ack
from kiosk.events.batch import Batch
from kiosk.events.epochs import Offset, Quality
from kiosk.events.ranges import NONE, Ranges
from kiosk.outbox.link import Answer, LinkError
from kiosk.outbox.uploader import Report, RevokedError, Uploader
from kiosk.usage.journal import Journal
from tests.outbox.fakes import KEY, FakeCollector, FakeEpoch, FakeJournal, batch, check, view

_EPOCH, _LATER = "cd" * 8, "ef" * 8


def _run(journal: FakeJournal, collector: FakeCollector, **more: object) -> Report:
    return Uploader(journal, collector, pause=lambda _: None, chance=lambda: 0.5, **{"key": KEY, **more}).run()


def _house(count: int = 20, **more: object) -> FakeJournal:
    return FakeJournal([batch({seq: view(seq) for seq in range(1, count + 1)}, **more)])


def test_the_journal_of_the_house_is_a_source():
    assert {name for name in ("unsent", "mark", "current", "learn") if callable(getattr(Journal, name))}


def test_everything_arrives_once_and_is_marked():
    journal = FakeJournal([batch({1: view(), 2: check()}), batch({1: view()}, _LATER)])
    collector = FakeCollector()
    report = _run(journal, collector)
    assert (report.events, report.batches, report.aside) == (3, 2, 0)
    assert report.bytes == sum(map(len, collector.posts))
    assert sorted(collector.held) == [(_EPOCH, 1), (_EPOCH, 2), (_LATER, 1)]
    assert journal.unsent(10) == []


def test_nothing_to_send_asks_nobody():
    collector = FakeCollector()
    assert _run(FakeJournal([]), collector) == Report()
    assert collector.posts == []


def test_a_better_time_travels_alone():
    journal = FakeJournal([Batch("ab" * 16, _EPOCH, Offset(5, Quality.SYNCED, 2))])
    assert _run(journal, FakeCollector()).batches == 1
    assert journal.told == {_EPOCH: 2}


def test_an_allowance_is_not_exceeded():
    journal = FakeJournal([batch({1: view()}), batch({1: view()}, _LATER)])
    collector = FakeCollector()
    size = _run(journal, collector, allowance=100).bytes
    assert 0 < size <= 100
    assert len(collector.posts) == 1


def test_cut_connections_are_tried_again_and_nothing_is_lost_or_doubled():
    journal, collector = _house(), FakeCollector(turns=[LinkError("cut"), Answer(503, b"", 0)])
    assert _run(journal, collector).events == 20
    assert len(collector.posts) == 3
    assert len(collector.held) == 20


def test_only_what_the_collector_names_is_marked():
    part = Ranges(((1, 3), (9, 9)))
    answers = iter([part])

    def change(ack: Ack) -> Ack:
        return replace(ack, accepted=next(answers, ack.accepted))

    journal, collector = _house(), FakeCollector(change=change)
    _run(journal, collector)
    assert journal.acks[0].accepted == part
    assert len(journal.acks) == 2
    assert journal.accepted(_EPOCH).total == 20


def test_what_the_collector_sets_aside_is_marked_and_its_neighbours_are_in():
    aside = Ranges(((4, 5),))
    journal = _house()
    collector = FakeCollector(
        change=lambda ack: replace(ack, accepted=ack.accepted - aside, aside=((aside, "too new"),))
    )
    report = _run(journal, collector)
    assert (report.events, report.aside) == (18, 2)
    assert journal.aside(_EPOCH) == aside


@pytest.mark.parametrize("status", [401, 403])
def test_a_revoked_token_keeps_everything_and_stops(status):
    journal, collector = _house(), FakeCollector(turns=[Answer(status, b"", 0)])
    with pytest.raises(RevokedError, match="every event is kept"):
        _run(journal, collector)
    assert journal.acks == []
    assert len(collector.posts) == 1


@pytest.mark.parametrize("status", [204, 301, 307, 404, 405, 418, 501])
def test_whoever_is_no_collector_is_told_apart(status):
    journal = _house()
    with pytest.raises(KioskError, match=str(status)):
        _run(journal, FakeCollector(turns=[Answer(status, b"", 0)]))
    assert journal.acks == []


@pytest.mark.parametrize("bad", [[7], [1], [20], [3, 4, 19]])
def test_an_event_that_alone_is_refused_is_set_aside_and_its_neighbours_get_in(bad):
    journal, collector = _house(), FakeCollector(unreadable=Ranges.of(bad))
    report = _run(journal, collector)
    assert (report.events, report.aside) == (20 - len(bad), len(bad))
    assert journal.aside(_EPOCH) == Ranges.of(bad)
    assert len(collector.held) == 20 - len(bad)


def test_a_collector_that_can_read_nothing_puts_no_event_aside_and_is_not_flooded():
    journal, collector = _house(4000), FakeCollector(unreadable=Ranges(((1, 4000),)))
    with pytest.raises(KioskError, match="none of our events"):
        _run(journal, collector)
    assert journal.acks == []
    assert len(collector.posts) < 70


def test_a_collector_that_refuses_many_is_told_and_what_was_found_stays_aside():
    journal, collector = _house(256), FakeCollector(unreadable=Ranges.of(range(130, 256, 2)))
    with pytest.raises(KioskError, match="refuses many"):
        _run(journal, collector)
    assert journal.accepted(_EPOCH)
    assert journal.aside(_EPOCH)
    assert len(collector.posts) < 140


def test_a_single_refused_event_stays_while_nothing_else_is_taken():
    journal = _house(1)
    with pytest.raises(KioskError, match="none of our events"):
        _run(journal, FakeCollector(unreadable=Ranges(((1, 1),))))
    assert journal.acks == []


@pytest.mark.parametrize(("change", "says"), [
    (lambda ack: replace(ack, digest="0" * 64), "another batch"),
    (lambda ack: replace(ack, epoch=_LATER), "another batch"),
    (lambda ack: replace(ack, device="ff" * 16), "another batch"),
    (lambda ack: replace(ack, accepted=Ranges(((1, 21),))), "not sent"),
    (lambda ack: replace(ack, aside=((Ranges(((30, 31),)), "x"),)), "not sent"),
    (lambda ack: replace(ack, accepted=NONE), "takes nothing"),
])  # fmt: skip
def test_an_answer_that_does_not_belong_here_is_not_believed(change, says):
    journal = _house()
    with pytest.raises(KioskError, match=says):
        _run(journal, FakeCollector(change=change))
    assert journal.accepted(_EPOCH) == NONE


def test_an_answer_signed_by_another_key_is_not_believed():
    journal = _house()
    with pytest.raises(KioskError, match="not signed"):
        _run(journal, FakeCollector(seed=bytes(32)))
    assert journal.acks == []
    assert _run(journal, FakeCollector(seed=bytes(32)), key="").events == 20


def test_a_page_instead_of_an_answer_is_not_believed():
    with pytest.raises(KioskError, match="not an acknowledgement"):
        _run(_house(), FakeCollector(turns=[Answer(200, b"<html>Welcome to the hotel", 0)]), key="")


def _timed(boot: str, offset: Offset = Offset(0, Quality.UNKNOWN, 0)) -> FakeJournal:  # noqa: B008  a frozen value
    journal = _house()
    journal.now = FakeEpoch(_EPOCH, boot, offset)
    return journal


def test_a_signed_answer_tells_the_time_once():
    journal = _timed(clock.boot_id())
    journal.batches.append(batch({1: view()}, _LATER))
    _run(journal, FakeCollector())
    assert journal.now.offset.quality is Quality.COLLECTOR
    assert journal.now.offset.revision == 1
    assert abs(journal.now.offset.seconds - 1_800_000_000) <= 1


def test_an_unsigned_answer_another_boot_or_a_better_clock_change_no_time():
    for journal, key in ((_timed(clock.boot_id()), ""), (_timed("0" * 32), KEY)):
        _run(journal, FakeCollector(), key=key)
        assert journal.now.offset.quality is Quality.UNKNOWN
    synced = Offset(1_800_000_000, Quality.SYNCED, 4)
    journal = _timed(clock.boot_id(), synced)
    _run(journal, FakeCollector())
    assert journal.now.offset == synced


def test_a_large_backlog_sends_what_is_worth_more_first():
    asked = []

    class Backlog(FakeJournal):
        def unsent(self, limit: int, *, least: int = 0) -> list[Batch]:
            asked.append(least)
            return super().unsent(limit) if least in {0, 5} else []

    journal = Backlog([batch({seq: view(1) for seq in range(1, 4501)})])
    assert _run(journal, FakeCollector()).events == 4500
    assert asked == [0, 7, 6, 5, 0, 0]


def test_a_backlog_of_lesser_kinds_only_is_sent_too():
    class Lesser(FakeJournal):
        def unsent(self, limit: int, *, least: int = 0) -> list[Batch]:
            return [] if least else super().unsent(limit)

    assert _run(Lesser([batch({seq: view(1) for seq in range(1, 4101)})]), FakeCollector()).events == 4100
