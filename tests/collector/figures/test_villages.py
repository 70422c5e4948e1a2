import pytest

from kiosk.collector import tokens
from kiosk.collector.figures.villages import Voice, days, villages, voice
from kiosk.collector.habits import habit
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch

DAY = 86_400


@pytest.mark.parametrize(
    ("contacts", "today", "expected"),
    [
        ([100], 102, Voice.LIVE),
        ([100], 103, Voice.LATE),
        ([100], 114, Voice.SILENT),
        ([100, 101, 102], 105, Voice.LATE),
        ([100, 130, 160], 215, Voice.LIVE),  # a stick once a month
        ([100, 130, 160], 220, Voice.LATE),
        ([100, 130, 160], 280, Voice.SILENT),
        ([1, 2, 3, 300, 330, 360], 415, Voice.LIVE),  # what it did a year ago is no habit
        ([200], 150, Voice.LIVE),  # the collector's own clock was set back
    ],
)
def test_a_village_is_late_by_its_own_habit(contacts: list[int], today: int, expected: Voice) -> None:
    assert voice(*habit(contacts), today)[0] is expected


def test_a_village_stands_with_its_days_its_devices_and_what_is_amiss(province: Province, token: str) -> None:
    tokens.issue(province, "ban-moi", "Bản Mới", NOW)
    ingest(province, "ban-ho", encode(a_batch(3, 12, offset=NOW - 2 * DAY)), NOW)
    settle(province)
    second, first = villages(province, NOW)
    assert (first.name, first.total("view"), first.devices) == ("Bản Hồ", 10, 1)
    assert days(province, ["ban-ho"], NOW, "view")["ban-ho"][-3:] == [10, 0, 0]
    assert (first.voice, first.heard, first.holdings.late) == (Voice.LIVE, 0, 2)
    assert (second.voice, second.heard, second.devices) == (Voice.NEVER, None, 0)


def test_one_device_under_two_sites_is_raised_at_both(province: Province, token: str) -> None:
    tokens.issue(province, "ban-moi", "Bản Mới", NOW)
    for site in ("ban-ho", "ban-moi"):
        ingest(province, site, encode(a_batch(1, 2)), NOW)
    assert [village.holdings.moved for village in villages(province, NOW)] == [1, 1]


def test_a_village_that_was_silent_for_years_was_heard_once(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 2)), NOW)
    (village,) = villages(province, NOW + 1000 * DAY)
    assert (village.voice, village.heard) == (Voice.SILENT, 1000)
