import pytest

from kiosk.events.ack import Ack
from kiosk.events.epochs import Quality
from kiosk.events.event import make
from kiosk.events.ranges import Ranges
from kiosk.usage.retention import KEPT_SECONDS, Reserve, make_room, tidy
from kiosk.usage.store import used

NOW = 1_790_000_000


def fill(journal, count, *, at=5):
    journal.append([make("help", at, page=f"help/p{number}") for number in range(count)])


def acknowledge(journal, *spans):
    epoch = journal.current().name
    journal.mark(Ack("0" * 64, "d" * 32, epoch, Ranges(spans), (), 0, NOW))


def left(journal):
    return Ranges.of(row.seq for row in journal.store.tables.event.select())


def test_what_the_collector_holds_goes_after_ninety_days_and_the_rest_stays(journal):
    fill(journal, 10, at=5)
    fill(journal, 10, at=5 + KEPT_SECONDS)
    journal.learn(journal.current().name, NOW, Quality.SYNCED)
    acknowledge(journal, (1, 8), (11, 12))
    assert tidy(journal, NOW + KEPT_SECONDS + 6) == 8
    assert left(journal) == Ranges(((9, 20),))


def test_nothing_is_old_when_nobody_knows_the_time(journal):
    fill(journal, 10)
    acknowledge(journal, (1, 10))
    assert tidy(journal, NOW + 2 * KEPT_SECONDS) == 0
    assert tidy(journal, None) == 0


def test_at_four_fifths_of_the_bound_what_is_held_goes_oldest_first(journal):
    while used(journal.store)[0] < 0.85 * used(journal.store)[1]:
        fill(journal, 1000)
    total = journal.current().seq
    acknowledge(journal, (1, total - 100))
    gone = tidy(journal, None)
    assert left(journal) == Ranges(((gone + 1, total),))
    assert 0.70 < used(journal.store)[0] / used(journal.store)[1] < 0.80


def test_nothing_that_waits_goes_at_four_fifths(journal):
    while used(journal.store)[0] < 0.85 * used(journal.store)[1]:
        fill(journal, 1000)
    assert tidy(journal, None) == 0


def test_room_is_made_from_what_is_held_before_what_waits(journal):
    fill(journal, 3000)
    acknowledge(journal, (1001, 3000))
    assert not make_room(journal, 600, 9)
    assert Ranges(((1, 1000),)) - left(journal) == Ranges()
    assert left(journal).total == 2000


def test_what_had_to_be_dropped_is_counted_by_kind_and_told_as_gone(journal):
    fill(journal, 3000)
    assert make_room(journal, 600, 9) == {"help": 1000}
    (batch,) = journal.unsent(9999)
    assert batch.gone == Ranges(((1, 1000),))
    told = [event for _, event in batch.events if event.kind == "dropped"]
    assert sum(event.values[1] for event in told) == 1000
    assert [seq for seq, _ in batch.events] == list(range(1001, 3003))


def test_a_loss_that_is_lost_itself_is_added_up(journal):
    journal.append([make("dropped", 1, kind="view", count=40)])
    fill(journal, 600)
    assert make_room(journal, 100, 9) == {"view": 40, "help": 499}


def test_a_finished_epoch_goes_and_the_current_one_stays(journal):
    fill(journal, 10)
    journal.learn(journal.current().name, NOW, Quality.SYNCED)
    acknowledge(journal, (1, 10))
    journal.begin(device="d" * 32, boot="c" * 32)
    tidy(journal, NOW + 2 * KEPT_SECONDS)
    assert len(journal.offsets()) == 2  # its time was not yet told
    old = next(iter(journal.offsets()))
    journal.mark(Ack("0" * 64, "d" * 32, old, Ranges(), (), 1, NOW))
    tidy(journal, NOW + 2 * KEPT_SECONDS)
    assert list(journal.offsets()) == [journal.current().name]


def test_the_reserve_is_kept_only_where_there_is_room_and_let_go_at_once(tmp_path):
    reserve = Reserve(tmp_path / "reserve", 65_536)
    assert reserve.keep()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= 65_536
    assert reserve.keep()
    reserve.release()
    reserve.release()
    assert not (tmp_path / "reserve").exists()
    assert not Reserve(tmp_path / "reserve", 2**60).keep()


@pytest.mark.parametrize("count", [1, 499, 501])
def test_a_small_need_drops_no_more_than_its_chunks(journal, count):
    fill(journal, 2000)
    assert make_room(journal, count, 9).total() == (count + 499) // 500 * 500
