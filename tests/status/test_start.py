import pytest

from kiosk.device.start import Start
from kiosk.findings import Level, worst
from kiosk.status.start import start


def test_where_nobody_looked_nothing_is_told():
    assert start(None) == []


def test_a_good_start_tells_the_box_s_fingerprint_alone():
    (row,) = start(Start(data="kept", site="card", fingerprint="89fc-dbe5"))
    assert (row.area, row.level) == ("máy", Level.OK)
    assert "89fc-dbe5" in row.what


@pytest.mark.parametrize(
    ("found", "level", "said"),
    [
        (Start(site="kept", wrong="site.toml, dòng 3"), Level.WARN, "dòng 3"),
        (Start(site="image", wrong="site.toml trống"), Level.FAIL, "trống"),
        (Start(data="aside"), Level.WARN, "để riêng"),
        (Start(data="memory"), Level.FAIL, "số liệu mất"),
        (Start(trouble=("radio: rfkill",)), Level.WARN, "rfkill"),
    ],
)
def test_what_went_wrong_is_told_with_what_to_do(found, level, said):
    (row,) = start(found)
    assert worst([row]) is level
    assert said in row.what
    assert row.remedy
