"""Findings of the box: heat, power, card and memory."""

from kiosk.device.card import Card
from kiosk.device.health import Health
from kiosk.findings import Finding, Level
from kiosk.status.remedies import NEW_CARD, RESTART

_HOT, _TOO_HOT = 75, 82  # Celsius; the firmware slows down from 80 on
_DISK_LOW, _DISK_FULL = 500, 64  # MiB
_MEMORY_LOW = 48  # MiB


def box(seen: Health, card: Card | None = None, *, undervolted: bool = False) -> list[Finding]:
    """Heat, power, disk and memory.

    Args:
        seen: one look at the machine.
        card: what holds the data.
        undervolted: whether the kernel saw too little voltage since the start.
    """
    return [*_heat(seen), *_power(seen, undervolted=undervolted), *_disk(seen), *_card(card), *_memory(seen)]


def _heat(seen: Health) -> list[Finding]:
    if seen.celsius is None:
        return []
    level = Level.FAIL if seen.celsius >= _TOO_HOT else Level.WARN if seen.celsius >= _HOT else Level.OK
    remedy = "" if level is Level.OK else "Để máy chỗ thoáng, tránh nắng, lau bụi."
    return [Finding("nhiệt độ", level, f"Máy {seen.celsius} °C.", remedy)]


def _power(seen: Health, *, undervolted: bool) -> list[Finding]:
    power = seen.throttled
    if power and power.undervolted:
        return [Finding("điện", Level.WARN, "Nguồn điện đang yếu.", "Dùng cục nguồn chính hãng và dây ngắn.")]
    if undervolted or (power and power.was_undervolted):
        what = "Từ lúc bật máy có lúc nguồn điện yếu."
        return [Finding("điện", Level.WARN, what, "Dùng cục nguồn chính hãng và dây ngắn.")]
    if power and power.slowed:
        return [Finding("điện", Level.WARN, "Máy đang chạy chậm lại.", "Xem nhiệt độ và cục nguồn.")]
    return [Finding("điện", Level.OK, "Nguồn điện đủ.")] if power else []


def _disk(seen: Health) -> list[Finding]:
    disk = seen.disk
    if disk is None:
        return [Finding("thẻ nhớ", Level.FAIL, "Không thấy thư mục dữ liệu.", RESTART)]
    if not disk.writable:
        return [Finding("thẻ nhớ", Level.FAIL, "Thẻ nhớ chỉ cho đọc.", f"{RESTART} {NEW_CARD}")]
    level = Level.FAIL if disk.free_mib < _DISK_FULL else Level.WARN if disk.free_mib < _DISK_LOW else Level.OK
    remedy = "" if level is Level.OK else "Gỡ bớt bài không dùng: kiosk pack list"
    return [Finding("thẻ nhớ", level, f"Còn trống {disk.free_mib} MiB trong {disk.total_mib} MiB.", remedy)]


def _card(card: Card | None) -> list[Finding]:
    if card is None:
        return []
    made = f" (thẻ {card.name}, {card.made})" if card.name else ""
    if card.errors:
        return [Finding("thẻ nhớ", Level.WARN, f"Hệ thống tệp đã gặp {card.errors} lỗi{made}.", NEW_CARD)]
    return [Finding("thẻ nhớ", Level.OK, f"Hệ thống tệp chưa gặp lỗi nào{made}.")] if card.errors == 0 else []


def _memory(seen: Health) -> list[Finding]:
    if seen.memory is None:
        return []
    level = Level.WARN if seen.memory.available_mib < _MEMORY_LOW else Level.OK
    remedy = RESTART if level is Level.WARN else ""
    return [Finding("bộ nhớ", level, f"Còn {seen.memory.available_mib} MiB.", remedy)]
