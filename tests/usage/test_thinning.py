"""A day as one number each: only where the budget forces it, only what never left, and the province counts the same."""

import random
from collections import Counter
from contextlib import closing

import msgspec
import pytest

from kiosk import clock
from kiosk.collector import tokens
from kiosk.collector.ingest import ingest
from kiosk.collector.province import open_province
from kiosk.collector.rollups.settle import settle
from kiosk.events.ack import Ack
from kiosk.events.batch import encode
from kiosk.events.epochs import Quality
from kiosk.events.event import make
from kiosk.events.kinds import kinds
from kiosk.events.ranges import Ranges
from kiosk.outbox.carry import pieces
from kiosk.settings import Upload
from kiosk.usage import waiting
from kiosk.usage.journal import Journal
from kiosk.usage.session import Session
from kiosk.usage.thinning import DAYS, thin
from tests.usage.house import cards, log, reasons, view

DAY = 86_400
BEGAN = 1_790_000_000  # of the collector's tests, too
DEVICE, BOOT = "d" * 32, "b" * 32
TIGHT = 500  # bytes a day: some 870 events in two weeks


def days(count, first=0):
    """Events of so many days of uptime: many views and plays, an attempt each morning."""
    chance, made = random.Random(7), []
    for number in range(first, first + count):
        for minute in range(200):
            at = number * DAY + minute * 300
            card, where = f"p/l/c{chance.randrange(6)}", chance.choice(["phone", "phone", "touchscreen"])
            made.append(make("view", at, card=card, lang=chance.choice(["vi", "blt"]), where=where, depth=minute % 5))
            made.append(make("play", at + 1, sound="0123456789abcdef", lang="vi", where=where))
        made.append(make("portal", number * DAY + 9, system="android", what="shown"))
        made.append(make("portal", number * DAY + 99, system="android", what="shown"))
        made.append(make("visit", number * DAY + 500, where="phone", seconds=9, attempts=1))
    return made


@pytest.fixture
def house(settings):
    """Three epochs that are over and one of now; the last seq of the first was acknowledged and is long deleted."""
    opened = Journal.open(settings)
    for number in range(3):
        current = opened.begin(device=DEVICE, boot=BOOT)
        opened.append(days(2))
        opened.learn(current.name, BEGAN + number * 10 * DAY, Quality.SYNCED)
    opened.begin(device=DEVICE, boot=BOOT)
    opened.append(days(3))
    opened.learn(opened.current().name, BEGAN + 40 * DAY, Quality.SYNCED)
    yield opened
    opened.close()


def counted(journal, tmp_path, name):
    """What the province counts of all that waits: by day, by detail and by language."""
    province = open_province(f"sqlite:///{tmp_path}/{name}.db")
    tokens.issue(province, "ban-ho", "Bản Hồ", BEGAN)
    for batch in journal.unsent(1_000_000):
        for _, data in pieces(batch):
            ingest(province, "ban-ho", data, BEGAN + 90 * DAY)
    settle(province)
    found = {table: Counter(map(tuple, province.rows(f"SELECT * FROM {table}")))
             for table in ("daily", "detail", "language")}  # fmt: skip
    lost = sum(row[0] for row in province.rows("SELECT lost FROM epoch"))
    late = sum(row[0] for row in province.rows("SELECT late FROM epoch"))
    province.close()
    return found, lost, late


def without_depth(found):
    """How far people come in a lesson is told by each view; a day's sum tells how many there were."""
    views = kinds()["view"].code
    details = Counter()
    for row, many in found["detail"].items():
        details[(*row[:5], *([0] * 5 if row[2] == views else row[5:]))] += many
    return found | {"detail": details}


def test_the_province_counts_the_same_of_sums_and_knows_what_is_gone(house, tmp_path):
    before, _, _ = counted(house, tmp_path, "before")
    held = waiting.count(house.store)
    gone = thin(house, TIGHT, 3 * DAY)
    after, lost, late = counted(house, tmp_path, "after")
    assert gone > 2000
    assert waiting.count(house.store) == held - gone
    assert without_depth(after) == without_depth(before)
    assert after != before
    sums = sum(event.kind == "sum" for batch in house.unsent(10_000) for _, event in batch.events)
    assert (lost, late) == (gone + sums, 0)
    assert all(len(encode(part)) > 0 for batch in house.unsent(10_000) for part, _ in pieces(batch))


@pytest.mark.parametrize("daily", [0, 1_000_000])
def test_without_need_nothing_is_thinned(house, daily):
    assert thin(house, daily, 3 * DAY) == 0


def test_it_ends_as_soon_as_the_budget_carries_the_rest_oldest_first(house):
    held = waiting.count(house.store)
    daily = (held - 300) * 8 // DAYS
    gone = thin(house, daily, 3 * DAY)
    assert 300 <= gone < 800
    first, *others = house.unsent(100_000)
    assert any(event.kind == "sum" for _, event in first.events)
    assert not any(event.kind == "sum" for batch in others for _, event in batch.events)


def test_what_left_once_and_the_day_that_goes_on_stay_as_they_are(house):
    tried = house.unsent(100_000)[0]
    house.tried(tried)
    thin(house, 1, 2 * DAY + 100)
    first, *_, current = house.unsent(100_000)
    assert first.events == tried.events
    today = [event for _, event in current.events if event.at > 2 * DAY + 100]
    assert len(today) > 390
    assert {event.kind for event in today} == {"view", "play", "visit"}


def test_the_recorder_thins_by_the_hour_and_goes_on_in_its_epoch(house, settings, monkeypatch):
    monkeypatch.setattr(clock, "uptime", lambda: 3.0 * DAY)
    paid = msgspec.structs.replace(settings, upload=Upload(daily=TIGHT))
    with closing(Session(paid)) as session:
        session.tick()
        log(paid, view("p/l/after"))
        session.finish()
    thinned = [event for batch in house.unsent(100_000) for _, event in batch.events if event.kind == "sum"]
    assert thinned
    assert reasons(paid)[-1:] == ["boot"]  # of the session alone: thinning began none
    assert cards(paid)[-1] == "p/l/after"


def test_no_seq_is_given_twice_though_the_last_ones_are_long_gone(house):
    epoch = house.unsent(1)[0].epoch
    last = max(seq for seq, _ in house.unsent(100_000)[0].events)
    house.mark(Ack("0" * 64, DEVICE, epoch, Ranges(((last - 3, last),)), (), 1, BEGAN))
    table = house.store.tables.event
    table.delete().where(table.within(1, last - 3, last)).execute()
    thin(house, 1, 3 * DAY)
    sums = [seq for seq, event in house.unsent(100_000)[0].events if event.kind == "sum"]
    assert min(sums) == last + 1
    thin(house, 1, 3 * DAY)
    assert [seq for seq, event in house.unsent(100_000)[0].events if event.kind == "sum"] == sums
