import json

from kiosk.findings import Finding, Level
from kiosk.status import show
from kiosk.status.report import Report

SEEN = Report(
    "thu",
    "1.2",
    (Finding("đếm", Level.OK, "Đang chạy."), Finding("thẻ nhớ", Level.WARN, "Gần đầy.", "Gỡ bớt bài.")),
    {None: {"view": 1}, 20000: {"view": 12, "attempt": 3, "start": 1}},
)


def test_the_table_aligns_areas_and_puts_the_remedy_below():
    lines = show.table(SEEN).splitlines()
    assert lines[0] == "✓ đếm      Đang chạy."
    assert lines[1] == "! thẻ nhớ  Gần đầy."
    assert lines[2] == "           → Gỡ bớt bài."


def test_the_table_ends_with_the_last_days():
    lines = show.table(SEEN).splitlines()
    assert lines[-2].split() == ["?", "1", "0", "0", "0", "0"]
    assert lines[-1].split() == ["2024-10-04", "12", "0", "3", "0", "0"]


def test_a_house_without_counts_shows_no_table_of_days():
    assert show.table(Report("thu", "1", SEEN.findings, {})).count("\n") == 2


def test_json_says_the_same():
    told = json.loads(show.document(SEEN))
    assert told["worst"] == "warn"
    assert told["findings"][1] == {"area": "thẻ nhớ", "level": "warn", "what": "Gần đầy.", "remedy": "Gỡ bớt bài."}
    assert told["days"]["2024-10-04"]["attempt"] == 3
