"""Findings of the services: which of them does not run, and what people notice of it."""

from collections.abc import Iterator, Mapping
from typing import Final

from kiosk.device.look import Look
from kiosk.device.services import Service
from kiosk.findings import Finding, Level
from kiosk.settings import Settings
from kiosk.status.remedies import RESTART

_OFTEN: Final = 5  # restarts since the start, after which it is said
_BASE: Final = frozenset({"hostapd.service", "dnsmasq.service", "nginx.service", "nftables.service",
                          "systemd-networkd.service", "kiosk-web.service", "kiosk-recorder.service"})  # fmt: skip
# unit -> what people notice when it does not run
WATCHED: Final[Mapping[str, str]] = {
    "kiosk-first-boot.service": "cấu hình của bản chưa được dựng xong",
    "systemd-networkd.service": "máy không có địa chỉ mạng",
    "nftables.service": "tường lửa không bật",
    "hostapd.service": "không có Wi-Fi",
    "dnsmasq.service": "điện thoại vào Wi-Fi nhưng không có địa chỉ",
    "nginx.service": "điện thoại không mở được trang nào",
    "kiosk-web.service": "đọc bài được, nhưng không tập được",
    "kiosk-recorder.service": "không đếm được lượt học",
    "kiosk-health.timer": "không tự xem máy mười phút một lần",
    "kiosk-upload.timer": "không tự gửi số liệu mỗi giờ",
    "kiosk-shell.service": "màn hình chạm tối",
    "wpa_supplicant@up0.service": "không nối được Wi-Fi nhà để ra mạng",
    "systemd-timesyncd.service": "không lấy được giờ theo mạng",
}


def services(settings: Settings, look: Look | None) -> list[Finding]:
    """What is to be said of the services; nothing on a desk, where another program starts them.

    Args:
        settings: the house; systemd runs its services where nginx stands in front.
        look: the last look at them.
    """
    if not settings.portal.proxied or look is None or not look.services:
        return []
    judged = [service for service in look.services if service.wanted or service.unit in _BASE]
    bad = [finding for service in judged for finding in _judge(service)]
    return bad or [Finding("dịch vụ", Level.OK, f"{len(judged)} dịch vụ đang chạy.")]


def _judge(service: Service) -> Iterator[Finding]:
    name, noticed = service.unit.removesuffix(".service"), WATCHED.get(service.unit, "")
    if service.load == "not-found":
        yield Finding("dịch vụ", Level.FAIL, f"{name} không có trên thẻ: {noticed}.", "Nạp lại thẻ nhớ.")
    elif not service.well:
        state = "đang thử lại" if service.active == "activating" else "không chạy"
        what = f"{name} {state} ({_reason(service)}): {noticed}."
        remedy = f"{RESTART} Xem lý do: sudo journalctl -b -u {service.unit}"
        yield Finding("dịch vụ", Level.FAIL, what, remedy)
    elif service.restarts >= _OFTEN:
        what = f"{name} đã phải chạy lại {service.restarts} lần từ lúc bật máy."
        yield Finding("dịch vụ", Level.WARN, what, f"Báo kỹ thuật viên: sudo journalctl -b -u {service.unit}")


def _reason(service: Service) -> str:
    """The word of systemd for why it does not run."""
    if service.load != "loaded":
        return service.load
    return service.active if service.result in ("", "success") else service.result
