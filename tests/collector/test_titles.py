from pathlib import Path

import msgspec
import pytest

from kiosk.collector.titles import Screen, Titles, titles
from kiosk.errors import KioskError


def test_titles_of_scenarios_and_screens_come_from_the_packs(repository: Path) -> None:
    found = titles(repository / ".build" / "packs")
    assert found.scenario("doi-song-so/tra-tien-qr") == "Quét mã trả tiền"
    assert found.screen("doi-song-so/tra-tien-qr", "bien-lai") == "Biên lai"
    assert found.screen("doi-song-so/tra-tien-qr", "nowhere") == "nowhere"
    assert found.screen("doi-song-so/tra-tien-qr", "hoi") == "Quầy"
    assert found.screen("doi-song-so/goi-hinh", "phep") == "Máy hỏi có cho dùng máy ảnh không"
    assert found.lesson("doi-song-so/tra-tien-qr").startswith("Quét mã")
    assert found.topics["doi-song-so/tra-tien-qr"] == "tra-tien"
    assert all(100 < length < 60_000 for length in found.sounds.values())
    assert len(found.sounds) > 100


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ('{"say": "Bấm đi.", "title": "Ngân hàng"}', "Ngân hàng"),
        ('{"say": {"vi": "Bấm đi.", "en": "Tap."}, "title": {"en": "Bank", "vi": "Ngân hàng"}}', "Ngân hàng"),
        ('{"say": "Khách mua {mon}. Khách trả rồi! Mình xem máy."}', "Khách trả rồi!"),
        ('{"say": "Nghe {ai} nói. Làm theo?", "title": "{ai} gọi"}', "gọi"),
        ('{"say": {"vi": "Hết {tien}."}, "title": "{ai}"}', ""),
    ],
)
def test_a_screen_is_called_by_its_title_or_by_what_is_said_on_it(told: str, name: str) -> None:
    assert msgspec.json.decode(told, type=Screen).name == name


def test_without_packs_ids_are_shown(tmp_path: Path) -> None:
    assert titles(None) == titles(tmp_path) == Titles()
    assert Titles().scenario("p/s") == "s"


def test_a_folder_that_is_none_and_a_damaged_pack_are_said(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="no folder of packs"):
        titles(tmp_path / "nowhere")
    (tmp_path / "x.pack").write_bytes(b"no pack")
    with pytest.raises(KioskError, match=r"x\.pack"):
        titles(tmp_path)
