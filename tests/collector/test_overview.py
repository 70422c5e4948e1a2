from dataclasses import replace

from kiosk.collector import tokens
from kiosk.collector.figures.overview import Voice, overview
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.events.batch import Batch, encode
from kiosk.events.epochs import UNKNOWN, Offset, Quality
from tests.collector.conftest import NOW, a_batch

DAY = 86_400


def test_events_stand_on_the_day_of_their_epochs_best_time(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 10, offset=NOW - 2 * DAY)), NOW)
    (village,) = overview(province, NOW).villages
    assert village.days["view"][-3] == 10
    assert village.total("view") == 10
    ingest(province, "ban-ho", encode(_again(revision=2, offset=NOW - 4 * DAY)), NOW)
    (village,) = overview(province, NOW).villages
    assert village.days["view"][-5] == 10
    assert village.total("view") == 10


def _again(*, revision: int, offset: int) -> Batch:
    return replace(a_batch(1, 1), offset=Offset(offset, Quality.SYNCED, revision))


def test_events_of_an_unknown_day_are_told_apart(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(replace(a_batch(1, 6), offset=UNKNOWN)), NOW)
    (village,) = overview(province, NOW).villages
    assert (village.total("view"), village.undated) == (0, 6)


def test_a_village_is_live_late_silent_or_was_never_heard(province: Province, token: str) -> None:
    tokens.issue(province, "ban-moi", "Bản Mới", NOW)
    ingest(province, "ban-ho", encode(a_batch(1, 1)), NOW)
    for days, voice in ((0, Voice.LIVE), (3, Voice.LATE), (14, Voice.SILENT)):
        rows = {village.site: village.voice for village in overview(province, NOW + days * DAY).villages}
        assert rows == {"ban-ho": voice, "ban-moi": Voice.NEVER}
