"""Boards: what is known of them, and how people write their names."""

import pytest

from provisioning.models import adapters, find, models


def test_every_board_runs_the_image_or_says_why_not() -> None:
    for model in models().values():
        assert model.image == (not model.refused)
        if model.image:
            assert model.stations["stock"] >= 7
            assert "2.4" in model.bands


def test_only_the_43455_has_a_firmware_for_many_phones() -> None:
    assert {model.chip for model in models().values() if "minimal" in model.stations} == {"43455"}
    assert models()["pi-4b"].most == 19
    assert models()["pi-3b"].most == 10


def test_a_firmware_that_a_board_has_not_holds_what_its_own_holds() -> None:
    assert models()["pi-3b"].holds("minimal") == 10
    assert models()["pi-1"].holds("stock") == 0


def test_the_adapter_on_offer_holds_more_than_any_board() -> None:
    assert adapters()["mt76"].stations > max(model.most for model in models().values())


@pytest.mark.parametrize(
    ("written", "model"),
    [
        ("Pi 3B+", "pi-3b-plus"),
        ("3b", "pi-3b"),
        ("Raspberry Pi 3 Model B", "pi-3b"),
        ("raspberry pi 4 model b 4GB", "pi-4b"),
        ("Pi 4", "pi-4b"),
        ("RPi4B", "pi-4b"),
        ("Zero 2W", "pi-zero-2w"),
        ("PI ZERO W", "pi-zero-w"),
        ("Pi 400", "pi-400"),
        ("pi-zero-2w", "pi-zero-2w"),
        ("cm4", "cm4"),
        ("Pi5 8 GB", "pi-5"),
    ],
)
def test_names_as_people_write_them(written: str, model: str) -> None:
    found = find(written)
    assert found is not None
    assert found.id == model


@pytest.mark.parametrize("written", ["", "Pi", "Pi 3", "máy tính", "4 4", "Pi 9"])
def test_what_could_be_two_boards_is_none(written: str) -> None:
    assert find(written) is None


def test_no_two_boards_share_a_name() -> None:
    for model in models().values():
        for name in (model.id, model.name, *model.aliases):
            assert find(name) is model
