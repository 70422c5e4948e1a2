"""Own rules: what the daemons let pass, and what makes a village's day fail although every file is right.

`of_config` judges a site before it is rendered, `of_tree` a rendered tree, for somebody may have changed a file.
Findings are short Vietnamese, each with what to do; their area is the site file's key where there is one.
"""

import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, available_timezones

from kiosk.findings import Finding, Level
from kiosk.languages import languages
from provisioning import faults
from provisioning.check import air
from provisioning.models import models
from provisioning.site_config import SiteConfig, explain, parse

_OURS = (ipaddress.ip_network("10.87.0.0/20"), ipaddress.ip_network("198.51.100.1/32"))
_FAIL, _WARN, _NOTE = Level.FAIL, Level.WARN, Level.NOTE


def of_config(config: SiteConfig) -> list[Finding]:
    """The findings of a site; what is right is not told."""
    around = (_clash, _help, _sending, _speech)
    return [
        *_board(config),
        *_touchscreen(config),
        *air.of_config(config),
        *(finding for judge in around for finding in judge(config)),
    ]


def of_text(text: str) -> list[Finding]:
    """The findings of a site file: its faults, or, when it has none, those of the site, each with its line."""
    found = explain(text)
    if found:
        return found
    at = faults.lines(text)
    return [
        faults.row(each.area, faults.place(each.area, at), each.level, each.what, each.remedy)
        for each in of_config(parse(text))
    ]


def of_tree(files: Mapping[str, str]) -> list[Finding]:
    """The findings of a rendered tree: path on the target ("etc/hostapd/hostapd.conf") -> text."""
    beacon = files.get("etc/hostapd/hostapd.conf")
    said = air.of_file(beacon) if beacon is not None else ()
    return [*said, *_addresses(files), *_forwarding(files)]


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
    if sent.pin and not _reads(sent.pin):
        what = "Chứng chỉ của máy chủ chép thiếu hoặc sai chữ."
        yield Finding("collector.pin", _FAIL, what, "Chép lại nguyên tệp PEM mà tỉnh gửi.")
    if sent.url and not linked:
        what = "Có máy chủ của tỉnh nhưng không có đường mạng."
        yield Finding("uplink.kind", _NOTE, what, "Lấy số liệu bằng USB hoặc điện thoại, hoặc lắp USB 4G.")
    if linked and not sent.url:
        yield Finding("collector.url", _WARN, "Có đường mạng nhưng chưa có máy chủ của tỉnh.", "Ghi url, token, pin.")
    if config.site.setting == "test":
        yield Finding(
            "site.setting", _WARN, "Máy ghi là máy thử, số liệu không được tính.", 'Ở bản ghi setting = "alone".'
        )


def _reads(chain: str) -> bool:
    """Whether OpenSSL takes the certificates; the uploader asks the same of them in the village."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=chain)
    except ssl.SSLError:
        return False
    return True


def _speech(config: SiteConfig) -> Iterator[Finding]:
    site = config.site
    unknown = [code for code in site.languages if code not in languages()]
    if unknown:
        known = ", ".join(f"{row.code} ({row.name})" for row in languages().values())
        yield Finding("site.languages", _FAIL, f"Chưa có tiếng {', '.join(unknown)}.", f"Dùng: {known}.")
    if len(set(site.languages)) < len(site.languages):
        yield Finding("site.languages", _FAIL, "Một tiếng được ghi hai lần.", "Mỗi tiếng ghi một lần.")
    if not _zone(site.time_zone) and available_timezones():
        yield Finding(
            "site.time_zone", _FAIL, f"Không có múi giờ {site.time_zone}.", 'Ghi time_zone = "Asia/Ho_Chi_Minh".'
        )


def _zone(name: str) -> bool:
    """Whether this machine knows it; a look at all of them reads some hundred files at each start of a card."""
    try:
        return ZoneInfo(name).key == name
    except (ValueError, OSError, KeyError):
        return False


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
