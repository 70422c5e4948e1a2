"""A better time that is learnt later corrects what is already uploaded; an old one that is carried never worsens it."""

import pytest

from kiosk import clock
from kiosk.events.epochs import Quality
from kiosk.outbox.carry import carry
from kiosk.outbox.upload import upload
from kiosk.settings import Settings, Upload
from kiosk.usage.journal import Journal
from tests.outbox.fakes import view
from tests.outbox.province import Province

DAY = 86_400
NOW = 1_790_000_000  # 21 September 2026, past eight in the evening in Viet Nam


@pytest.fixture
def province(tmp_path):
    running = Province(tmp_path / "province")
    yield running
    running.stop()


@pytest.fixture
def house(tmp_path, province):
    # Without a key to check them the answers tell no time: here phones do.
    return Settings(data=tmp_path / "data", run=tmp_path / "run", upload=Upload(province.url, str(province.token)))


@pytest.fixture
def journal(house):
    opened = Journal.open(house)
    opened.begin(device="ab" * 16, boot=clock.boot_id())
    opened.append([view(at) for at in range(0, 2 * DAY, 7200)])
    yield opened
    opened.close()


def test_what_is_uploaded_moves_to_its_right_days_and_stays_there(tmp_path, house, journal, province):
    epoch, keyed = journal.current().name, Upload(house.upload.url, house.upload.token, key=province.key)
    upload(house, journal)
    assert province.days() == []  # held, and of no day
    sticks = []
    for seconds, quality, days in (
        (NOW - 100 * DAY, Quality.SAVED, ["2026-06-13", "2026-06-14", "2026-06-15"]),
        (NOW - 3 * DAY, Quality.FEW, ["2026-09-18", "2026-09-19", "2026-09-20"]),
        (NOW, Quality.PHONES, ["2026-09-21", "2026-09-22", "2026-09-23"]),
    ):
        journal.learn(epoch, seconds, quality)
        sticks.append(tmp_path / quality.name)
        sticks[-1].mkdir()
        carry(keyed, journal, sticks[-1])  # written now, and carried there much later
        report = upload(house, journal)
        assert (report.events, report.batches) == (0, 1)  # the time travels alone
        assert province.days() == days
    for stick in (*sticks, *reversed(sticks)):
        (file,) = stick.iterdir()
        province.take(file.read_bytes())
        assert province.days() == ["2026-09-21", "2026-09-22", "2026-09-23"]
    assert province.counts() == {epoch: 24}


def test_a_worse_time_learnt_later_is_none(house, journal, province):
    epoch = journal.current().name
    journal.learn(epoch, NOW, Quality.PHONES)
    upload(house, journal)
    journal.learn(epoch, NOW + 9 * DAY, Quality.SAVED)
    assert upload(house, journal).batches == 0
    assert province.days()[0] == "2026-09-21"
