from pathlib import Path

import pytest

from kiosk.paper.poster import poster
from kiosk.settings import Helper, Settings, Site
from tests.support.printed import Printed, needs_fonts, needs_paper

HOUSE = Settings(
    site=Site(id="na-huong", name="Nhà văn hóa bản Nà Hường"),
    helper=Helper(name="Lò Thị Inh", phone="0000000001", hours="Tối thứ ba"),
)
SSID = "DomDom Na Huong KhongInternet"
STEPS = ("Bật Wi-Fi", "Chọn tên này:", "Vuốt xuống, bấm “Đăng nhập vào mạng”", "Không thấy gì? Tắt Wi-Fi, bật lại")


@needs_paper
def test_the_poster_shows_the_four_steps_the_name_the_address_and_who_helps(tmp_path):
    printed = Printed(poster(HOUSE, ssid=SSID), tmp_path)
    words = printed.words()
    assert printed.pages() == 1
    for said in (*STEPS, SSID, "http://10.87.0.1/", "Nhà văn hóa bản Nà Hường", "Lò Thị Inh, 0000000001, Tối thứ ba"):
        assert said in words
    assert "Trang nào hỏi số căn cước, mật khẩu, mã OTP: thoát ra." in words


@needs_paper
@pytest.mark.parametrize("look", [{"dpi": 150}, {"dpi": 75}, {"dpi": 100, "grey": True}])
def test_its_code_is_read_from_the_page_in_colour_coarse_and_grey(tmp_path, look):
    printed = Printed(poster(HOUSE, ssid=SSID), tmp_path)
    assert printed.codes(1, **look) == [f"WIFI:T:nopass;S:{SSID};;"]


@needs_paper
def test_a_password_is_on_the_wall_and_in_the_code(tmp_path):
    printed = Printed(poster(HOUSE, ssid="DomDom Ban Bo", password="mot;hai,ba:4"), tmp_path)
    assert "mot;hai,ba:4" in printed.words()
    assert printed.codes(1) == [r"WIFI:T:WPA;S:DomDom Ban Bo;P:mot\;hai\,ba\:4;;"]


@needs_paper
def test_without_a_network_the_poster_fits_every_village(tmp_path):
    printed = Printed(poster(HOUSE), tmp_path)
    words = printed.words()
    assert "Chọn tên có chữ: DomDom" in words
    assert "Nà Hường" not in words
    assert "Lò Thị Inh" not in words
    assert printed.codes(1) == []


@needs_paper
def test_what_must_be_read_from_two_metres_is_large_enough(tmp_path):
    """Capitals of 6 mm at two metres are what half the usual eyesight reads (5/10: 10 arc minutes)."""
    printed = Printed(poster(HOUSE, ssid=SSID), tmp_path)
    large = {"Bật", "Chọn", "Vuốt", "nhập", "lại", "Huong", "KhongInternet"}
    seen = {word.text: word.bottom - word.top for word in printed.places(1) if word.text in large}
    assert set(seen) == large
    # A word's box in poppler is ascent and descent, 1.36 of the size; a capital of Noto Sans is 0.714 of it.
    capitals = [high / 1.36 * 0.714 / 72 * 25.4 for high in seen.values()]
    assert min(capitals) >= 6


@needs_paper
def test_long_names_stay_on_the_page_and_apart(tmp_path):
    name = "Nhà văn hóa thôn Lùng Thàng Sin Suối Hồ xã Thị trấn Phong Thổ mới sáp nhập năm"
    house = Settings(site=Site(id="a", name=name), helper=Helper(name=name, phone="0000000001", hours=name))
    printed = Printed(poster(house, ssid="DomDom_LungThangSinSuoi_Internet", password="x" * 63), tmp_path)
    assert printed.pages() == 1
    for word in printed.places(1):
        assert 0 < word.left < word.right < 595
        assert 0 < word.top < word.bottom < 842
    assert printed.codes(1) == [f"WIFI:T:WPA;S:DomDom_LungThangSinSuoi_Internet;P:{'x' * 63};;"]


@needs_fonts
def test_the_same_house_gives_the_same_bytes():
    assert poster(HOUSE, ssid=SSID) == poster(HOUSE, ssid=SSID)


def test_its_pictures_hold_no_words(repository: Path):
    drawings = sorted((repository / "kiosk/pages/pictures").glob("poster-*.svg"))
    assert len(drawings) >= 4
    for drawing in drawings:
        text = drawing.read_text(encoding="utf-8")
        assert "<text" not in text
        assert len(text) <= 6 * 1024


@needs_paper
@pytest.mark.parametrize("ssid", ["", SSID])
def test_a_step_breaks_only_where_its_sentence_does(tmp_path, ssid):
    """Otherwise the last line of “Đăng nhập vào mạng” is one word."""
    words = Printed(poster(HOUSE, ssid=ssid), tmp_path).places(1)
    (first,) = {word.top for word in words if word.text == "“Đăng"}
    (last,) = {word.top for word in words if word.text == "mạng”"}
    assert first == pytest.approx(last, abs=1)
