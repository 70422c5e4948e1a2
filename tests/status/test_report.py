from dataclasses import replace

import pytest

from kiosk.device.health import Disk, Health, Memory, Throttled
from kiosk.events.epochs import Offset, Quality
from kiosk.findings import Level, worst
from kiosk.outbox import outcome
from kiosk.settings import Settings, Upload
from kiosk.status import report
from kiosk.usage.note import Note, Trouble
from kiosk.usage.report import Usage

WELL = Health(50, Throttled(0), Disk(9000, 14000), Memory(400, 900))


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, Level.OK),
        ({"celsius": 76}, Level.WARN),
        ({"celsius": 85}, Level.FAIL),
        ({"throttled": Throttled(0x10000)}, Level.WARN),
        ({"throttled": Throttled(0x4)}, Level.WARN),
        ({"disk": Disk(300, 14000)}, Level.WARN),
        ({"disk": Disk(10, 14000)}, Level.FAIL),
        ({"disk": Disk(9000, 14000, writable=False)}, Level.FAIL),
        ({"disk": None}, Level.FAIL),
        ({"memory": Memory(20, 900)}, Level.WARN),
        ({"celsius": None, "throttled": None, "memory": None}, Level.OK),
    ],
)
def test_a_box_is_judged(values, level):
    findings = report.box(replace(WELL, **values))
    assert worst(findings) is level
    assert all(finding.remedy for finding in findings if finding.level in {Level.WARN, Level.FAIL})


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble])
def test_every_trouble_of_the_recorder_has_a_sentence_and_a_remedy(trouble):
    (first, *_) = report.counting(Usage(running=True, note=Note(trouble=trouble, message="words of the system")))
    assert first.level is Level.FAIL
    assert "words of the system" in first.what
    assert first.remedy


@pytest.mark.parametrize("quality", list(Quality))
def test_every_quality_of_time_has_a_sentence(quality):
    rows = report.counting(Usage(running=True, note=Note(), offset=Offset(1, quality, 1)))
    level = Level.OK if quality > Quality.SAVED else Level.NOTE
    assert [(row.area, row.level) for row in rows] == [("đếm", Level.OK), ("giờ", level)]


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
    rows = [row for row in report.counting(seen) if row.level in {Level.WARN, Level.FAIL}]
    assert len(rows) == 1
    assert rows[0].remedy


def test_what_the_collector_could_not_take_is_said_with_its_reason(settings):
    rows = report.sending(settings, Usage(waiting=3, aside={"unknown kind": 2}))
    assert any("unknown kind" in row.what and row.level is Level.WARN for row in rows)


def test_a_failed_upload_is_said_in_its_own_words(settings):
    house = Settings(data=settings.data, run=settings.run, upload=Upload(url="https://example.org"))
    outcome.write(house, outcome.Outcome(at=1, ok=False, said="no link", hint="plug in"))
    (row,) = report.sending(house, Usage(waiting=3))
    assert row.level is Level.WARN
    assert "no link" in row.what
    assert row.remedy == "plug in"


def test_an_empty_house_says_that_phones_find_nothing(settings):
    seen = report.read(settings)
    assert {row.area for row in seen.findings if row.level is Level.FAIL} == {"bài", "đếm"}
    assert not settings.usage.exists()
    assert report.facts(settings)[0].area == "bài"
