"""Findings of the start: which box this is, which site, and what became of its data."""

from collections.abc import Iterator

from kiosk.device.start import Start
from kiosk.findings import Finding, Level
from kiosk.status.remedies import NEW_CARD, RESTART

_EDIT = "Cắm thẻ vào máy tính, sửa site.toml trong ổ DOMDOM, cắm lại."


def start(found: Start | None) -> list[Finding]:
    """How the box came up; nothing where nobody looked."""
    return [] if found is None else [*_box(found), *_site(found), *_data(found), *_trouble(found)]


def _box(found: Start) -> Iterator[Finding]:
    if found.fingerprint:
        yield Finding("máy", Level.OK, f"Dấu của máy: {found.fingerprint}.")


def _site(found: Start) -> Iterator[Finding]:
    if found.site == "kept":
        yield Finding(
            "máy", Level.WARN, f"Tệp của bản trên thẻ không dùng được, máy giữ bản cũ ({found.wrong}).", _EDIT
        )
    elif found.site == "image":
        yield Finding("máy", Level.FAIL, f"Máy chưa biết mình ở bản nào ({found.wrong}).", _EDIT)


def _data(found: Start) -> Iterator[Finding]:
    if found.data == "aside":
        yield Finding("thẻ nhớ", Level.WARN, "Chỗ chứa số liệu đã hỏng; máy để riêng, dùng chỗ mới.", NEW_CARD)
    elif found.data == "memory":
        what = "Thẻ nhớ không ghi được nữa; bài vẫn chạy, số liệu mất khi rút điện."
        yield Finding("thẻ nhớ", Level.FAIL, what, NEW_CARD)


def _trouble(found: Start) -> Iterator[Finding]:
    for each in found.trouble:
        yield Finding("máy", Level.WARN, f"Lúc bật máy có việc chưa làm được ({each}).", RESTART)
