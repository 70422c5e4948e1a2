import json

from kiosk.findings import Level
from kiosk.status import show
from tests.status.made import FINDINGS, report

SMALL = report(FINDINGS[:2], {None: {"view": 1}, 20000: {"view": 12, "attempt": 3, "start": 1}})


def test_the_table_aligns_areas_and_puts_the_remedy_below():
    lines = show.table(SMALL).splitlines()
    assert lines[0] == "✓ đếm      Đang chạy."
    assert lines[1] == "! thẻ nhớ  Gần đầy."
    assert lines[2] == "           → Gỡ bớt bài."


def test_the_table_ends_with_the_last_days():
    lines = show.table(SMALL).splitlines()
    assert lines[-2].split() == ["?", "1", "0", "0", "0", "0"]
    assert lines[-1].split() == ["2024-10-04", "12", "0", "3", "0", "0"]


def test_a_house_without_counts_shows_no_table_of_days():
    assert show.table(report(FINDINGS[:2], {})).count("\n") == 2


def test_json_says_the_same_and_the_figures_beside():
    told = json.loads(show.document(SMALL))
    assert told["worst"] == "warn"
    assert told["findings"][1] == {"area": "thẻ nhớ", "level": "warn", "what": "Gần đầy.", "remedy": "Gỡ bớt bài."}
    assert told["days"]["2024-10-04"]["attempt"] == 3
    assert (told["site"], told["name"]) == ("thu", "Nhà văn hóa bản thử")
    assert told["figures"]["stations"] == 7
    assert told["figures"]["packs"]["doi-song-so"] == "012345"


def test_the_gravest_come_first_and_equals_keep_their_order():
    assert [row.level for row in show.gravest_first(report())] == [Level.FAIL, Level.WARN, Level.OK]
