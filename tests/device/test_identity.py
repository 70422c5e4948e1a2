import multiprocessing
import stat

import pytest

from kiosk.device import identity
from kiosk.errors import KioskError


def test_the_first_start_makes_an_id_and_a_key_and_later_starts_keep_them(tmp_path):
    path = tmp_path / "data" / "device.toml"
    made = identity.load(path, serial="10000000abcdef01")
    assert len(made.id) == 32
    assert made.public == bytes(made.key.verify_key).hex()
    assert identity.load(path, serial="10000000abcdef01") == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_the_serial_itself_is_not_written(tmp_path):
    path = tmp_path / "device.toml"
    identity.load(path, serial="10000000abcdef01")
    assert "abcdef01" not in path.read_text()


def test_another_board_gets_an_id_of_its_own_and_remembers_the_former(tmp_path):
    path = tmp_path / "device.toml"
    old = identity.load(path, serial="one")
    new = identity.load(path, serial="two")
    assert new.id != old.id
    assert new.seed != old.seed
    assert new.former == (old.id,)
    assert identity.load(path, serial="two") == new


def test_a_board_that_says_no_serial_is_taken_as_the_same(tmp_path):
    path = tmp_path / "device.toml"
    old = identity.load(path, serial="one")
    assert identity.load(path, serial="") == old


_SHORT = f'id = "ab"\nseed = "{"0" * 64}"\npublic = "{"0" * 64}"'


@pytest.mark.parametrize("text", ["", "id = 1", "not toml", 'id = "ab"\nseed = "cd"', _SHORT])
def test_a_damaged_file_is_one_clear_line(tmp_path, text):
    path = tmp_path / "device.toml"
    path.write_text(text)
    with pytest.raises(KioskError, match="damaged"):
        identity.load(path, serial="")


def test_what_the_box_signs_its_public_key_checks(tmp_path):
    device = identity.load(tmp_path / "device.toml", serial="")
    signed = device.key.sign(b"a message")
    assert device.key.verify_key.verify(signed) == b"a message"


def _load(path):
    return identity.load(path, serial="x").id


def test_services_that_start_at_once_agree_on_the_id(tmp_path):
    with multiprocessing.get_context("fork").Pool(6) as pool:
        assert len(set(pool.map(_load, [tmp_path / "device.toml"] * 6))) == 1


def test_the_device_trees_serial_ends_at_its_nul():
    assert identity.parse_serial(b"10000000abcdef01\0") == "10000000abcdef01"
