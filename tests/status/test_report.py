import pytest

from kiosk import clock
from kiosk.device import look as looks
from kiosk.device.look import Look
from kiosk.device.radio import Radio
from kiosk.device.services import Service
from kiosk.findings import Level, worst
from kiosk.outbox import outcome
from kiosk.settings import Portal, Settings
from kiosk.settings import Radio as Wished
from kiosk.status import report
from kiosk.status.times import ago, span
from tests.status.made import village

SEEN = Look(clock.boot_id(), 1, Radio("wlan0", "brcmfmac", "7.45.265", "VN", stations=3), (Service("nginx.service"),))


@pytest.fixture
def device(settings):
    """The same house behind nginx."""
    settings.run.mkdir()
    own = {"portal": Portal(proxied=True), "radio": Wished("VN", 19)}
    return Settings(data=settings.data, run=settings.run, **own)


def test_an_empty_house_says_that_phones_find_nothing(settings):
    seen = report.read(settings)
    assert {row.area for row in seen.findings if row.level is Level.FAIL} == {"bài", "đếm"}
    assert not settings.usage.exists()
    assert seen.findings[0].area == "bài"


def test_a_desk_is_told_nothing_of_radio_and_services(settings):
    assert {"sóng", "dịch vụ"}.isdisjoint({row.area for row in report.read(settings).findings})


def test_what_was_left_by_another_program_is_taken(device):
    looks.keep(device, SEEN)
    seen = report.read(device)
    assert [row.area for row in seen.findings[:2]] == ["dịch vụ", "sóng"]
    assert (seen.figures.stations, seen.figures.stations_most, seen.figures.country) == (3, 19, "VN")


def test_a_fresh_look_is_left_for_the_others(device, monkeypatch):
    monkeypatch.setattr(looks, "take", lambda units: SEEN)
    report.read(device, fresh=True)
    assert looks.read(device) == SEEN


def test_a_program_that_sees_nothing_takes_what_was_left(device, monkeypatch):
    looks.keep(device, SEEN)
    monkeypatch.setattr(looks, "take", lambda units: Look(clock.boot_id(), 9))
    assert report.read(device, fresh=True).figures.stations == 3


def test_figures_say_what_is_not_known_as_none(settings):
    figures = report.read(settings).figures
    assert figures.stations is figures.country is figures.sent_hours is None
    assert (figures.waiting, figures.time, figures.packs) == (0, "unknown", {})


def test_the_last_good_upload_is_a_figure(device):
    outcome.write(device, outcome.Outcome(at=int(clock.uptime()) - 5, ok=True, events=4))
    assert report.read(device).figures.sent_hours == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 phút"), (59, "0 phút"), (3599, "59 phút"), (3600, "1 giờ"), (172_799, "47 giờ"), (172_800, "2 ngày")],
)
def test_spans_are_said_in_their_largest_unit(seconds, said):
    assert span(seconds) == said


def test_just_now_is_not_zero_minutes_ago():
    assert ago(-3) == ago(59) == "vừa xong"
    assert ago(60) == "1 phút trước"


def test_a_villages_report_is_whole(tmp_path):
    (tmp_path / "current").mkdir()
    seen = village(tmp_path)
    assert worst(seen.findings) is Level.WARN
    assert {row.area for row in seen.findings if row.level is Level.WARN} == {"sóng", "gửi"}
    areas = ["dịch vụ", "sóng", "bài", "đếm", "giờ", "gửi", "nhiệt độ", "điện", "thẻ nhớ", "bộ nhớ"]
    assert list(dict.fromkeys(row.area for row in seen.findings)) == areas
