from dataclasses import dataclass

from kiosk.findings import Finding, Level, worst
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


def test_a_language_without_lessons_is_said(tmp_path):
    rows = pages(published(tmp_path, "vi", "blt"), Library())
    assert rows[1].level is Level.NOTE
    assert "blt" in rows[1].what
    assert len(pages(published(tmp_path, "vi"), Library())) == 1
