"""Facts of the house -> findings: what a technician or volunteer should know, each with what to do.

The sentences are short Vietnamese: their readers are the province's technicians and the village's volunteers.
"""

from dataclasses import dataclass

from kiosk.device.health import Health, read_health, version
from kiosk.events.epochs import Quality
from kiosk.findings import Finding, Level
from kiosk.outbox import outcome
from kiosk.packs.library import Library
from kiosk.settings import Settings
from kiosk.usage import report as usage
from kiosk.usage.note import Trouble
from kiosk.usage.report import Days, Usage

_HOT, _TOO_HOT = 75, 82  # Celsius; the firmware slows down from 80 on
_DISK_LOW, _DISK_FULL = 500, 64  # MiB
_MEMORY_LOW = 48  # MiB
_BOUND_HIGH = 0.9
_RESTART = "Tắt điện, đợi 10 giây, bật lại. Vẫn vậy thì báo kỹ thuật viên."
_NEW_CARD = "Thay thẻ nhớ bằng thẻ mới; giữ thẻ cũ để lấy lại số liệu."
_TROUBLES = {
    Trouble.FULL: ("Thẻ nhớ đầy, số liệu chưa ghi được.", "Gỡ bớt bài không dùng, rồi tải số liệu lên."),
    Trouble.READ_ONLY: ("Thẻ nhớ chỉ cho đọc, số liệu chưa ghi được.", f"{_RESTART} {_NEW_CARD}"),
    Trouble.DAMAGED: ("Tệp số liệu hỏng, đã để riêng và lập tệp mới.", "Giữ thẻ; báo kỹ thuật viên lấy tệp hỏng."),
    Trouble.CARD: ("Thẻ nhớ báo lỗi, số liệu chưa ghi được.", _NEW_CARD),
    Trouble.STATE: ("Bộ nhớ tạm báo lỗi.", _RESTART),
}
_TIMES = {
    Quality.UNKNOWN: "Máy chưa biết ngày giờ; số liệu vẫn được ghi, ngày sẽ tính lại sau.",
    Quality.SAVED: "Ngày giờ lấy từ lần chạy trước, có thể sai; sẽ tính lại khi có mạng.",
    Quality.FEW: "Ngày giờ lấy từ một hai điện thoại.",
    Quality.PHONES: "Ngày giờ lấy từ nhiều điện thoại.",
    Quality.COLLECTOR: "Ngày giờ lấy từ máy chủ của tỉnh.",
    Quality.SYNCED: "Ngày giờ đúng theo mạng.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """How a house is.

    Attributes:
        site: its id.
        version: of the software.
        findings: in the order of a report.
        days: day -> kind -> how many events, as `usage.report` has them.
    """

    site: str
    version: str
    findings: tuple[Finding, ...]
    days: Days


def read(settings: Settings) -> Report:
    """Look at everything that can be looked at on this machine."""
    counted = usage.read(settings)
    return Report(settings.site.id, version(), tuple(judge(settings, counted)), counted.days)


def facts(settings: Settings) -> list[Finding]:
    """The findings alone."""
    return judge(settings, usage.read(settings))


def judge(settings: Settings, counted: Usage) -> list[Finding]:
    """The findings of what was counted, of the pages, the outbox and the box itself."""
    return [
        *pages(settings),
        *counting(counted),
        *sending(settings, counted),
        *box(read_health(settings.data)),
    ]


def pages(settings: Settings) -> list[Finding]:
    """Whether phones find pages, and whether every pack can be read."""
    library = Library.open(settings.packs)
    names = ", ".join(pack.id for pack in library.packs)
    if not settings.current.exists():
        missing = "Chạy: kiosk publish" if names else "Cài bài rồi dựng trang: kiosk pack install …, kiosk publish"
        return [Finding("bài", Level.FAIL, "Chưa có trang nào cho điện thoại.", missing), *library.findings]
    return [Finding("bài", Level.OK, f"Trang đã dựng; bài đã cài: {names or 'không có'}."), *library.findings]


def counting(seen: Usage) -> list[Finding]:
    """Whether events reach the card."""
    return [*_recorder(seen), *_file(seen), _time(seen)]


def sending(settings: Settings, seen: Usage) -> list[Finding]:
    """Whether the province gets them."""
    return [*_waiting(settings, seen), *_refused(seen)]


def box(seen: Health) -> list[Finding]:
    """Heat, power, disk and memory."""
    return [*_heat(seen), *_power(seen), *_disk(seen), *_memory(seen)]


def _recorder(seen: Usage) -> list[Finding]:
    if not seen.running:
        return [Finding("đếm", Level.FAIL, "Bộ ghi số liệu không chạy.", _RESTART)]
    last = seen.note
    if last is None or last.trouble is Trouble.NONE:
        return [Finding("đếm", Level.OK, "Bộ ghi số liệu đang chạy.")]
    what, remedy = _TROUBLES[last.trouble]
    return [Finding("đếm", Level.FAIL, f"{what} ({last.message})", remedy)]


def _file(seen: Usage) -> list[Finding]:
    rows = []
    if seen.problem:
        rows.append(Finding("đếm", Level.FAIL, f"Không đọc được tệp số liệu: {seen.problem}", _NEW_CARD))
    if seen.damaged:
        names = ", ".join(seen.damaged)
        rows.append(Finding("đếm", Level.WARN, f"Có tệp hỏng để riêng: {names}.", _TROUBLES[Trouble.DAMAGED][1]))
    if seen.share >= _BOUND_HIGH:
        rows.append(Finding("đếm", Level.WARN, "Chỗ dành cho số liệu sắp hết.", "Tải số liệu lên: kiosk upload"))
    if count := max(seen.gone, seen.note.dropped if seen.note else 0):
        what = f"Đã phải bỏ {count} dòng số liệu vì hết chỗ."
        rows.append(Finding("đếm", Level.WARN, what, "Tải số liệu lên thường hơn."))
    if seen.note and not seen.note.punches:
        rows.append(Finding("đếm", Level.NOTE, "Nhật ký xem bài không tự thu gọn được trên máy này."))
    return rows


def _time(seen: Usage) -> Finding:
    level = Level.OK if seen.offset.quality > Quality.SAVED else Level.NOTE
    return Finding("giờ", level, _TIMES[seen.offset.quality])


def _waiting(settings: Settings, seen: Usage) -> list[Finding]:
    waits = f"{seen.waiting} dòng số liệu chờ gửi."
    if not settings.upload.url:
        return [Finding("gửi", Level.NOTE, f"{waits} Chưa đặt máy chủ của tỉnh.", "Đặt [upload] url trong kiosk.toml.")]
    last = outcome.read(settings)
    if last and not last.ok:
        return [Finding("gửi", Level.WARN, f"{waits} Lần gửi cuối chưa được: {last.said}", last.hint)]
    return [Finding("gửi", Level.OK, waits)]


def _refused(seen: Usage) -> list[Finding]:
    return [
        Finding("gửi", Level.WARN, f"Máy chủ để riêng {count} dòng: {reason}", "Cập nhật phần mềm máy chủ; báo tỉnh.")
        for reason, count in seen.aside.items()
    ]


def _heat(seen: Health) -> list[Finding]:
    if seen.celsius is None:
        return []
    level = Level.FAIL if seen.celsius >= _TOO_HOT else Level.WARN if seen.celsius >= _HOT else Level.OK
    remedy = "" if level is Level.OK else "Để máy chỗ thoáng, tránh nắng, lau bụi."
    return [Finding("nhiệt độ", level, f"Máy {seen.celsius} °C.", remedy)]


def _power(seen: Health) -> list[Finding]:
    power = seen.throttled
    if power is None:
        return []
    if power.undervolted or power.was_undervolted:
        when = "đang" if power.undervolted else "có lúc"
        return [Finding("điện", Level.WARN, f"Nguồn điện {when} yếu.", "Dùng cục nguồn chính hãng và dây ngắn.")]
    if power.slowed:
        return [Finding("điện", Level.WARN, "Máy đang chạy chậm lại.", "Xem nhiệt độ và cục nguồn.")]
    return [Finding("điện", Level.OK, "Nguồn điện đủ.")]


def _disk(seen: Health) -> list[Finding]:
    disk = seen.disk
    if disk is None:
        return [Finding("thẻ nhớ", Level.FAIL, "Không thấy thư mục dữ liệu.", _RESTART)]
    if not disk.writable:
        return [Finding("thẻ nhớ", Level.FAIL, "Thẻ nhớ chỉ cho đọc.", f"{_RESTART} {_NEW_CARD}")]
    level = Level.FAIL if disk.free_mib < _DISK_FULL else Level.WARN if disk.free_mib < _DISK_LOW else Level.OK
    remedy = "" if level is Level.OK else "Gỡ bớt bài không dùng: kiosk pack list"
    return [Finding("thẻ nhớ", level, f"Còn trống {disk.free_mib} MiB trong {disk.total_mib} MiB.", remedy)]


def _memory(seen: Health) -> list[Finding]:
    if seen.memory is None:
        return []
    level = Level.WARN if seen.memory.available_mib < _MEMORY_LOW else Level.OK
    remedy = _RESTART if level is Level.WARN else ""
    return [Finding("bộ nhớ", level, f"Còn {seen.memory.available_mib} MiB.", remedy)]
