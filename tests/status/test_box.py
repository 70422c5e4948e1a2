from dataclasses import replace

import pytest

from kiosk.device.card import Card
from kiosk.device.health import Disk, Health, Memory, Throttled
from kiosk.findings import Level, worst
from kiosk.status.box import box

WELL = Health(50, Throttled(0), Disk(9000, 14000), Memory(400, 900))


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, Level.OK),
        ({"celsius": 76}, Level.WARN),
        ({"celsius": 85}, Level.FAIL),
        ({"throttled": Throttled(0x1)}, Level.WARN),
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
    findings = box(replace(WELL, **values))
    assert worst(findings) is level
    assert all(finding.remedy for finding in findings if finding.level in {Level.WARN, Level.FAIL})


def test_low_power_that_only_the_kernel_saw_is_said_too():
    blind = replace(WELL, throttled=None)
    assert [row for row in box(blind) if row.area == "điện"] == []
    (row,) = [row for row in box(blind, undervolted=True) if row.area == "điện"]
    assert row.level is Level.WARN


@pytest.mark.parametrize(
    ("card", "level", "said"),
    [
        (Card("mmcblk0p3", errors=2, name="SD32G", made="03/2023"), Level.WARN, "2 lỗi (thẻ SD32G, 03/2023)"),
        (Card("mmcblk0p3", errors=0, name="SD32G", made="03/2023"), Level.OK, "chưa gặp lỗi nào (thẻ SD32G"),
        (Card("vda", errors=0), Level.OK, "chưa gặp lỗi nào."),
    ],
)
def test_a_card_with_errors_is_to_be_changed(card, level, said):
    row = box(WELL, card)[3]
    assert (row.area, row.level) == ("thẻ nhớ", level)
    assert said in row.what
    assert bool(row.remedy) is (level is Level.WARN)


def test_a_file_system_that_counts_no_errors_says_nothing():
    assert len(box(WELL, Card("x"))) == len(box(WELL, None)) == 4
