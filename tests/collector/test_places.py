import pytest

from kiosk.collector import places
from kiosk.collector.places import Place
from kiosk.errors import KioskError


def test_a_table_with_commas_or_semicolons_is_read() -> None:
    text = "\ufeffsite;name;commune;latitude;longitude\nban-ho;Bản Hồ;Bản Bo;22,5;103.25\nban-x;;Bản Bo;;\n"
    assert places.parse(text.encode()) == [
        Place("ban-ho", "Bản Hồ", "Bản Bo", 22_500_000, 103_250_000),
        Place("ban-x", "ban-x", "Bản Bo", None, None),
    ]
    assert places.parse(b"commune,name,site\nx,y,ban-a\n") == [Place("ban-a", "y", "x", None, None)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff", "not UTF-8"),
        (b"site,name\n", "no column 'commune'"),
        (b"site,name,commune\nBAN,x,y\n", "line 2: 'BAN' is not a site's id"),
        (b"site,name,commune,latitude,longitude\nban,x,y,91,3\n", "line 2: 91 is no such degree"),
        (b"site,name,commune,latitude,longitude\nban,x,y,nan,3\n", "line 2: nan"),
        (b"site,name,commune,latitude,longitude\nban,x,y,22,\n", "stand together"),
        (b"site,name,commune\nban,x\x07,y\n", "no plain text"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(text: bytes, said: str) -> None:
    with pytest.raises(KioskError, match=said):
        places.parse(text)
