"""Who a box is."""

from pathlib import Path

import pytest

from kiosk.device.identity import parse
from provisioning.first_boot import identity
from tests.provisioning.first_boot.box import Plug, TestHands

FILE = "var/lib/kiosk/device.toml"


@pytest.fixture
def hands(tmp_path: Path) -> TestHands:
    (tmp_path / "var/lib/kiosk").mkdir(parents=True)
    return TestHands(tmp_path, Plug())


def test_the_first_start_makes_id_and_key_and_later_ones_keep_them(hands: TestHands) -> None:
    device = identity.ensure(hands, "board-1")
    assert identity.ensure(hands, "board-1") == device
    assert hands.owned[FILE] == "kiosk-recorder"


def test_on_another_board_the_card_gets_a_new_identity_and_remembers_the_old(hands: TestHands) -> None:
    old = identity.ensure(hands, "board-1")
    new = identity.ensure(hands, "board-2")
    assert new.id != old.id
    assert new.public != old.public
    assert new.former == (old.id,)
    assert identity.ensure(hands, "board-2") == new


def test_back_on_the_first_board_it_is_a_third_one_so_that_no_number_comes_twice(hands: TestHands) -> None:
    ids = {identity.ensure(hands, board).id for board in ("board-1", "board-2", "board-1")}
    assert len(ids) == 3


def test_a_damaged_file_is_moved_aside_and_a_new_identity_made(hands: TestHands) -> None:
    identity.ensure(hands, "board-1")
    (hands.root / FILE).write_text("id = ")
    device = identity.ensure(hands, "board-1")
    assert parse((hands.root / FILE).read_text()) == device
    assert (hands.root / f"{FILE}.damaged").read_text() == "id = "


def test_the_fingerprint_is_short_and_of_this_box(hands: TestHands) -> None:
    device = identity.ensure(hands, "board-1")
    assert identity.fingerprint(device) == f"{device.id[:4]}-{device.public[:4]}"
