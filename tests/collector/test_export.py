from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest

from kiosk.collector import export
from kiosk.collector.ingest import ingest
from kiosk.collector.province import Province
from kiosk.collector.rollups.settle import settle
from kiosk.errors import KioskError
from kiosk.events.batch import encode
from tests.collector.conftest import NOW, a_batch


def test_parquet_holds_what_the_csv_says(province: Province, token: str, tmp_path: Path) -> None:
    ingest(province, "ban-ho", encode(a_batch(1, 9)), NOW)
    ingest(province, "ban-ho", encode(replace(a_batch(1, 3, offset=NOW - 90_000), epoch="ab" * 8)), NOW)
    settle(province)
    for form in export.FORMS:
        export.export(province, tmp_path / form, NOW, form)
    days = pyarrow.parquet.read_table(tmp_path / "parquet" / "days.parquet")
    assert days.to_pylist() == [
        {"site": "ban-ho", "name": "Bản Hồ", "commune": "", "day": "2026-09-20", "kind": "view", "count": 3},
        {"site": "ban-ho", "name": "Bản Hồ", "commune": "", "day": "2026-09-21", "kind": "view", "count": 9},
    ]
    for name in export.TABLES:
        table = pyarrow.parquet.read_table(tmp_path / "parquet" / f"{name}.parquet")
        head, *lines = (tmp_path / "csv" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert (table.num_rows, table.column_names) == (len(lines), head.split(","))


def test_without_the_library_parquet_is_said_to_be_missing(
    province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "has_parquet", lambda: False)
    with pytest.raises(KioskError, match="pyarrow"):
        export.export(province, tmp_path, NOW, "parquet")
