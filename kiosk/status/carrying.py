"""Findings of the stick: whether it may be taken out, what went with it, and what it brought."""

from collections.abc import Iterator
from typing import Final

from kiosk.findings import Finding, Level
from kiosk.outbox.stick import Stage, Visit
from kiosk.settings import Settings

# words of the outbox's error -> what to do; the first that fits
_REMEDIES: Final = (
    ("full", "Xóa bớt trên USB, hoặc lấy USB khác."),
    ("takes nothing", "Gạt lẫy khóa của USB, hoặc lấy USB khác."),
    ("taken out", "Cắm lại, đợi máy báo xong rồi mới rút."),
    ("upload.key", "Xin tỉnh khóa của máy chủ, ghi vào mục [collector]."),
    ("token", "Xin tỉnh mã của bản, ghi vào mục [collector]."),
)
_OTHER: Final = "Lấy USB khác, định dạng FAT32 hoặc exFAT."


def carrying(settings: Settings, last: Visit | None) -> list[Finding]:
    """How the last visit of a stick ended, or that it goes on; nothing when there was none.

    Args:
        settings: the house.
        last: the visit; one of a volunteer's phone has its own page.
    """
    if last is None or last.folder == str(settings.handed.absolute()):
        return []
    return list(_visit(last))


def _visit(last: Visit) -> Iterator[Finding]:
    if last.stage is Stage.FAILED:
        remedy = next((row[1] for row in _REMEDIES if row[0] in last.said), _OTHER)
        yield Finding(
            "gửi", Level.WARN, f"Chưa ghi được số liệu ra USB: {last.said}.", f"{remedy} Không mất số liệu nào."
        )
    elif not last.over:
        yield Finding("gửi", Level.NOTE, "Đang ghi số liệu ra USB.", "Đừng rút; đợi máy báo xong.")
    elif last.file:
        yield Finding("gửi", Level.OK, f"Đã ghi {last.events} dòng số liệu ra USB. Rút USB ra được rồi.")
    else:
        yield Finding("gửi", Level.OK, "Không còn gì phải mang bằng USB. Rút USB ra được rồi.")
    if last.returned:
        yield Finding("gửi", Level.OK, f"USB mang về: tỉnh đã nhận {last.returned} dòng.")
    if last.refused:
        what = f"USB có {last.refused} tệp trả lời không phải của máy này."
        yield Finding("gửi", Level.WARN, what, "Xin tỉnh tệp .acks của bản này.")
