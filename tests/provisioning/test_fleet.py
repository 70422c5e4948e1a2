"""Many villages at once."""

from pathlib import Path

import pytest

from kiosk.findings import Finding, Level
from provisioning import fleet
from provisioning.show import apart, shared
from provisioning.site_config import parse

HEAD = "Tên bản;Xã;Máy;Điện thoại;Công an xã\n"


@pytest.fixture(autouse=True)
def no_daemons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioning.check.daemons.judge", lambda folder: [])


def planned(*rows: str, **common: object) -> list[fleet.Village]:
    given = {key.replace("__", "."): value for key, value in common.items()}
    return fleet.plan((HEAD + "\n".join(rows)).encode(), given)[0]


def test_every_village_of_a_list_gets_its_site_and_its_tree(data_dir: Path, tmp_path: Path) -> None:
    villages, unused = fleet.plan((data_dir / "sites" / "villages.csv").read_bytes(), {"site.province": "Lai Châu"})
    made = fleet.make(villages, tmp_path)
    assert unused == ()
    assert len(made) == 43
    assert all(village.config is not None and village.level is not Level.FAIL for village in made)
    assert len({village.id for village in made}) == 43
    for village in made:
        text = (tmp_path / f"{village.id}.toml").read_text(encoding="utf-8")
        assert parse(text) == village.config
        assert (tmp_path / village.id / "site.toml").read_text(encoding="utf-8") == text
        assert (tmp_path / village.id / "rootfs/etc/hostapd/hostapd.conf").is_file()
        assert len(village.config.wifi.ssid.encode()) <= 32
        assert village.config.site.province == "Lai Châu"


def test_a_bad_row_stops_no_other(tmp_path: Path) -> None:
    made = fleet.make(planned("Nà Lò;A;Pi 4;113;113", "Nà Sa;A;Pi 3;113;113", ";A;Pi 4;;", "Nà Lò;A;Pi 4;;"), tmp_path)
    assert [village.row for village in made] == [2, 3, 4, 5]
    assert [village.level for village in made] == [Level.OK, Level.FAIL, Level.FAIL, Level.FAIL]
    assert {path.name for path in tmp_path.iterdir()} == {"na-lo-a.toml", "na-lo-a"}
    assert [[row.area for row in village.findings] for village in made[1:]] == [
        ["box.model"],
        ["site.village"],
        ["site.village"],
    ]


def test_what_all_share_gives_way_to_a_row() -> None:
    villages = planned("Nà Lò;A;;113;113", "Nà Sa;A;Pi 4;113;113", box__model="pi-3b")
    assert [village.config.box.model for village in villages] == ["pi-3b", "pi-4b"]


def test_a_site_file_that_somebody_changed_stays_and_is_what_is_rendered(tmp_path: Path) -> None:
    villages = planned("Nà Lò;A;Pi 4;113;113")
    fleet.make(villages, tmp_path)
    path = tmp_path / "na-lo-a.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("channel = 6", "channel = 11"), encoding="utf-8")
    made = fleet.make(villages, tmp_path)
    assert "--force" in made[0].findings[0].remedy
    assert "channel=11" in (tmp_path / "na-lo-a/rootfs/etc/hostapd/hostapd.conf").read_text(encoding="utf-8")
    assert fleet.make(villages, tmp_path, force=True)[0].findings == ()
    assert "channel = 6" in path.read_text(encoding="utf-8")


def test_a_folder_in_the_way_is_that_villages_own_trouble(tmp_path: Path) -> None:
    (tmp_path / "na-lo-a").mkdir()
    (tmp_path / "na-lo-a" / "x.docx").write_text("", encoding="utf-8")
    made = fleet.make(planned("Nà Lò;A;Pi 4;113;113", "Nà Sa;A;Pi 4;113;113"), tmp_path)
    assert [village.level for village in made] == [Level.FAIL, Level.OK]


def test_what_many_villages_lack_is_told_once() -> None:
    same, own = (
        Finding("dòng 3", Level.WARN, "thiếu token.", "Ghi token."),
        Finding("dòng 1", Level.FAIL, "sai.", "Sửa."),
    )
    tables = [(row, [same, own] if row == 9 else [same]) for row in range(2, 10)]
    assert shared(tables).count("thiếu token.") == 1
    assert "Hàng 2, 3, 4, 5, 6, 7, 8, 9." in shared(tables)
    assert apart(tables) == [[]] * 7 + [[own]]
    assert shared(tables[:5]) == ""
    assert apart(tables[:5]) == [[same]] * 5
