import multiprocessing

import pytest

from kiosk.errors import KioskError
from kiosk.events.ack import Ack
from kiosk.events.batch import decode, encode
from kiosk.events.epochs import Quality
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.usage.journal import Journal, Position


def pages(*numbers):
    return [make("help", number, page=f"p{number}") for number in numbers]


def ack(journal, accepted, aside=(), revision=0, device="d" * 32):
    epoch = journal.current().name
    refused = tuple((Ranges(tuple(spans)), why) for spans, why in aside)
    return Ack("0" * 64, device, epoch, Ranges(tuple(accepted)), refused, revision, 1)


def seqs(journal, limit=99, **choice):
    return [seq for batch in journal.unsent(limit, **choice) for seq, _ in batch.events]


def test_seq_is_the_order_of_commit_from_one(journal):
    assert journal.append(pages(1, 2)) == 2
    assert journal.append(pages(3)) == 3
    (batch,) = journal.unsent(99)
    assert batch.events == tuple(enumerate(pages(1, 2, 3), 1))
    assert decode(encode(batch)) == batch


def test_events_and_position_are_committed_together(journal, settings):
    journal.append(pages(1), Position("log", 17, 4))
    journal.close()
    again = Journal.open(settings)
    assert again.current().position == Position("log", 17, 4)
    assert again.current().seq == 1
    again.close()


def test_a_failed_append_leaves_seq_and_position(journal):
    journal.append(pages(1), Position("log", 17, 4))

    def change():
        with journal.store.transaction():
            journal.append_within(pages(2), Position("log", 99, 9))
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        change()
    assert journal.current().seq == 1
    assert journal.current().position.read == 17


def test_exactly_what_the_collector_named_is_not_sent_again(journal):
    journal.append(pages(*range(1, 11)))
    journal.mark(ack(journal, [(2, 4), (7, 7)], aside=[([(9, 9)], "unknown kind")]))
    assert seqs(journal) == [1, 5, 6, 8, 10]
    assert [(what.spans, why) for _, what, why in journal.aside()] == [(((9, 9),), "unknown kind")]


def test_an_answer_heard_twice_or_in_pieces_changes_nothing_more(journal):
    journal.append(pages(*range(1, 6)))
    for accepted in ([(1, 2)], [(2, 3)], [(1, 2)], [(3, 3)]):
        journal.mark(ack(journal, accepted, aside=[([(5, 5)], "why")]))
    assert seqs(journal) == [4]
    assert len(journal.aside()) == 1


def test_what_was_aside_and_is_then_accepted_is_held(journal):
    journal.append(pages(1, 2))
    journal.mark(ack(journal, [], aside=[([(1, 2)], "why")]))
    journal.mark(ack(journal, [(1, 1)]))
    assert seqs(journal) == []


def test_an_answer_for_another_card_is_nothing(journal):
    journal.append(pages(1))
    journal.mark(ack(journal, [(1, 1)], device="e" * 32))
    assert seqs(journal) == [1]


def test_batches_keep_to_their_epoch_and_device_and_to_the_limit(journal):
    journal.append(pages(1, 2, 3))
    journal.begin(device="e" * 32, boot="c" * 32)
    journal.append(pages(4, 5))
    assert [(batch.device[0], len(batch.events)) for batch in journal.unsent(99)] == [("d", 3), ("e", 2)]
    assert [(batch.device[0], len(batch.events)) for batch in journal.unsent(4)] == [("d", 3), ("e", 1)]
    assert [len(batch.events) for batch in journal.unsent(2)] == [2]


def test_kinds_of_little_value_may_stay_behind(journal):
    journal.append([make("play", 1, sound="0" * 16, where="phone"), make("dropped", 2, kind="all", count=3)])
    assert seqs(journal, least=9) == [2]


def test_a_better_time_is_told_even_when_no_event_waits(journal):
    epoch = journal.current().name
    assert journal.unsent(99) == []
    assert journal.learn(epoch, 1_790_000_000, Quality.SAVED).revision == 1
    assert journal.learn(epoch, 1_790_000_500, Quality.SYNCED).revision == 2
    assert journal.learn(epoch, 1_780_000_000, Quality.FEW).seconds == 1_790_000_500
    (batch,) = journal.unsent(99)
    assert (batch.events, batch.offset.quality) == ((), Quality.SYNCED)
    journal.mark(ack(journal, [], revision=1))
    assert len(journal.unsent(99)) == 1
    journal.mark(ack(journal, [], revision=2))
    assert journal.unsent(99) == []


def test_a_damaged_row_is_told_as_gone_and_its_neighbours_travel(journal):
    journal.append(pages(1, 2, 3))
    journal.store.database.execute_sql("UPDATE event SET payload = 'x' WHERE id % 4294967296 = 2")
    (batch,) = journal.unsent(99)
    assert [seq for seq, _ in batch.events] == [1, 3]
    assert batch.gone.spans == ((2, 2),)
    journal.mark(ack(journal, [(1, 3)]))
    assert journal.unsent(99) == []


def test_a_database_of_a_newer_release_is_refused(journal, settings):
    journal.store.database.execute_sql("INSERT INTO migration VALUES ('m9999_future')")
    with pytest.raises(KioskError, match="newer"):
        Journal.open(settings)


def _open(settings):
    Journal.open(settings).close()


def test_programs_that_make_it_at_once_agree(settings):
    with multiprocessing.get_context("fork").Pool(6) as pool:
        pool.map(_open, [settings] * 6)
