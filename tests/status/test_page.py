from kiosk.findings import Level
from kiosk.settings import Settings
from kiosk.status import page
from kiosk.status.report import Figures
from tests.status.made import report, village


def test_figures_are_those_that_a_technician_reads_out(tmp_path):
    (tmp_path / "current").mkdir()
    shown = page.view(Settings(), village(tmp_path))
    assert dict(shown.figures) == {
        "Điện thoại": "10 / 10",
        "Wi-Fi": "kênh 6, luật của chip, 7.45.98.118",
        "Nhiệt độ": "48 °C",
        "Thẻ nhớ trống": "9000 / 14000 MiB",
        "Chờ gửi": "1234 dòng",
        "doi-song-so": "012345",
        "giong-may-vi": "012345",
    }
    assert shown.up == "26 giờ"


def test_what_is_not_known_is_left_out():
    assert list(page._figures(Figures(uptime_hours=1))) == [("Chờ gửi", "0 dòng")]


def test_the_gravest_stand_first_and_what_only_tells_stands_apart():
    shown = page.view(Settings(), report())
    assert [row.level for row in shown.wanting] == [Level.FAIL, Level.WARN]
    assert [row.level for row in shown.others] == [Level.OK]


def test_the_last_seven_days_are_shown_oldest_first():
    shown = page.view(Settings(), report())
    assert len(shown.days) == 7
    assert list(shown.days) == sorted(shown.days)
    assert shown.days["2024-10-12"] == (20, 0, 3, 0, 0)
