"""Packs and pages, once lessons are served."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from kiosk.errors import KioskError
from kiosk.settings import Settings, Site
from provisioning.first_boot.settle import settle


@pytest.fixture
def house(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    return Settings(data=tmp_path / "data", run=tmp_path)


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "doi-song-so-1.pack").touch()
    return tmp_path / "packs"


def _settle(house: Settings, packs: Path, image: str = "i1") -> list[str]:
    ran: list[Sequence[str]] = []
    settle(house, packs, image, ran.append)
    return [" ".join(words[1:3]) for words in ran]


def test_packs_are_installed_and_pages_published_once(house: Settings, packs: Path) -> None:
    assert _settle(house, packs) == ["pack install", "publish"]
    assert _settle(house, packs) == []


def test_another_image_pack_or_site_is_settled_again(house: Settings, packs: Path) -> None:
    _settle(house, packs)
    assert _settle(house, packs, "i2")
    (packs / "giong-may-vi-1.pack").touch()
    assert _settle(house, packs, "i2")
    renamed = msgspec.structs.replace(house, site=Site(name="Nhà văn hóa khác"))
    assert _settle(renamed, packs, "i2")
    assert _settle(renamed, packs, "i2") == []


def test_what_failed_is_done_again_at_the_next_start(house: Settings, packs: Path) -> None:
    def fail(words: Sequence[str]) -> None:
        raise KioskError("no room")

    with pytest.raises(KioskError):
        settle(house, packs, "i1", fail)
    assert _settle(house, packs) == ["pack install", "publish"]
