"""Which card went where."""

import csv
from datetime import date
from pathlib import Path

from provisioning.flash import inventory
from provisioning.flash.inventory import Row

ROW = Row("0x1a2b", "na-huong", "domdom-1", date(2026, 11, 22), "STORAGE, DEVICE", 15.9, "được")


def test_each_card_is_a_row_and_the_table_has_one_header(tmp_path: Path) -> None:
    path = tmp_path / "the-nho.csv"
    inventory.add(path, ROW)
    inventory.add(path, ROW)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:4] == ["nối tiếp", "bản", "ảnh", "ngày"]
    assert rows[1] == rows[2] == ["0x1a2b", "na-huong", "domdom-1", "2026-11-22", "STORAGE, DEVICE", "15.9", "được"]
    assert len(rows) == 3


def test_a_spreadsheet_takes_it_for_vietnamese(tmp_path: Path) -> None:
    path = tmp_path / "the-nho.csv"
    inventory.add(path, ROW)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_reader_s_name_is_no_formula() -> None:
    assert inventory.line(Row("=1+1", "a", "b", date(2026, 1, 1), "", 1.0, "")).startswith("'=1+1,")
