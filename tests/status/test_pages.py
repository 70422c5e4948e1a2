from dataclasses import dataclass

import pytest

from kiosk.findings import Finding, Level, worst
from kiosk.publish.offered import Heard, Offered, document
from kiosk.settings import Settings, Site
from kiosk.status.pages import pages


@dataclass
class Pack:
    id: str = "doi-song-so"
    version: str = "0123456789abcdef"
    languages: tuple = ("vi",)


@dataclass
class Library:
    packs: tuple = (Pack(),)
    findings: tuple = ()


def published(tmp_path, *languages):
    (tmp_path / "current").mkdir(exist_ok=True)
    return Settings(data=tmp_path, site=Site(languages=languages or ("vi",)))


def test_pages_are_named_with_their_packs(tmp_path):
    (row,) = pages(published(tmp_path), Library())
    assert row.level is Level.OK
    assert "doi-song-so 012345" in row.what


def test_no_pack_and_no_pages_are_told_apart(tmp_path):
    (none,) = pages(Settings(data=tmp_path), Library(packs=()))
    (unmade,) = pages(Settings(data=tmp_path), Library())
    assert none.level is unmade.level is Level.FAIL
    assert "kiosk pack install" in none.remedy
    assert unmade.remedy == "Chạy: kiosk publish"


def test_a_damaged_pack_is_named_with_what_to_do(tmp_path):
    broken = Finding("pack giong-may-vi", Level.FAIL, "words.json is damaged", "install the pack again")
    rows = pages(published(tmp_path), Library(findings=(broken,)))
    assert worst(rows) is Level.FAIL
    assert "giong-may-vi" in rows[1].what
    assert "words.json is damaged" in rows[1].what
    assert "kiosk pack install" in rows[1].remedy


@pytest.mark.parametrize(
    ("heard", "shown", "level", "said"),
    [
        (Heard(machine=107), True, Level.NOTE, "Tiếng Thái Đen chưa có giọng người, máy nói 107 câu đầu."),
        (
            Heard(person=7, machine=100),
            True,
            Level.NOTE,
            "Tiếng Thái Đen: người nói 7 trên 107 câu đầu, còn lại máy nói.",
        ),
        (Heard(person=106, silent=1), False, Level.NOTE, "Tiếng Thái Đen còn ẩn: 1 trên 107 câu chưa thu."),
        (Heard(person=107), True, Level.OK, "Tiếng Thái Đen: người nói đủ 107 câu đầu."),
    ],
)
def test_it_is_said_who_speaks_a_language_and_what_is_still_to_be_recorded(tmp_path, heard, shown, level, said):
    house = published(tmp_path, "vi", "blt")
    found = Offered(("vi", "blt") if shown else ("vi",), {"blt": heard})
    (house.current / "languages.json").write_bytes(document(found))
    row = pages(house, Library())[-1]
    assert (row.area, row.level, row.what) == ("giọng", level, said)
    assert bool(row.remedy) is (level is Level.NOTE)
