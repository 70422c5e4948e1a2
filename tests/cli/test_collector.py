"""The province's commands as a person at a terminal uses them, with a stick that goes to and fro."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli.collector import collector
from kiosk.collector.settings import seed
from kiosk.errors import KioskError
from kiosk.events import carried
from kiosk.events.ack import public_key
from kiosk.events.batch import encode
from kiosk.events.epochs import Offset, Quality
from kiosk.events.event import make
from tests.collector.conftest import NOW, a_batch, view


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("kiosk.cli.collector.time.time", lambda: float(NOW))
    return NOW


def _run(*words: str) -> Result:
    return CliRunner().invoke(collector, list(words), catch_exceptions=False)


def test_a_stick_is_taken_reported_and_exported(tmp_path: Path, today: int) -> None:
    database = f"--database=sqlite:///{tmp_path}/p.db"
    key = tmp_path / "key"
    token = _run("token", "ban-ho", "--name", "=Bản Hồ", database).output.strip()
    failed = make("step", 9, scenario="doi-song-so/tra-tien-qr", variant="v", screen="quet", setting="alone",
                  outcome="wrong", seconds=3)  # fmt: skip
    events = tuple(enumerate([*[view(1)] * 40, *[failed] * 6], 1))
    batch = replace(a_batch(1, 1), events=events, offset=Offset(NOW - 86_400, Quality.SYNCED, 1))
    stick = tmp_path / "domdom-01234567.carry"
    stick.write_bytes(carried.pack(carried.Load(token, (encode(batch),)), public_key(seed(key))))
    for _ in range(2):
        assert "ban-ho, 46 events in 1 batches" in _run("import", database, f"--key={key}", str(stick)).output
    assert stick.with_suffix(".acks").read_bytes().startswith(b"{")

    said = _run("report", database).output
    assert "live   =Bản Hồ (ban-ho): heard 0 days ago; in 14 days 40 views" in said
    assert "quet: 6 of 6 answers not right" in said

    _run("export", database, str(tmp_path / "tables"))
    days = _table(tmp_path / "tables" / "days.csv")
    assert days == [
        ["site", "name", "commune", "day", "kind", "count"],
        ["ban-ho", "'=Bản Hồ", "", "2026-09-20", "view", "40"],
        ["ban-ho", "'=Bản Hồ", "", "2026-09-20", "step", "6"],
    ]
    assert ["ban-ho", "'=Bản Hồ", "", "2026-09", "step",
            "scenario=doi-song-so/tra-tien-qr screen=quet setting=alone outcome=wrong", "events",
            "6"] in _table(tmp_path / "tables" / "months.csv")  # fmt: skip
    assert len(_table(tmp_path / "tables" / "languages.csv")) == 1  # the month is not over

    before = said
    assert _run("rebuild", database).exit_code == 0
    assert _run("report", database).output == before


def test_a_file_that_is_refused_is_said_and_the_others_are_taken(tmp_path: Path) -> None:
    database, key = f"--database=sqlite:///{tmp_path}/p.db", tmp_path / "key"
    token = _run("token", "ban-ho", database).output.strip()
    good, bad = tmp_path / "z.carry", tmp_path / "a.carry"
    good.write_bytes(carried.pack(carried.Load(token, (encode(a_batch(1, 3)),)), public_key(seed(key))))
    bad.write_bytes(b"no such file")
    with pytest.raises(KioskError, match=r"1 of 2 files were not taken: a\.carry"):
        _run("import", database, f"--key={key}", str(bad), str(good))
    assert good.with_suffix(".acks").exists()
    assert not bad.with_suffix(".acks").exists()


def test_titles_come_from_the_packs_and_a_wrong_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="no folder of packs"):
        _run("report", f"--database=sqlite:///{tmp_path}/p.db", f"--packs={tmp_path / 'nowhere'}")


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
