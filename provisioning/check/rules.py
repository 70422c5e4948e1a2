"""Own rules: what the daemons let pass, and what makes a village's day fail although every file is right.

`of_config` judges a site before it is rendered, `of_tree` a rendered tree, for somebody may have changed a file.
Findings are short Vietnamese, each with what to do; their area is the site file's key where there is one.
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from kiosk.findings import Finding, Level
from kiosk.languages import languages
from provisioning.models import models
from provisioning.site_config import SiteConfig

# Where a box may be tried on a desk. 12 and 13 are open in Viet Nam (TT 08/2021/TT-BTTTT), barred in many of these.
COUNTRIES = frozenset({"VN", "AU", "CN", "DE", "FR", "GB", "JP", "KH", "KR", "LA", "NL", "SG", "TH", "TW", "US"})
_ALL_2 = range(1, 14)
_EVERYWHERE_2 = range(1, 12)
# 52 to 144 want radar detection, which the Pi's radio has not.
_WITHOUT_RADAR = frozenset({36, 40, 44, 48, 149, 153, 157, 161, 165})
_APART = (1, 6, 11)
_OURS = (ipaddress.ip_network("10.87.0.0/20"), ipaddress.ip_network("198.51.100.1/32"))
_FAIL, _WARN, _NOTE = Level.FAIL, Level.WARN, Level.NOTE


def of_config(config: SiteConfig) -> list[Finding]:
    """The findings of a site; what is right is not told."""
    judged = (_board, _touchscreen, _radio, _class, _lock, _clash, _help, _sending, _speech)
    return [finding for judge in judged for finding in judge(config)]


def of_tree(files: Mapping[str, str]) -> list[Finding]:
    """The findings of a rendered tree: path on the target ("etc/hostapd/hostapd.conf") -> text."""
    air = _pairs(files.get("etc/hostapd/hostapd.conf", ""))
    return [*_beacon(air), *_addresses(files), *_forwarding(files)]


def _board(config: SiteConfig) -> Iterator[Finding]:
    model, box = config.model, config.box
    if model.refused:
        usable = ", ".join(row.name.removeprefix("Raspberry ") for row in models().values() if row.image)
        yield Finding("box.model", _FAIL, f"{model.name}: {model.refused}.", f"Dùng một trong: {usable}.")
        return
    if not box.usb_wifi and box.firmware not in model.stations:
        yield Finding(
            "box.firmware", _FAIL, f"{model.name} không có firmware {box.firmware}.", 'Ghi firmware = "stock".'
        )
    if model.note:
        yield Finding("box.model", _NOTE, model.note)


def _touchscreen(config: SiteConfig) -> Iterator[Finding]:
    model = config.model
    if config.box.touchscreen and model.image and not model.display:
        what = f"{model.name} chạy màn hình chạm rất chậm (bộ nhớ 512 MB)."
        yield Finding("box.touchscreen", _WARN, what, "Dùng Pi 3B trở lên, hoặc ghi touchscreen = false.")


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
    if box.usb_wifi and holds <= model.holds("stock"):
        what = f"Wi-Fi USB {box.usb_wifi} chỉ giữ {holds} điện thoại, không hơn Wi-Fi của máy."
        yield Finding("box.usb_wifi", _WARN, what, "Dùng Wi-Fi USB loại MT7610U hoặc MT7612U (mt76).")
    if size <= holds:
        return
    what = f"Buổi học {size} người, sóng chỉ giữ được {holds} điện thoại cùng lúc."
    yield Finding("site.class_size", _WARN, what, f"Chọn một: {'; '.join(_ways(config))}.")


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


def _clash(config: SiteConfig) -> Iterator[Finding]:
    uplink = config.uplink
    if uplink.address and _ours(ipaddress.ip_interface(uplink.address).network):
        what = f"Địa chỉ {uplink.address} trùng với mạng của người học (10.87.0.0/20)."
        yield Finding("uplink.address", _FAIL, what, "Đổi địa chỉ trên cục phát mạng, như 192.168.1.20/24.")
    if uplink.kind == "wifi":
        yield from _second(config)
    if uplink.kind == "ethernet" and config.model.image and not config.model.ethernet:
        yield Finding(
            "uplink.kind", _WARN, f"{config.model.name} không có cổng mạng dây.", "Cắm thêm đầu USB ra Ethernet."
        )


def _second(config: SiteConfig) -> Iterator[Finding]:
    if config.uplink.ssid == config.wifi.ssid:
        yield Finding(
            "uplink.ssid", _FAIL, "Wi-Fi ra mạng trùng tên Wi-Fi của người học.", "Đổi ssid trong mục [wifi]."
        )
    if not config.box.usb_wifi:
        what = "Wi-Fi của máy đã phát cho người học, chưa có Wi-Fi thứ hai."
        yield Finding("uplink.kind", _WARN, what, "Cắm một Wi-Fi USB để ra mạng, hoặc dùng USB 4G.")


def _help(config: SiteConfig) -> Iterator[Finding]:
    helper = config.helper
    if not helper.phone:
        what = "Chưa có số điện thoại người giúp; trang Cần người giúp sẽ trống."
        yield Finding("helper.phone", _WARN, what, 'Hỏi trưởng bản, ghi phone = "09…" và hours.')
    if not helper.police:
        yield Finding("helper.police", _NOTE, "Chưa có số công an xã.", 'Ghi police = "02…" của công an xã.')


def _sending(config: SiteConfig) -> Iterator[Finding]:
    sent, linked = config.collector, config.uplink.kind != "none"
    if sent.url and not (sent.token and sent.pin):
        what = "Có máy chủ của tỉnh nhưng thiếu token hoặc pin, sẽ không gửi được."
        yield Finding("collector", _FAIL, what, "Xin tỉnh mã và chứng chỉ, ghi token và pin.")
    if sent.url and not linked:
        what = "Có máy chủ của tỉnh nhưng không có đường mạng."
        yield Finding("uplink.kind", _NOTE, what, "Lấy số liệu bằng USB hoặc điện thoại, hoặc lắp USB 4G.")
    if linked and not sent.url:
        yield Finding("collector.url", _WARN, "Có đường mạng nhưng chưa có máy chủ của tỉnh.", "Ghi url, token, pin.")
    if config.site.setting == "test":
        yield Finding(
            "site.setting", _WARN, "Máy ghi là máy thử, số liệu không được tính.", 'Ở bản ghi setting = "alone".'
        )


def _speech(config: SiteConfig) -> Iterator[Finding]:
    site = config.site
    unknown = [code for code in site.languages if code not in languages()]
    if unknown:
        known = ", ".join(f"{row.code} ({row.name})" for row in languages().values())
        yield Finding("site.languages", _FAIL, f"Chưa có tiếng {', '.join(unknown)}.", f"Dùng: {known}.")
    if len(set(site.languages)) < len(site.languages):
        yield Finding("site.languages", _FAIL, "Một tiếng được ghi hai lần.", "Mỗi tiếng ghi một lần.")
    if (zones := available_timezones()) and site.time_zone not in zones:
        yield Finding(
            "site.time_zone", _FAIL, f"Không có múi giờ {site.time_zone}.", 'Ghi time_zone = "Asia/Ho_Chi_Minh".'
        )


def _pairs(text: str) -> dict[str, str]:
    """key=value lines; of a key said twice the last counts, as for hostapd."""
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def _beacon(air: Mapping[str, str]) -> Iterator[Finding]:
    """Of hostapd.conf: hostapd 2.10 takes `channel=abc` for "choose one" and any two letters for a country."""
    if not air:
        return
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


def _ours(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return isinstance(network, ipaddress.IPv4Network) and any(network.overlaps(each) for each in _OURS)


def _addresses(files: Mapping[str, str]) -> Iterator[Finding]:
    """Two links in one network: the box would answer phones by the wrong one."""
    seen: list[tuple[str, ipaddress.IPv4Interface]] = []
    for path in sorted(files):
        if not path.endswith(".network"):
            continue
        for written in re.findall(r"^Address=([\d./]+)\s*$", files[path], re.MULTILINE):
            seen.append((path, ipaddress.IPv4Interface(written)))
    for number, (path, address) in enumerate(seen):
        for other, earlier in seen[:number]:
            if other != path and address.network.overlaps(earlier.network):
                names = " và ".join(sorted({path.rpartition("/")[2], other.rpartition("/")[2]}))
                what = f"{names}: địa chỉ {address} trùng mạng {earlier.network}."
                yield Finding("uplink.address", _FAIL, what, "Đổi address trong mục [uplink], rồi dựng lại.")


def _forwarding(files: Mapping[str, str]) -> Iterator[Finding]:
    for path in sorted(files):
        if "sysctl.d/" in path and re.search(r"^net\.ipv4\.ip_forward\s*=\s*1", files[path], re.MULTILINE):
            what = f"{path}: máy chuyển tiếp mạng cho điện thoại."
            yield Finding("sysctl", _FAIL, what, "Ghi net.ipv4.ip_forward = 0, rồi dựng lại.")
