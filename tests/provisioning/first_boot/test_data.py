"""The data partition."""

import pytest

from provisioning import card, mbr
from provisioning.first_boot.data import ASIDE, KEPT, MADE, MEMORY, bring_up
from tests.provisioning.first_boot.box import Plug, PowerCutError, TestDisk


@pytest.fixture
def disk() -> TestDisk:
    return TestDisk(Plug())


def test_a_new_card_gets_its_data_and_keeps_it(disk: TestDisk) -> None:
    made = bring_up(disk)
    assert made.how == MADE
    assert disk.entries.partitions[3] == made.area == card.room(disk.size).areas[0]
    assert bring_up(disk).how == KEPT
    assert disk.mounted == made.area


def test_data_that_cannot_be_read_is_set_aside_untouched_and_fresh_data_made(disk: TestDisk) -> None:
    former = bring_up(disk).area
    disk.good.clear()
    mounted = bring_up(disk)
    assert (mounted.how, mounted.former) == (ASIDE, former)
    assert mounted.area == card.room(disk.size).after(former)
    assert disk.good == {mounted.area}
    assert bring_up(disk).how == KEPT


def test_the_system_s_partitions_stay_as_they_are(disk: TestDisk) -> None:
    before = disk.entries.partitions[:3]
    for _ in range(5):
        bring_up(disk)
        disk.good.clear()
    assert disk.entries.partitions[:3] == before
    assert mbr.parse(mbr.render(disk.entries)) == disk.entries


@pytest.mark.parametrize("aged", [False, True], ids=["new", "damaged"])
def test_the_table_never_names_an_area_without_a_whole_file_system(aged: bool) -> None:
    for at in range(6):
        disk = TestDisk(Plug())
        former = bring_up(disk).area if aged else None
        disk.good.clear()
        disk.plug = Plug(at)
        try:
            bring_up(disk)
        except PowerCutError:
            area = disk.entries.partitions[3]
            assert area == former or area in disk.good
        disk.plug = Plug()
        assert bring_up(disk).how in (MADE, ASIDE, KEPT)
        assert disk.mounted in disk.good


def test_a_card_that_takes_nothing_more_leaves_memory(disk: TestDisk) -> None:
    disk.writable = False
    mounted = bring_up(disk)
    assert mounted.how == MEMORY
    assert "Input/output error" in mounted.wrong
    assert disk.mounted == "memory"


def test_a_card_whose_first_sector_is_gone_leaves_memory(disk: TestDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TestDisk, "table", lambda _: mbr.parse(bytes(512)))
    assert bring_up(disk).how == MEMORY
