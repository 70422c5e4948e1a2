import msgspec
import pytest

from kiosk.findings import Level
from kiosk.outbox.stick import Stage, Visit
from kiosk.settings import Settings
from kiosk.status.carrying import carrying

HOUSE = Settings()
DONE = Visit("b" * 32, 5, Stage.DONE, "/run/kiosk-stick/sda1", file="domdom-ab.carry", events=1200, bytes=9000)


def said(**changes):
    return carrying(HOUSE, msgspec.structs.replace(DONE, **changes))


def test_who_holds_the_stick_is_told_when_to_take_it_out(monkeypatch):
    (row,) = said()
    assert (row.level, row.what) == (Level.OK, "Đã ghi 1200 dòng số liệu ra USB. Rút USB ra được rồi.")
    (row,) = said(file="", events=0)
    assert "Rút USB ra được" in row.what
    for changes, mounted in (({}, True), ({"stage": Stage.WRITING}, True), ({"stage": Stage.WRITING}, False)):
        monkeypatch.setattr("os.path.ismount", lambda _, mounted=mounted: mounted)
        (row,) = said(**changes)
        assert "Đừng rút" in row.remedy


@pytest.mark.parametrize(("words", "remedy"), [
    ("the stick is full", "Xóa bớt"), ("the stick takes nothing", "lẫy khóa"),
    ("the stick was taken out or is broken", "Cắm lại"), ("upload.key is not set", "khóa của máy chủ"),
    ("the stick does not hold what was written to it", "USB khác"),
])  # fmt: skip
def test_what_went_wrong_has_a_remedy_and_nothing_is_lost(words, remedy):
    (row,) = said(stage=Stage.FAILED, said=words)
    assert row.level is Level.WARN
    assert remedy in row.remedy
    assert "Không mất" in row.remedy


def test_what_a_stick_brought_is_told_and_a_phone_s_visit_is_not():
    rows = said(returned=40, refused=2)
    assert [row.level for row in rows] == [Level.OK, Level.OK, Level.WARN]
    assert said(folder=str(HOUSE.handed.absolute())) == []
    assert carrying(HOUSE, None) == []
