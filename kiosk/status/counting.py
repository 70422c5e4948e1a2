"""Findings of the counting: the recorder, its file, and what is known of the time."""

from collections.abc import Mapping
from typing import Final

from kiosk.events.epochs import Quality
from kiosk.findings import Finding, Level
from kiosk.status.remedies import NEW_CARD, RESTART
from kiosk.usage.note import Trouble
from kiosk.usage.report import Usage

_BOUND_HIGH = 0.9
_TROUBLES: Final[Mapping[Trouble, tuple[str, str]]] = {
    Trouble.FULL: ("Thẻ nhớ đầy, số liệu chưa ghi được.", "Gỡ bớt bài không dùng, rồi tải số liệu lên."),
    Trouble.READ_ONLY: ("Thẻ nhớ chỉ cho đọc, số liệu chưa ghi được.", f"{RESTART} {NEW_CARD}"),
    Trouble.DAMAGED: ("Tệp số liệu hỏng, đã để riêng và lập tệp mới.", "Giữ thẻ; báo kỹ thuật viên lấy tệp hỏng."),
    Trouble.CARD: ("Thẻ nhớ báo lỗi, số liệu chưa ghi được.", NEW_CARD),
    Trouble.STATE: ("Bộ nhớ tạm báo lỗi.", RESTART),
}
_LATER = "Không phải làm gì: ngày sẽ được tính lại khi máy có mạng hoặc có người học."
_TIMES: Final[Mapping[Quality, tuple[str, str]]] = {
    Quality.UNKNOWN: ("Máy chưa biết ngày giờ; số liệu vẫn được ghi.", _LATER),
    Quality.SAVED: ("Ngày giờ lấy từ lần chạy trước, có thể sai.", _LATER),
    Quality.FEW: ("Ngày giờ lấy từ một hai điện thoại.", ""),
    Quality.PHONES: ("Ngày giờ lấy từ nhiều điện thoại.", ""),
    Quality.COLLECTOR: ("Ngày giờ lấy từ máy chủ của tỉnh.", ""),
    Quality.SYNCED: ("Ngày giờ đúng theo mạng.", ""),
}


def counting(seen: Usage) -> list[Finding]:
    """Whether events reach the card, and whether their day is known."""
    return [*_recorder(seen), *_file(seen), _time(seen)]


def _recorder(seen: Usage) -> list[Finding]:
    if not seen.running:
        return [Finding("đếm", Level.FAIL, "Bộ ghi số liệu không chạy.", RESTART)]
    last = seen.note
    if last is None or last.trouble is Trouble.NONE:
        return [Finding("đếm", Level.OK, "Bộ ghi số liệu đang chạy.")]
    what, remedy = _TROUBLES[last.trouble]
    return [Finding("đếm", Level.FAIL, f"{what} ({last.message})", remedy)]


def _file(seen: Usage) -> list[Finding]:
    rows = []
    if seen.problem:
        rows.append(Finding("đếm", Level.FAIL, f"Không đọc được tệp số liệu: {seen.problem}", NEW_CARD))
    if seen.damaged:
        names = ", ".join(seen.damaged)
        rows.append(Finding("đếm", Level.WARN, f"Có tệp hỏng để riêng: {names}.", _TROUBLES[Trouble.DAMAGED][1]))
    if seen.share >= _BOUND_HIGH:
        rows.append(Finding("đếm", Level.WARN, "Chỗ dành cho số liệu sắp hết.", "Tải số liệu lên: kiosk upload"))
    if count := max(seen.gone, seen.note.dropped if seen.note else 0):
        what = f"Đã phải gộp hoặc bỏ {count} dòng số liệu."
        rows.append(Finding("đếm", Level.WARN, what, "Tải số liệu lên thường hơn."))
    if seen.errors:
        what = f"Lỗi đã ghi gần đây: {', '.join(seen.errors)}."
        rows.append(Finding("đếm", Level.NOTE, what, "Gửi dòng này cho tỉnh cùng ô vuông."))
    if seen.note and not seen.note.punches:
        rows.append(Finding("đếm", Level.NOTE, "Nhật ký xem bài không tự thu gọn được trên máy này."))
    return rows


def _time(seen: Usage) -> Finding:
    what, remedy = _TIMES[seen.offset.quality]
    return Finding("giờ", Level.NOTE if remedy else Level.OK, what, remedy)
