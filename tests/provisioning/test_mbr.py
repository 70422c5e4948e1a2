"""The first sector of a card."""

import pytest

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning import card, mbr
from provisioning.mbr import FAT32, Partition, Table


def test_what_is_rendered_is_read_back() -> None:
    table = card.table(0x1234ABCD)
    sector = mbr.render(table)
    assert len(sector) == mbr.SECTOR
    read = mbr.parse(sector)
    assert read.signature == 0x1234ABCD
    assert read.partitions == (card.BOOT, card.SYSTEM, card.SECOND, None)


def test_the_fourth_partition_is_entered_without_touching_the_others() -> None:
    area = card.room(8_000_000_000).areas[0]
    read = mbr.parse(mbr.render(card.table(7).with_fourth(area)))
    assert read.partitions == (card.BOOT, card.SYSTEM, card.SECOND, area)


@pytest.mark.needs("sfdisk")
def test_another_program_reads_the_same_partitions(tmp_path) -> None:
    path = tmp_path / "card"
    with path.open("wb") as file:
        file.write(mbr.render(card.table(0x1234ABCD)))
        file.truncate(card.SMALLEST)
    said = run(["sfdisk", "--dump", path]).out.decode()
    assert "label-id: 0x1234abcd" in said
    assert f"start= {card.BOOT.start // 512:11}, size= {card.BOOT.size // 512:11}, type=c, bootable" in said
    assert f"start= {card.SYSTEM.start // 512:11}, size= {card.SYSTEM.size // 512:11}, type=83" in said


@pytest.mark.parametrize("sector", [b"", b"\0" * 512, b"\xff" * 510])
def test_what_is_no_table_is_refused(sector: bytes) -> None:
    with pytest.raises(KioskError):
        mbr.parse(sector)


@pytest.mark.parametrize("partition", [Partition(512, 100), Partition(0, 512), Partition(512, 1 << 42, FAT32)])
def test_what_no_table_can_hold_is_refused(partition: Partition) -> None:
    with pytest.raises(KioskError):
        mbr.render(Table(1, (partition,)))
