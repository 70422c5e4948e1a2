from pathlib import Path

import pytest

from kiosk import settings
from kiosk.errors import KioskError

PLACES = {"data": Path("/d"), "run": Path("/r"), "port": 80}


def test_an_empty_file_gives_a_working_house() -> None:
    house = settings.parse("", **PLACES)
    assert house.site.languages == ("vi",)
    assert house.state == Path("/r/state.db")
    assert house.usage == Path("/d/usage.db")


def test_what_is_rendered_is_read_back_the_same() -> None:
    house = settings.parse('[site]\nname = "Bản Hồ"\nlanguages = ["vi", "en"]\n[upload]\nurl = "https://x"\n', **PLACES)
    assert settings.parse(settings.render(house), **PLACES) == house


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[site]\nnom = 1\n", "nom"),
        ("[site]\nlanguages = 3\n", "site.languages"),
        ("[site]\nlanguages = []\n", "site.languages"),
        ("[site]\nlanguages = ['vi', 'xx']\n", "site.languages names 'xx'"),
        ("[site]\nsetting = 'village'\n", "site.setting"),
        ("[counting]\nevery = 'soon'\n", "counting.every"),
        ("data = '/x'\n", "data does not belong"),
        ("[site", "not TOML"),
    ],
)
def test_a_wrong_line_is_named(text: str, named: str) -> None:
    with pytest.raises(KioskError, match=named):
        settings.parse(text, **PLACES)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", ""])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(KioskError, match="KIOSK_PORT"):
        settings.read({"KIOSK_DATA": "/nowhere", "KIOSK_PORT": port})


def test_the_environment_says_where_things_are(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('[site]\nid = "ban-ho"\n', encoding="utf-8")
    house = settings.read({"KIOSK_DATA": str(tmp_path), "KIOSK_RUN": "/r", "KIOSK_PORT": "81"})
    assert (house.site.id, house.run, house.port) == ("ban-ho", Path("/r"), 81)


def test_a_named_config_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match="KIOSK_CONFIG"):
        settings.read({"KIOSK_CONFIG": str(tmp_path / "none.toml")})


def test_another_process_of_ours_gets_the_same_settings(tmp_path: Path) -> None:
    elsewhere = tmp_path / "other.toml"
    elsewhere.write_text('[site]\nid = "x"\n', encoding="utf-8")
    house = settings.read({"KIOSK_DATA": str(tmp_path), "KIOSK_CONFIG": str(elsewhere), "KIOSK_PORT": "81"})
    assert settings.read(house.environ) == house
