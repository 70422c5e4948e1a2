import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.device.leases import Lease, parse_leases, read_leases


def test_a_lease_file_gives_address_mac_and_end(data_dir):
    assert read_leases(data_dir / "dnsmasq.leases") == {
        "10.87.0.21": Lease("10.87.0.21", "5a:12:34:56:78:9c", 1790003700),
        "10.87.0.22": Lease("10.87.0.22", "02:00:00:00:00:07", 1790001800),
        "10.87.0.23": Lease("10.87.0.23", "b8:27:eb:00:00:01", 0),
    }


def test_no_name_of_a_phone_is_kept(data_dir):
    assert "iPhone" not in repr(read_leases(data_dir / "dnsmasq.leases"))


def test_without_a_file_nobody_gives_leases(tmp_path):
    assert read_leases(tmp_path / "none") is None


@pytest.mark.parametrize("text", ["", "1790003600 5a:12:34:56:78:9a 10.87.0.21 * *\n17900036"])
def test_a_file_that_is_just_being_written_says_nothing(tmp_path, text):
    (tmp_path / "leases").write_text(text)
    assert read_leases(tmp_path / "leases") is None


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(parse_leases(text), dict)


def test_what_is_left_of_a_lease_never_exceeds_a_new_one():
    lease = Lease("10.87.0.21", "5a:12:34:56:78:9a", 10_000)
    assert lease.left(9_000.5, 3600) == 999
    assert lease.left(10_000, 3600) == 0
    assert lease.left(12_000, 3600) < 0
    assert lease.left(0, 3600) == 3600  # the clock was set back
    assert Lease("10.87.0.21", "5a:12:34:56:78:9a", 0).left(5_000, 3600) == 3600
