"""`provision flash` from outside."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.errors import KioskError
from kiosk.process import run
from provisioning import card, mbr
from provisioning.flash.command import command
from provisioning.flash.sd_cards import Disk

pytestmark = pytest.mark.needs("mkfs.vfat", "mcopy")


@pytest.fixture
def site(plain: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "na-huong.toml"
    path.write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode())
    return path


def _run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)


def test_a_file_becomes_a_card_with_its_site_its_labels_and_its_row(image: Path, site: Path, plain: str) -> None:
    ran = _run(site, "thu.img", "--image", image, "--yes", "--size", 4)
    assert ran.exit_code == 0, ran.output
    path = Path("thu.img")
    assert path.stat().st_size == 4_000_000_000
    with path.open("rb") as file:
        assert mbr.parse(file.read(512)).partitions[:3] == (card.BOOT, card.SYSTEM, card.SECOND)
    assert run(["mtype", "-i", f"{path}@@4M", "::site.toml"]).out.decode() == plain
    assert Path("nhan/na-huong.pdf").read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader(Path("the-nho.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["bản"], row["ảnh"], row["kết quả"]) for row in rows] == [("na-huong", "domdom-thu", "được")]
    assert "thu.img  na-huong: đọc lại 100%" in ran.output
    assert "1 thẻ được, 0 thẻ hỏng" in ran.output


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(image: Path, site: Path) -> None:
    ran = _run(site, "thu.img", "--image", image, "--dry-run")
    assert ran.exit_code == 0
    assert "Nhà văn hóa bản Nà Hường → thu.img  8.0 GB" in ran.output
    assert "Chưa ghi gì" in ran.output
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["na-huong.toml"]


def test_who_does_not_say_yes_writes_nothing(image: Path, site: Path) -> None:
    assert CliRunner().invoke(command, [str(site), "thu.img", "--image", str(image)], input="n\n").exit_code == 1
    assert not Path("thu.img").exists()


def test_the_system_s_disk_is_refused_with_its_name(image: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Disk("/dev/sda", 8_000_000_000, portable=True, mounts=("/",))
    monkeypatch.setattr("provisioning.flash.sd_cards.read", lambda: (own,))
    with pytest.raises(KioskError, match="/dev/sda là ổ của chính máy này"):
        _run(site, "/dev/sda", "/dev/sda", "--image", image, "--yes")
    with pytest.raises(KioskError, match="không có thẻ /dev/sdz"):
        _run(site, "/dev/sdz", "--image", image, "--yes")


def test_the_list_shows_cards_and_why_one_may_not_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = (
        Disk("/dev/sdb", 15_900_000_000, "STORAGE DEVICE", "1206", portable=True),
        Disk("/dev/sdc", 15_900_000_000, "STORAGE DEVICE", "1207", portable=True, mounts=("/media/x",)),
        Disk("/dev/sda", 500_000_000_000, "SSD", "1", mounts=("/",)),
    )
    monkeypatch.setattr("provisioning.flash.sd_cards.read", lambda: cards)
    ran = _run("--list")
    assert ran.output.splitlines()[0] == "/dev/sdb  15.9 GB  STORAGE DEVICE  1206"
    assert "đang mở ở /media/x" in ran.output
    assert "/dev/sda" not in ran.output
