import os

import pytest

from kiosk.device.card import Card, parse_count, parse_life, read_card


@pytest.fixture
def kernel(tmp_path):
    """A kernel's table in which the data folder lies on the third partition of a card."""
    folder = tmp_path / "data"
    folder.mkdir()
    sys = tmp_path / "sys"
    disk = sys / "devices" / "mmc0" / "mmcblk0"
    partition = disk / "mmcblk0p3"
    partition.mkdir(parents=True)
    (partition / "partition").write_text("3\n")
    (disk / "device").mkdir()
    (disk / "device" / "name").write_text("SD32G\n")
    (disk / "device" / "date").write_text("03/2023\n")
    ext4 = sys / "fs" / "ext4" / "mmcblk0p3"
    ext4.mkdir(parents=True)
    (ext4 / "errors_count").write_text("2\n")
    (ext4 / "lifetime_write_kbytes").write_text("5242880\n")
    (disk / "device" / "life_time").write_text("0x01 0x03\n")
    number = folder.stat().st_dev
    link = sys / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    link.parent.mkdir(parents=True)
    link.symlink_to(partition)
    return folder, sys


def test_a_card_says_its_maker_its_age_and_its_errors(kernel):
    assert read_card(*kernel) == Card(
        "mmcblk0p3", errors=2, written_mib=5120, worn_percent=30, name="SD32G", made="03/2023"
    )


@pytest.mark.parametrize(("text", "percent"), [
    ("0x01 0x01", 10), ("0x02 0x0a", 100), ("0x0b 0x01", 100), ("0x00 0x00", None), ("", None), ("worn", None),
])  # fmt: skip
def test_the_disk_s_own_word_on_its_wear(text, percent):
    assert parse_life(text) == percent


def test_another_file_system_counts_no_errors(kernel):
    folder, sys = kernel
    (sys / "fs" / "ext4" / "mmcblk0p3" / "errors_count").unlink()
    assert read_card(folder, sys).errors is None


def test_a_whole_disk_is_its_own_device(kernel):
    folder, sys = kernel
    (sys / "devices" / "mmc0" / "mmcblk0" / "mmcblk0p3" / "partition").unlink()
    assert read_card(folder, sys) == Card("mmcblk0p3", errors=2, written_mib=5120)


def test_what_lies_in_memory_or_nowhere_has_no_card(kernel, tmp_path):
    folder, _ = kernel
    assert read_card(folder, tmp_path / "empty") is None
    assert read_card(tmp_path / "none") is None


@pytest.mark.parametrize(("text", "count"), [("0\n", 0), ("17", 17), ("", None), ("-1", None), ("²", None)])
def test_a_count_is_a_whole_number(text, count):
    assert parse_count(text) == count
