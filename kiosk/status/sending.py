"""Findings of the way to the province: what waits, how the last run ended, what was set aside."""

from collections.abc import Iterator
from typing import Final

from kiosk.findings import Finding, Level
from kiosk.outbox.outcome import Outcome
from kiosk.settings import Settings
from kiosk.status.times import ago
from kiosk.usage.report import Usage

# words of the outbox's error -> what it means, what to do; the first that fits
_REASONS: Final = (
    (
        "cannot be reached",
        "không tới được máy chủ của tỉnh",
        "Xem đường mạng: dây, USB 4G, SIM còn tiền, Wi-Fi nhà. Máy tự gửi lại mỗi giờ.",
    ),
    ("asked to wait", "máy chủ của tỉnh đang bận, hẹn gửi sau", "Không phải làm gì: máy tự gửi lại."),
    ("asks to wait", "máy chủ của tỉnh đang bận, hẹn gửi sau", "Không phải làm gì: máy tự gửi lại."),
    ("is busy", "máy chủ của tỉnh đang bận, hẹn gửi sau", "Không phải làm gì: máy tự gửi lại."),
    ("does not take this site's token", "máy chủ không nhận mã của bản", "Xin tỉnh mã mới; không mất số liệu nào."),
    ("token", "mã của bản chưa có hoặc không đọc được", "Ghi lại token trong mục [collector] của tệp bản."),
    ("pin", "chứng chỉ của máy chủ không khớp", "So url và pin trong mục [collector] với tỉnh."),
    ("redirect", "đường mạng trả lời thay máy chủ", "Wi-Fi nhà có trang đăng nhập? Dùng đường mạng khác."),
    ("no collector's", "nơi trả lời không phải máy chủ của tỉnh", "So url trong mục [collector] với tỉnh."),
    ("upload.url", "địa chỉ máy chủ không đúng", "So url trong mục [collector] với tỉnh."),
)
_OTHER: Final = ("máy chủ trả lời không hiểu được", "Báo tỉnh: phần mềm của máy và của máy chủ khác nhau.")


def sending(settings: Settings, seen: Usage, last: Outcome | None, uptime: int) -> list[Finding]:
    """Whether the province gets what is counted.

    Args:
        settings: the house.
        seen: what waits, and what the collector set aside.
        last: how the last run since the start ended.
        uptime: now, in seconds.
    """
    return [*_waiting(settings, seen, last, uptime), *_aside(seen)]


def reason(said: str) -> tuple[str, str]:
    """What an error of the outbox means, and what to do, in Vietnamese."""
    return next((row[1:] for row in _REASONS if row[0] in said), _OTHER)


def _waiting(settings: Settings, seen: Usage, last: Outcome | None, uptime: int) -> Iterator[Finding]:
    waits = f"{seen.waiting} dòng số liệu chờ gửi."
    if not settings.upload.url:
        what = f"{waits} Máy này không có máy chủ của tỉnh."
        yield Finding("gửi", Level.NOTE, what, "Lấy số liệu bằng USB, hoặc ghi mục [collector] trong tệp bản.")
    elif last is None:
        yield Finding("gửi", Level.NOTE, f"{waits} Từ lúc bật máy chưa gửi lần nào.", "Đợi máy có mạng; máy tự gửi.")
    elif last.ok:
        yield Finding("gửi", Level.OK, f"{waits} Lần gửi cuối: {ago(uptime - last.at)}, được {last.events} dòng.")
    else:
        why, remedy = reason(last.said)
        what = f"{waits} Lần gửi cuối, {ago(uptime - last.at)}, chưa được: {why} ({last.said})."
        yield Finding("gửi", Level.WARN, what, remedy)


def _aside(seen: Usage) -> Iterator[Finding]:
    for said, count in seen.aside.items():
        what = f"Máy chủ để riêng {count} dòng: {said}"
        yield Finding("gửi", Level.WARN, what, "Cập nhật phần mềm máy chủ; báo tỉnh.")
