import pytest

from kiosk.codes import vietqr
from kiosk.errors import KioskError
from kiosk.pages.pictures import picture
from kiosk.paper import codes
from kiosk.settings import Settings
from tests.support.printed import Printed, needs_fonts, needs_paper


@needs_paper
def test_every_code_is_numbered_read_back_and_belongs_to_no_bank(tmp_path):
    printed = Printed(codes.codes(Settings(), 8), tmp_path)
    assert printed.pages() == 2
    read = [*printed.codes(1), *printed.codes(2)]
    assert read == [codes.card(number)["code"] for number in range(1, 9)]
    for number, text in enumerate(read, 1):
        reading = vietqr.parse(text)
        assert reading.problems == ()
        assert (reading.transfer.bin, int(reading.transfer.account)) == ("000000", number)
    assert {word.text for page in (1, 2) for word in printed.places(page)} >= set("12345678")


@needs_paper
def test_beside_every_code_stands_that_it_is_practice_and_is_given_back(tmp_path):
    printed = Printed(codes.codes(Settings(), 6), tmp_path)
    words = printed.words(1)
    assert words.count("THỰC HÀNH") == 12
    assert words.count("Học xong trả lại. Không dán lên sạp, lên tường.") == 6
    assert "học xong thu lại đủ 6 mã" in words
    assert "Phát ra" in words
    assert "Thu về" in words


@needs_paper
def test_a_code_that_asks_for_an_amount_shows_it(tmp_path):
    printed = Printed(codes.codes(Settings(), 2), tmp_path)
    first, second = (vietqr.parse(text).transfer for text in printed.codes(1))
    assert (first.amount, second.amount, second.purpose) == ("", "45000", "THUC HANH")
    assert "Tự bấm số tiền" in printed.words()
    assert "45.000 đồng" in printed.words()


@needs_fonts
def test_the_same_count_gives_the_same_bytes():
    assert codes.codes(Settings(), 3) == codes.codes(Settings(), 3)


@pytest.mark.parametrize("count", [0, -1, codes.MOST + 1])
def test_a_count_out_of_bounds_is_refused(count):
    with pytest.raises(KioskError, match="are not printed"):
        codes.codes(Settings(), count)


@needs_paper
@pytest.mark.parametrize("look", [{"dpi": 75}, {"dpi": 100, "grey": True}])
def test_a_coarse_or_grey_print_is_read_too(tmp_path, look):
    printed = Printed(codes.codes(Settings(), 6), tmp_path)
    assert printed.codes(1, **look) == [codes.card(number)["code"] for number in range(1, 7)]


def test_every_stall_has_a_drawing_of_its_own():
    drawn = [codes.card(number)["picture"] for number in range(1, 7)]
    assert len(set(drawn)) == len(drawn)
    assert all(picture(name) for name in drawn)
