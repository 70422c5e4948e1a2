"""A link that is paid by what it carries, and one that is hardly ever there."""

from collections import Counter
from contextlib import suppress

import pytest

from kiosk import clock
from kiosk.events.batch import decode, encode
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import Event, make
from kiosk.outbox.budget import POST_BYTES, SESSION_BYTES, Budget
from kiosk.outbox.link import Answer, LinkError
from kiosk.outbox.uploader import Uploader
from kiosk.settings import Settings
from kiosk.usage.journal import Journal
from tests.outbox.fakes import KEY, FakeCollector, FakeEpoch, FakeJournal, batch, view

DAY = 86_400
BOOT = "b" * 32


@pytest.fixture
def now(monkeypatch):
    class Now:
        uptime = 1000.0

    monkeypatch.setattr(clock, "uptime", lambda: Now.uptime)
    monkeypatch.setattr(clock, "boot_id", lambda: BOOT)
    return Now


def health(at: int) -> Event:
    return make("health", at, uptime_hours=at // 3600, version="1")


def day_of_a_village(first: int, at: int) -> dict[int, Event]:
    """300 events: a card every few minutes, the health every hour; no two alike."""
    made = {}
    for seq in range(first, first + 300):
        when = at + (seq - first) * 280
        card = f"goi-{seq * 7919 % 9}/bai-{seq * 104_729 % 37}/the-{seq * 1_299_709 % 101}"
        made[seq] = health(when) if seq % 13 == 0 else make("view", when, card=card, lang="vi", where="phone")
    return made


def house(days: int, quality: Quality = Quality.SYNCED) -> FakeJournal:
    events: dict[int, Event] = {}
    for number in range(days):
        events |= day_of_a_village(len(events) + 1, 1000 + number * DAY)
    journal = FakeJournal([batch(events)])
    offset = Offset(1_800_000_000, quality, 1) if quality else Offset(0, quality, 0)
    journal.now = FakeEpoch("cd" * 8, BOOT, offset)
    return journal


def run(journal, collector, daily) -> None:
    budget = Budget(journal, daily, collector)
    Uploader(journal, collector, key=KEY, budget=budget, pause=lambda _: None, chance=lambda: 0.5).run()


def test_a_day_carries_what_it_may_and_what_is_worth_most_goes_first(now):
    journal, collector, daily = house(20), FakeCollector(), 9_000
    now.uptime += 20 * DAY
    for number in range(8):
        for _ in range(6):
            run(journal, collector, daily)
            now.uptime += DAY / 6
        carried = [len(data) for data in collector.posts]
        assert sum(carried) + len(carried) * POST_BYTES + SESSION_BYTES <= daily * (number + 2)
        if number == 0:
            first = Counter(event.kind for _, event in decode(collector.posts[0]).events)
            assert first["health"] == sum(1 for _, event in journal.batches[0].events if event.kind == "health")
        assert max(journal.days.values()) <= daily
    assert len(collector.held) == 20 * 300


def test_the_bytes_of_a_day_are_kept_over_a_power_cut(now, tmp_path):
    settings = Settings(data=tmp_path / "data", run=tmp_path / "run")
    for _ in range(3):
        journal = Journal.open(settings)
        journal.spend("20000", 700)
        journal.close()
    journal = Journal.open(settings)
    assert (journal.spent("20000"), journal.spent("20001")) == (2100, 0)
    for later in range(100):
        journal.spend(str(20_001 + later), 5)
    assert journal.spent("20000") == 0
    assert journal.store.tables.spent.select().count() <= 61
    journal.close()


def test_while_nobody_knows_the_day_only_a_part_of_it_may_go(now):
    journal, collector = house(3, Quality.UNKNOWN), FakeCollector(turns=[LinkError("cut")] * 99)
    with suppress(LinkError):
        run(journal, collector, 20_000)
    assert max(journal.days.values()) <= 20_000 // 4
    assert list(journal.days) == ["cdcdcdcdcdcdcdcd+0"]


def test_what_left_once_is_written_down_before_it_goes(now):
    journal, collector = house(1), FakeCollector(turns=[LinkError("cut")] * 5)
    with suppress(LinkError):
        run(journal, collector, 1_000_000)
    assert [decode(collector.posts[0]).events] == [part.events for part in journal.left]


class Rare:
    """A line that is there for twenty seconds every other day, and carries so many bytes a second."""

    def __init__(self, now, speed: float, collector: FakeCollector) -> None:
        self._now, self._speed, self._collector = now, speed, collector
        self.ends = 0.0

    def post(self, data: bytes) -> Answer:
        took = 1.5 + (len(data) + 600) / self._speed  # there and back a few times, then the bytes
        if self._now.uptime + took > self.ends:
            self._now.uptime = max(self._now.uptime, self.ends) + 1
            raise LinkError("the link is gone")
        self._now.uptime += took
        return self._collector.post(data)

    def pause(self, seconds: float) -> None:
        self._now.uptime += seconds


@pytest.mark.parametrize("speed", [1_000, 20_000])
def test_a_link_of_twenty_seconds_every_other_day_moves_the_queue(now, speed):
    journal, collector = house(30), FakeCollector()
    line, waits = Rare(now, speed, collector), []
    for days in range(30, 70, 2):
        now.uptime = 1000.0 + days * DAY + 15  # it was waited for a clock that nobody set
        line.ends = now.uptime + 5 if days == 30 else now.uptime + 20
        with suppress(LinkError):
            Uploader(journal, line, key=KEY, pause=line.pause, chance=lambda: 0.5).run()
        waits.append(30 * 300 - len(collector.held))
    assert waits == sorted(waits, reverse=True)
    assert waits[-1] == 0
    assert next(turn for turn, left in enumerate(waits) if left < 30 * 300) <= 1


def test_a_view_is_told_after_what_is_worth_more_though_it_is_older(now):
    journal, collector = FakeJournal([batch({1: view(5), 2: health(9000)})]), FakeCollector()
    journal.now = FakeEpoch("cd" * 8, BOOT, Offset(1_800_000_000, Quality.SYNCED, 1))
    alone = len(encode(batch({2: health(9000)})))
    run(journal, collector, SESSION_BYTES + POST_BYTES + alone + 5)
    assert [seq for _, seq in collector.held] == [2]
