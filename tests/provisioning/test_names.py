"""Vietnamese names as host names and network names."""

import re
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning import fields
from provisioning.names import ascii_of, bare, host_name, network_name, site_id

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ "


@pytest.mark.parametrize(
    ("village", "network", "host"),
    [
        ("bản Nà Hường", "DomDom Na Huong KhongInternet", "na-huong"),
        ("Thôn 10", "DomDom Thon 10 KhongInternet", "thon-10"),
        ("tổ dân phố số 3", "DomDom ToDanPhoSo3 KhongInternet", "to-dan-pho-so-3"),
        ("Bản Lùng Thàng Sin Suối Hồ", "DomDom LTSinSuoiHo KhongInternet", "lung-thang-sin-suoi-ho"),
        ("buôn Ea H’leo", "DomDom Ea Hleo KhongInternet", "ea-hleo"),
        ("bản M'Nông", "DomDom MNong KhongInternet", "mnong"),
        ("Đắk Đoa", "DomDom Dak Doa KhongInternet", "dak-doa"),
        ("Bản", "DomDom Ban KhongInternet", "ban"),
        ("ꪁꪫꪱꪥ", "DomDom KhongInternet", ""),
    ],
)
def test_villages_are_named(village: str, network: str, host: str) -> None:
    for text in (village, unicodedata.normalize("NFD", village)):
        assert network_name(text) == network
        assert host_name(bare(text)) == host


def test_marks_go_and_letters_stay() -> None:
    assert ascii_of("Đường đi Huổi Luông") == "Duong di Huoi Luong"


def test_an_id_holds_the_commune_without_its_kind() -> None:
    assert site_id("bản Nà Hường", "xã Bản Bo") == "na-huong-ban-bo"
    assert site_id("tổ 5", "phường Tân Phong") == "to-5-tan-phong"
    assert site_id("bản Nà Hường") == "na-huong"


@given(st.text(alphabet=st.one_of(st.sampled_from(VIETNAMESE + VIETNAMESE.upper()), st.characters()), max_size=60))
def test_any_name_gives_a_network_name_that_a_site_file_takes(village: str) -> None:
    name = network_name(village)
    assert len(name.encode()) <= 32
    assert name.startswith("DomDom ")
    assert name.endswith("KhongInternet")
    msgspec.convert(name, type=fields.Ssid)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_gives_an_id_that_a_site_file_takes_or_none(village: str, commune: str) -> None:
    name = site_id(village, commune)
    assert re.fullmatch(r"[a-z0-9-]{0,32}", name)
    if name:
        msgspec.convert(name, type=fields.Slug)
