import pytest

from kiosk.events.epochs import Offset, Quality
from kiosk.findings import Level
from kiosk.status.counting import counting
from kiosk.usage.note import Note, Trouble
from kiosk.usage.report import Usage


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble])
def test_every_trouble_of_the_recorder_has_a_sentence_and_a_remedy(trouble):
    (first, *_) = counting(Usage(running=True, note=Note(trouble=trouble, message="words of the system")))
    assert first.level is Level.FAIL
    assert "words of the system" in first.what
    assert first.remedy


@pytest.mark.parametrize("quality", list(Quality))
def test_every_quality_of_time_has_a_sentence(quality):
    rows = counting(Usage(running=True, note=Note(), offset=Offset(1, quality, 1)))
    level = Level.OK if quality > Quality.SAVED else Level.NOTE
    assert [(row.area, row.level) for row in rows] == [("đếm", Level.OK), ("giờ", level)]
    assert bool(rows[1].remedy) is (level is Level.NOTE)


@pytest.mark.parametrize(
    "seen",
    [
        Usage(running=False),
        Usage(running=True, problem="disk I/O error"),
        Usage(running=True, damaged=("usage.db.corrupt-1",)),
        Usage(running=True, share=0.95),
        Usage(running=True, gone=7),
        Usage(running=True, note=Note(dropped=7)),
    ],
)
def test_what_is_wrong_with_the_counting_is_said_with_a_remedy(seen):
    rows = [row for row in counting(seen) if row.level in {Level.WARN, Level.FAIL}]
    assert len(rows) == 1
    assert rows[0].remedy


def test_a_log_that_does_not_give_back_its_memory_is_told():
    rows = counting(Usage(running=True, note=Note(punches=False)))
    assert [row.level for row in rows if row.area == "đếm"] == [Level.OK, Level.NOTE]
