from kiosk.collector import tokens
from kiosk.collector.figures.overview import overview
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.report import boxes, text
from kiosk.collector.rollups.settle import settle
from kiosk.collector.titles import Titles
from kiosk.events.batch import encode
from tests.collector.conftest import DEVICE, NOW, a_batch


def test_every_box_stands_under_the_village_whose_token_it_spoke_with(province: Province, token: str) -> None:
    tokens.issue(province, "ban-moi", "Bản Mới", NOW)
    ingest(province, "ban-ho", encode(a_batch(1, 2)), NOW - 86_400)
    ingest(province, "ban-ho", encode(a_batch(3, 4)), NOW)
    assert list(boxes(province)) == [f"ban-ho  {DEVICE}  0.1.0  2026-09-20 .. 2026-09-21"]
    ingest(province, "ban-moi", encode(a_batch(1, 2)), NOW)
    assert all(line.endswith("speaks for several villages") for line in boxes(province))


def test_a_village_is_told_with_what_is_amiss(province: Province, token: str) -> None:
    ingest(province, "ban-ho", encode(a_batch(4, 6, offset=NOW + 999_999)), NOW)
    settle(province)
    lines = text(overview(province, NOW), Titles()).splitlines()
    assert lines[1:] == [
        "live   Bản Hồ (ban-ho): heard 0 days ago; in 14 days 0 views, 0 plays, 0 attempts",
        "       ! 1 starts with a clock that cannot be",
        "       ! 3 events without a day yet",
        "       ! 3 events still to come",
    ]
