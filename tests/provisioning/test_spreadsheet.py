"""Lists of villages as people and Excel write them."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import KioskError
from provisioning import spreadsheet
from provisioning.spreadsheet import apart, read

LIST = """\
STT,Tên bản,Xã,Loại máy,Người giúp,Điện thoại,Đường truyền,Màn hình chạm,Tiếng,Số người
1,bản Nà Hường,xã Bản Bo,Pi 3B,Lò Thị Inh,0912 345 678,USB 4G,không,"Việt, Thái Đen",12
2,bản Phiêng Tiên,xã Bản Bo,Raspberry Pi 4 Model B,Giàng A Páo,0912.345.679,không có,có,Kinh,15
"""
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def cp1258(text: str) -> bytes:
    """As Excel on a Vietnamese Windows saves: the letter, then its tone."""
    found = b""
    for letter in text:
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
            found += (base + "".join(part for part in parts if part in _TONES)).encode("cp1258")
    return found


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, the other end": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "windows-1258": cp1258,
    "marks apart": lambda text: unicodedata.normalize("NFD", text).encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_whatever_excel_wrote_says_the_same(encoding: str, separator: str, ending: str) -> None:
    plain = LIST.replace('"Việt, Thái Đen"', "Việt và Thái Đen")
    text = plain.replace(",", separator).replace("\n", ending)
    assert read(ENCODINGS[encoding](text)) == read(plain.encode())


def test_cells_become_what_a_site_file_holds() -> None:
    first, second = read(LIST.encode()).rows
    assert first.number == 2
    assert first.faults == ()
    assert first.given == {
        "site.village": "bản Nà Hường", "site.commune": "xã Bản Bo", "box.model": "pi-3b", "helper.name": "Lò Thị Inh",
        "helper.phone": "0912345678", "uplink.kind": "usb-modem", "box.touchscreen": False,
        "site.languages": ["vi", "blt"], "site.class_size": 12,
    }  # fmt: skip
    assert second.given["uplink.kind"] == "none"
    assert second.given["box.touchscreen"] is True


def test_a_western_windows_that_holds_every_letter_is_read() -> None:
    found = read("Tên bản;Xã;Máy\nNà Lò;Hô Tý;Pi 4\n".replace("ả", "a").encode("cp1252"))
    assert found.rows[0].given["site.village"] == "Nà Lò"
    assert found.rows[0].given["site.commune"] == "Hô Tý"


def test_letters_that_were_lost_are_told() -> None:
    with pytest.raises(KioskError, match="mất dấu") as caught:
        read(LIST.encode("cp1252", "replace"))
    assert "CSV UTF-8" in caught.value.hint


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_an_excel_file_itself_is_told(start: bytes) -> None:
    with pytest.raises(KioskError, match="tệp Excel"):
        read(start + bytes(500))


@pytest.mark.parametrize(
    "heading",
    [
        "Tên bản",
        "TÊN BẢN",
        "ten ban",
        "Bản / Thôn",
        "Thôn, bản",
        "  Tên  Bản: ",
        "Tên thôn/bản",
        "village",
        "site.village",
    ],
)
def test_headings_in_several_spellings(heading: str) -> None:
    assert read(f'"{heading}"\tMáy\nNà Lò\tPi 4\n'.encode()).rows[0].given["site.village"] == "Nà Lò"


def test_no_two_keys_share_a_heading() -> None:
    for table in ("headings", "uplinks", "yes", "languages"):
        seen: dict[str, str] = {}
        for key, each in spreadsheet._words()[table].items():
            for word in each:
                assert seen.setdefault(spreadsheet._plain(word), key) == key, word


def test_a_title_above_the_headings_is_passed_over() -> None:
    text = "DANH SÁCH 43 BẢN,,\n,,\nTên bản,Máy\nNà Lò,Pi 4\n"
    assert [row.number for row in read(text.encode()).rows] == [4]


def test_excels_own_line_about_the_separator_is_no_row() -> None:
    assert [row.number for row in read(b"sep=;\r\nT\xc3\xaan b\xe1\xba\xa3n;M\xc3\xa1y\r\nA;Pi 4\r\n").rows] == [2]


def test_empty_rows_are_passed_over_and_counted() -> None:
    text = "Tên bản,Máy\n\n,,\nNà Lò,Pi 4\n   \nNà Khoang,Pi 4\n"
    assert [row.number for row in read(text.encode()).rows] == [4, 6]


def test_what_a_terminal_would_obey_is_not_kept() -> None:
    row = read("Tên bản,Máy\nNà\x1b[2J\u202e Lò,Pi 4\n".encode()).rows[0]
    assert row.given["site.village"] == "Nà[2J Lò"


def test_columns_that_nobody_knows_are_named() -> None:
    listed = read("STT,Tên bản,Máy,Cự ly (km),Ghi chú\n1,Nà Lò,Pi 4,12,x\n".encode())
    assert listed.unknown == ("Cự ly (km)",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cột tên bản"),
        ("Xã,Máy\nA,Pi 4\n", "cột tên bản"),
        ("Tên bản,Máy\n", "không có bản nào"),
        ("Tên bản,Thôn,Máy\nA,B,Pi 4\n", "hai cột cùng nghĩa"),
        ('Tên bản,Máy\n"' + "a" * 200_000 + '",Pi 4\n', "ô quá dài"),
    ],
)
def test_what_is_no_list_is_told(text: str, said: str) -> None:
    with pytest.raises(KioskError, match=said) as caught:
        read(text.encode())
    assert caught.value.hint


@pytest.mark.parametrize(
    ("heading", "cell", "key"),
    [
        ("Máy", "Pi 3", "box.model"),
        ("Máy", "máy tính cũ", "box.model"),
        ("Điện thoại", "9,12E+08", "helper.phone"),
        ("Số người", "khoảng 20", "site.class_size"),
        ("Tiếng", "Thái", "site.languages"),
        ("Mạng", "vệ tinh", "uplink.kind"),
        ("Màn hình", "có lẽ", "box.touchscreen"),
    ],
)
def test_a_cell_that_says_nothing_is_told_with_its_row(heading: str, cell: str, key: str) -> None:
    row = read(f"Tên bản\t{heading}\nNà Lò\t{cell}\n".encode()).rows[0]
    assert [(fault.key, fault.line) for fault in row.faults] == [(key, 2)]
    assert row.faults[0].remedy
    assert key not in row.given


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("'0912345678", "0912345678"),
        ("113", "113"),
        ("19001234", "19001234"),
        ("2133875113", "02133875113"),
        ("+84912345678", "+84912345678"),
    ],
)
def test_telephones_get_back_the_zero_that_excel_took(cell: str, phone: str) -> None:
    assert read(f"Tên bản\tĐiện thoại\nNà Lò\t{cell}\n".encode()).rows[0].given["helper.phone"] == phone


def test_a_village_that_stands_twice_is_told_by_row() -> None:
    text = "Tên bản,Xã,Máy\nbản Nà Hường,Bản Bo,Pi 4\nNà Hường,Khun Há,Pi 4\nNÀ HƯỜNG,xã Bản Bo,Pi 4\n"
    rows = apart(read(text.encode()).rows)
    assert [row.given["site.id"] for row in rows] == ["na-huong-ban-bo", "na-huong-khun-ha", "na-huong-ban-bo"]
    assert [fault.what for row in rows for fault in row.faults] == ["trùng với hàng 2."]
    assert rows[2].faults[0].line == 4


def test_an_own_id_tells_villages_apart() -> None:
    rows = apart(read("Tên bản,Mã bản,Máy\nNà Hường,nh-1,Pi 4\nNà Hường,NH 2,Pi 4\n".encode()).rows)
    assert [row.given["site.id"] for row in rows] == ["nh-1", "nh-2"]
    assert all(not row.faults for row in rows)


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: f"Tên bản,Máy\n{text}".encode())))
def test_any_bytes_are_a_list_or_told(data: bytes) -> None:
    try:
        listed = read(data)
    except KioskError:
        return
    assert apart(listed.rows)
