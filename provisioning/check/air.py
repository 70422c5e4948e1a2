"""Rules of the air: what a radio may send, how many phones it holds, of a site and of a rendered hostapd.conf."""

import re
from collections.abc import Iterator, Mapping

from kiosk.findings import Finding, Level
from provisioning.site_config import SiteConfig

# Where a box may be tried on a desk. 12 and 13 are open in Viet Nam (TT 08/2021/TT-BTTTT), barred in many of these.
COUNTRIES = frozenset({"VN", "AU", "CN", "DE", "FR", "GB", "JP", "KH", "KR", "LA", "NL", "SG", "TH", "TW", "US"})
_ALL_2 = range(1, 14)
_EVERYWHERE_2 = range(1, 12)
# 52 to 144 want radar detection, which the Pi's radio has not.
_WITHOUT_RADAR = frozenset({36, 40, 44, 48, 149, 153, 157, 161, 165})
_APART = (1, 6, 11)
_FAIL, _WARN, _NOTE = Level.FAIL, Level.WARN, Level.NOTE


def of_config(config: SiteConfig) -> list[Finding]:
    """The findings of a site's radio."""
    return [finding for judge in (_radio, _class, _lock) for finding in judge(config)]


def _radio(config: SiteConfig) -> Iterator[Finding]:
    wifi, model = config.wifi, config.model
    yield from _country(wifi.country, config.site.setting)
    yield from _channel(wifi.country, wifi.band, wifi.channel)
    if model.image and not config.box.usb_wifi and wifi.band not in model.bands:
        yield Finding("wifi.band", _FAIL, f"{model.name} không phát được sóng {wifi.band} GHz.", 'Ghi band = "2.4".')
    elif wifi.band == "5":
        yield Finding(
            "wifi.band", _WARN, "Nhiều điện thoại rẻ không bắt được sóng 5 GHz.", 'Ghi band = "2.4", channel = 6.'
        )


def _country(country: str, setting: str) -> Iterator[Finding]:
    if country not in COUNTRIES:
        yield Finding("wifi.country", _FAIL, f"Không có nước {country} trong bảng sóng.", 'Ghi country = "VN".')
    elif country != "VN" and setting != "test":
        yield Finding(
            "wifi.country", _WARN, f"Đang dùng luật sóng của nước {country}.", 'Ở Việt Nam ghi country = "VN".'
        )


def _channel(country: str, band: str, channel: int) -> Iterator[Finding]:
    if band == "5":
        if channel not in _WITHOUT_RADAR:
            yield Finding("wifi.channel", _FAIL, f"Kênh {channel} không dùng được ở sóng 5 GHz.", "Ghi channel = 36.")
    elif channel not in _ALL_2:
        yield Finding("wifi.channel", _FAIL, f"Sóng 2.4 GHz không có kênh {channel}.", "Ghi channel = 1, 6 hoặc 11.")
    elif channel not in _EVERYWHERE_2 and country != "VN":
        what = f"Kênh {channel} chỉ được phát ở Việt Nam, tệp ghi nước {country}."
        yield Finding("wifi.channel", _FAIL, what, 'Ghi country = "VN", hoặc channel = 1, 6, 11.')
    elif channel not in _APART:
        what = f"Kênh {channel} đè lên hai kênh bên cạnh, có điện thoại không thấy."
        yield Finding("wifi.channel", _WARN, what, "Ghi channel = 1, 6 hoặc 11.")


def _class(config: SiteConfig) -> Iterator[Finding]:
    size, holds, model, box = config.site.class_size, config.stations, config.model, config.box
    if not model.image:
        return
    if box.usb_wifi and holds <= model.most:
        what = f"Wi-Fi USB {box.usb_wifi} chỉ giữ {holds} điện thoại, không hơn Wi-Fi của máy."
        yield Finding("box.usb_wifi", _WARN, what, "Dùng Wi-Fi USB loại MT7610U hoặc MT7612U (mt76).")
    if size <= holds:
        return
    what = f"Buổi học {size} người, sóng chỉ giữ được {holds} điện thoại cùng lúc."
    yield Finding("site.class_size", _WARN, what, f"Có thể: {'; '.join(_ways(config))}.")


def _ways(config: SiteConfig) -> Iterator[str]:
    """What lets a class in that is larger than what the radio holds."""
    size, holds, box = config.site.class_size, config.stations, config.box
    if not box.usb_wifi and config.model.most > holds:
        yield f'ghi firmware = "minimal" (giữ {config.model.most} máy)'
    if box.usb_wifi != "mt76":
        yield 'cắm Wi-Fi USB MT7612U và ghi usb_wifi = "mt76" (giữ 64 máy)'
    yield "hai người chung một điện thoại" if size <= 2 * holds else "chia thành nhiều buổi"
    if not box.touchscreen and config.model.display:
        yield "lắp thêm màn hình chạm"


def _lock(config: SiteConfig) -> Iterator[Finding]:
    security, model = config.wifi.security, config.model
    if security == "open":
        return
    if model.open_only and not config.box.usb_wifi:
        what = f"{model.name} phát Wi-Fi có khóa thì điện thoại không nhận được gì."
        yield Finding("wifi.security", _FAIL, what, 'Ghi security = "open" và bỏ password.')
    elif security in ("owe", "wpa3"):
        yield Finding(
            "wifi.security", _WARN, f"Điện thoại cũ không vào được Wi-Fi {security}.", 'Ghi security = "open".'
        )
    else:
        yield Finding(
            "wifi.security", _NOTE, "Người học phải gõ mật khẩu Wi-Fi.", 'Muốn vào thẳng: ghi security = "open".'
        )


def _pairs(text: str) -> dict[str, str]:
    """key=value lines; of a key said twice the last counts, as for hostapd."""
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def of_file(text: str) -> Iterator[Finding]:
    """Of hostapd.conf: hostapd 2.10 takes `channel=abc` for "choose one" and any two letters for a country."""
    air = _pairs(text)
    country, channel = air.get("country_code", ""), air.get("channel", "")
    yield from _country(country, "alone")
    if channel.isascii() and channel.isdigit():
        yield from _channel(country, "5" if air.get("hw_mode") == "a" else "2.4", int(channel))
    else:
        what = f"hostapd.conf: channel={channel} không phải số kênh."
        yield Finding("wifi.channel", _FAIL, what, "Ghi channel = 1, 6 hoặc 11 trong tệp của bản, rồi dựng lại.")
    if (size := _ssid(air)) > 32:  # noqa: PLR2004  802.11
        yield Finding("wifi.ssid", _FAIL, f"Tên Wi-Fi dài {size} byte.", "Tên Wi-Fi dài nhất 32 byte: viết ngắn lại.")


def _ssid(air: Mapping[str, str]) -> int:
    """Bytes of the network's name, written as it is, in quotes or as hexadecimal."""
    if "ssid2" not in air:
        return len(air.get("ssid", "").encode())
    written = air["ssid2"]
    quoted = re.fullmatch(r'P?"(.*)"', written)
    return len(quoted.group(1).encode()) if quoted else len(written) // 2
