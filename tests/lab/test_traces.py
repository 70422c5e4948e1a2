"""Runs after every other test that met the house: of all phones that were there nothing is on the card."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lab.box import Box
from tests.lab.phone import Phone
from tests.lab.traces import NAME, search


def test_of_no_phone_is_anything_found_in_the_data_folder(house: Box, a_phone: Callable[[], Phone]) -> None:
    a_phone().ask("10.87.0.1/help")
    house.run("systemctl", "stop", "kiosk-recorder")
    try:
        done = search(house.data, house.met)
    finally:
        house.run("systemctl", "start", "kiosk-recorder")
    assert done.files > 50
    assert done.found == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    card = "02:00:00:AB:cd:ef".lower()
    for number, held in enumerate(
        [b"x 02-00-00-AB-CD-EF", bytes.fromhex("020000abcdef"), b"020000ABCDEF", b"10.87.1.2"]
    ):
        (tmp_path / f"{number}").write_bytes(held)
    (tmp_path / "name").write_text(f"a {NAME} b")
    done = search(tmp_path, [card, "10.87.1.2"])
    assert {path.name for _, path in done.found} == {"0", "1", "2", "3", "name"}


@pytest.mark.parametrize("held", [b"", b"10.87.1.3", b"02:00:00:ab:cd:ee"])
def test_the_search_finds_nothing_else(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "file").write_bytes(held)
    assert search(tmp_path, ["02:00:00:ab:cd:ef", "10.87.1.2"]).found == []
