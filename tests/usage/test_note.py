import pytest

from kiosk.usage.note import Trouble, trouble_of


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("database or disk is full", Trouble.FULL),
        ("attempt to write a readonly database", Trouble.READ_ONLY),
        ("database disk image is malformed", Trouble.DAMAGED),
        ("file is not a database", Trouble.DAMAGED),
        ("disk I/O error", Trouble.CARD),
        ("database is locked", Trouble.CARD),
    ],
)
def test_an_error_of_sqlite_is_a_trouble_that_a_technician_knows(tmp_path, said, trouble):
    assert trouble_of(ValueError(said), tmp_path) is trouble


def test_a_folder_that_is_gone_is_trouble_with_the_card(tmp_path):
    assert trouble_of(ValueError("unable to open database file"), tmp_path / "none") is Trouble.CARD
