r"""What a value of a site file may be: kinds with their characters and, in Vietnamese, what is wanted.

These rules alone keep a value from changing any other line of a rendered file: no kind lets through a control
character, a quote that opens a string, a backslash or a brace. Patterns end in \Z, for $ would allow a last newline.
"""

from typing import Annotated, Literal

from msgspec import Meta


def _must(pattern: str, most: int, want: str, *, size: int = 0) -> Meta:
    return Meta(pattern=rf"\A(?:{pattern})\Z", max_length=most, extra={"want": want, "bytes": size})


def _text(pattern: str, most: int, want: str, *, secret: bool = False) -> Meta:
    return Meta(pattern=rf"\A(?:{pattern})?\Z", max_length=most, extra={"want": want, "secret": secret})


def _number(least: int, most: int, want: str) -> Meta:
    return Meta(ge=least, le=most, extra={"want": want})


# Letters of any script with their marks (those of Tai Viet are no letters to a pattern), digits, the signs of an
# address. The apostrophe is in names of the highlands (buôn Ea H'leo); no daemon's file carries a label.
_LETTERS = r"\w\u0300-\u036f\uaa80-\uaadf"
_LABEL = rf"[{_LETTERS}+(][{_LETTERS} .,()/&+:–’'-]*"
_SSID = r"[A-Za-z0-9](?:[A-Za-z0-9 ._+-]*[A-Za-z0-9._+-])?"
_KEYED = r"""[!#-&(-\[\]-_a-z|~](?:[ !#-&(-\[\]-_a-z|~]*[!#-&(-\[\]-_a-z|~])?"""
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_TIME = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_OCTETS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"


def _pem(kind: str) -> str:
    return rf"(?:-----BEGIN {kind}-----\n(?:[A-Za-z0-9+/=]{{1,76}}\n)+-----END {kind}-----\n?)"


Slug = Annotated[str, _must(r"[a-z0-9]+(?:-[a-z0-9]+)*", 32, "chữ thường a-z, số và dấu -, nhiều nhất 32, như ban-bo")]
Pack = Annotated[str, _must(r"[a-z0-9]+(?:-[a-z0-9]+)*", 60, "tên gói bài, như doi-song-so")]
Label = Annotated[str, _text(_LABEL, 80, "chữ, số và dấu . , ( ) / & + - trên một dòng, nhiều nhất 80 chữ")]
Phone = Annotated[str, _text(r"\+?[0-9](?:[ .]?[0-9]){2,14}", 24, "số điện thoại, như 0912 345 678")]
Language = Annotated[str, _must(r"[a-z]{2,3}", 3, "mã tiếng, như vi, blt")]
Ssid = Annotated[str, _must(_SSID, 32, "chữ không dấu, số, dấu cách và . _ + -, nhiều nhất 32 byte", size=32)]
OtherSsid = Annotated[str, _text(_LABEL, 32, "tên Wi-Fi của nhà, nhiều nhất 32 byte, không có dấu ngoặc kép hay \\")]
Password = Annotated[
    str,
    _text(rf"(?=.{{8,63}}\Z){_KEYED}", 63, "8 đến 63 ký tự không dấu, không có \" ' ` \\ { }", secret=True),
]
Country = Annotated[str, _must(r"[A-Z]{2}", 2, "mã nước hai chữ in hoa, ở Việt Nam là VN")]
Channel = Annotated[int, _number(1, 177, "số kênh: 1, 6 hoặc 11 (sóng 2.4); 36, 40, 44 hoặc 48 (sóng 5)")]
ClassSize = Annotated[int, _number(1, 200, "số người một buổi, 1 đến 200")]
DailyKb = Annotated[int, _number(0, 1_000_000, "số KB một ngày, 20 trở lên; 0 là không giới hạn")]
Volume = Annotated[int, _number(0, 100, "số phần trăm, 0 đến 100")]
Hours = Annotated[str, _text(rf"{_TIME}-{_TIME}", 11, "từ mấy giờ đến mấy giờ, như 11:30-13:30")]
Url = Annotated[
    str, _text(rf"https://(?:{_HOST}|{_OCTETS})(?::[0-9]{{1,5}})?(?:/[A-Za-z0-9._~-]+)*/?", 200, "địa chỉ https://…")
]
Token = Annotated[str, _text(r"[A-Za-z0-9_-]{16,128}", 128, "mã mà tỉnh cấp, chép nguyên một dòng", secret=True)]
Digest = Annotated[str, _text(r"[0-9a-f]{64}", 64, "64 chữ số 0-9 a-f")]
Zone = Annotated[str, _must(r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+){1,2}", 40, "múi giờ, ở Việt Nam là Asia/Ho_Chi_Minh")]
Network = Annotated[str, _text(rf"{_OCTETS}/[0-9]{{1,2}}", 18, "địa chỉ và mặt nạ, như 192.168.1.20/24")]
Address = Annotated[str, _text(_OCTETS, 15, "địa chỉ, như 192.168.1.1")]
Host = Annotated[str, _text(_HOST, 100, "tên miền trong chứng chỉ, như ban-bo.laichau.vn")]
Chain = Annotated[
    str, _text(rf"{_pem('CERTIFICATE')}+", 32_768, 'chứng chỉ PEM giữa hai dấu """, từ -----BEGIN CERTIFICATE-----')
]
PrivateKey = Annotated[
    str, _text(_pem("(?:EC |RSA )?PRIVATE KEY"), 16_384, 'khóa PEM giữa hai dấu """, không đặt mật khẩu', secret=True)
]
PinHash = Annotated[
    str,
    _text(
        r"\$argon2id\$v=19\$m=[0-9]{1,7},t=[0-9]{1,3},p=[0-9]{1,2}\$[A-Za-z0-9+/]{8,64}\$[A-Za-z0-9+/]{16,128}",
        300,
        "dòng $argon2id$… do provision site pin ghi ra; không ghi số PIN vào đây",
        secret=True,
    ),
]

Setting = Literal["alone", "class", "staff", "touchscreen", "test"]
MongScript = Literal["none", "rpa", "1961"]
Firmware = Literal["stock", "minimal"]
Band = Literal["2.4", "5"]
Security = Literal["open", "owe", "wpa2", "wpa3"]
UplinkKind = Literal["none", "ethernet", "usb-modem", "wifi", "phone"]
UsbWifi = Literal["", "mt76", "mt792x", "ath9k_htc"]
