"""Which disks may be written."""

from pathlib import Path

import pytest

from kiosk.errors import KioskError
from provisioning.flash import sd_cards
from provisioning.flash.sd_cards import Disk


@pytest.fixture
def laptop(data_dir: Path) -> dict[str, Disk]:
    return {disk.path: disk for disk in sd_cards.parse((data_dir / "lsblk" / "laptop.json").read_bytes())}


@pytest.fixture
def stick(data_dir: Path) -> dict[str, Disk]:
    return {disk.path: disk for disk in sd_cards.parse((data_dir / "lsblk" / "stick.json").read_bytes())}


def test_cards_are_what_can_be_taken_out_and_holds_something(laptop: dict[str, Disk]) -> None:
    found = [disk.path for disk in sd_cards.cards(list(laptop.values()))]
    assert found == ["/dev/sda", "/dev/sdb", "/dev/sdd", "/dev/sde", "/dev/mmcblk0"]


def test_a_card_has_its_reader_s_name_size_and_serial(laptop: dict[str, Disk]) -> None:
    card = laptop["/dev/sda"]
    assert (card.name, card.serial, card.size) == ("STORAGE DEVICE", "000000001206", 15931539456)


def test_a_plain_card_may_be_written(laptop: dict[str, Disk]) -> None:
    assert sd_cards.refusal(laptop["/dev/sda"], named=1) is None
    assert sd_cards.refusal(laptop["/dev/mmcblk0"], named=1) is None


@pytest.mark.parametrize("named", [1, 2])
def test_the_system_s_disk_is_never_written_even_behind_encryption(laptop: dict[str, Disk], named: int) -> None:
    wrong = sd_cards.refusal(laptop["/dev/nvme0n1"], named=named)
    assert wrong is not None
    assert "chính máy này" in wrong.message


@pytest.mark.parametrize("named", [1, 2])
@pytest.mark.parametrize("place", ["/dev/sda", "/dev/sda2"])
def test_a_stick_that_this_machine_runs_from_is_never_written(stick: dict[str, Disk], place: str, named: int) -> None:
    assert sd_cards.refusal(stick["/dev/sda"], named=named, places=(place,)) is not None
    assert sd_cards.refusal(stick["/dev/sdaa"], named=named, places=(place,)) is None
    assert "/dev/sda" not in [disk.path for disk in sd_cards.cards(list(stick.values()), (place,))]


@pytest.mark.parametrize(("path", "said"), [("/dev/sdb", "đang mở ở /media/lan/ANH CUOI"), ("/dev/sdd", "lớn 1000 GB")])
def test_what_is_mounted_or_large_is_written_only_when_named_twice(
    laptop: dict[str, Disk], path: str, said: str
) -> None:
    wrong = sd_cards.refusal(laptop[path], named=1)
    assert wrong is not None
    assert said in wrong.message
    assert f"{path} {path}" in wrong.hint
    assert sd_cards.refusal(laptop[path], named=2) is None


@pytest.mark.parametrize(("path", "said"), [("/dev/sde", "khóa ghi"), ("/dev/sdc", "chưa có thẻ")])
def test_a_locked_card_and_an_empty_reader_are_refused_however_often_named(
    laptop: dict[str, Disk], path: str, said: str
) -> None:
    wrong = sd_cards.refusal(laptop[path], named=2)
    assert wrong is not None
    assert said in wrong.message


def test_the_devices_of_the_running_system_are_read_from_the_kernel_s_table() -> None:
    text = (
        "22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
        "30 22 8:1 / /boot rw - vfat /dev/sda1 rw\n"
        "31 22 0:5 / /proc rw - proc proc rw\n"
        "32 22 8:33 / /media/x rw - vfat /dev/sdc1 rw\n"
    )
    assert sd_cards.sources(text) == ("/dev/sda2", "/dev/sda1")


@pytest.mark.parametrize("text", [b"", b"{}", b'{"blockdevices": [{"size": 1}]}'])
def test_what_is_not_lsblk_s_is_refused(text: bytes) -> None:
    with pytest.raises(KioskError):
        sd_cards.parse(text)


@pytest.mark.needs("lsblk")
def test_this_machine_s_disks_are_read_and_its_own_is_no_card() -> None:
    disks = sd_cards.read()
    assert all("/" not in disk.mounts for disk in sd_cards.cards(disks, sd_cards.read_sources()))
