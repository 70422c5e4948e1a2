"""Findings of the air: whose rules the radio follows, who is on it, whom it turned away."""

from collections.abc import Iterator
from typing import Final

from kiosk.device.look import Look
from kiosk.device.radio import Radio
from kiosk.findings import Finding, Level
from kiosk.settings import Settings
from kiosk.status.times import ago

_WEAK: Final = -75  # dBm; below it pages are slow and sound breaks off
_ONLY_SOME: Final = 13  # the 2.4 GHz channel that Viet Nam allows and the world's common rules bar
_BAND_5: Final = 14  # channels above it are of the 5 GHz band
_OLD: Final = 1800  # seconds; kiosk-health looks every ten minutes
_SHARES: Final = frozenset({"brcmfmac"})  # drivers that cannot keep phones apart from each other


def radio(settings: Settings, look: Look | None, uptime: int) -> list[Finding]:
    """What is to be said of the Wi-Fi; nothing on a desk, which has none.

    Args:
        settings: the house; it has a radio of its own where nginx stands in front.
        look: the last look at the radio.
        uptime: now, in seconds.
    """
    if look is None or look.empty:
        if not settings.portal.proxied:
            return []
        return [Finding("sóng", Level.NOTE, "Chưa xem được sóng.", "Đợi 3 phút sau khi bật máy rồi xem lại.")]
    seen = look.radio
    if seen is None:
        if not settings.portal.proxied:
            return []
        remedy = "Xem mục dịch vụ: hostapd. Có Wi-Fi USB thì rút ra, cắm lại."
        return [Finding("sóng", Level.FAIL, "Máy không phát Wi-Fi.", remedy)]
    return [*_old(look, uptime), *_country(settings, seen), *_room(settings, seen), *_signal(seen), *_apart(seen)]


def _old(look: Look, uptime: int) -> Iterator[Finding]:
    if uptime - look.at > _OLD:
        what = f"Số đo sóng và dịch vụ đã cũ: {ago(uptime - look.at)}."
        yield Finding("sóng", Level.WARN, what, "Xem dịch vụ kiosk-health; chạy: sudo kiosk status")


def _country(settings: Settings, seen: Radio) -> Iterator[Finding]:
    wished = settings.radio.country
    chip = f"chip {seen.driver or '?'}, phần mềm {seen.firmware or '?'}"
    if wished and seen.country and seen.country != wished:
        what = f"Đang theo luật sóng của nước {seen.country}, tệp bản ghi {wished}."
        yield Finding("sóng", Level.WARN, what, f"{_again(wished)}")
    elif seen.rejected:
        yield Finding("sóng", Level.WARN, f"Chip Wi-Fi không nhận mã nước {wished} ({chip}).", _again(wished))
    elif wished == "VN" and _narrow(seen):
        what = f"Chip Wi-Fi không cho kênh {_ONLY_SOME}: chưa theo luật sóng Việt Nam ({chip})."
        yield Finding("sóng", Level.NOTE, what, "Vẫn dùng được với kênh 1, 6, 11. Ghi lại khi báo tỉnh.")
    else:
        rules = f"luật sóng {seen.country}" if seen.country else f"luật sóng của chip, tệp bản ghi {wished or '?'}"
        yield Finding("sóng", Level.OK, f"Phát kênh {seen.channel}, {rules}; {chip}.")


def _again(wished: str) -> str:
    return f'Tắt bật lại. Vẫn vậy: xem country = "{wished or "VN"}" trong tệp bản; báo tỉnh cả tên chip và phần mềm.'


def _narrow(seen: Radio) -> bool:
    of_2 = [channel for channel in seen.channels if channel < _BAND_5]
    return bool(of_2) and _ONLY_SOME not in of_2


def _room(settings: Settings, seen: Radio) -> Iterator[Finding]:
    most = settings.radio.stations
    wider = "Hai người chung một điện thoại. Muốn thêm chỗ: firmware minimal hoặc Wi-Fi USB, xem provision site check."
    full = bool(most) and seen.stations >= most
    if full:
        yield Finding("sóng", Level.WARN, f"Sóng đã đầy: {seen.stations} điện thoại, giữ được {most}.", wider)
    else:
        of = f" trên {most} chỗ" if most else ""
        yield Finding("sóng", Level.OK, f"{seen.stations} điện thoại{of}.")
    if seen.refused:
        what = f"Trong một giờ qua có {seen.refused} lần điện thoại không vào được vì hết chỗ."
        yield Finding("sóng", Level.WARN, what, wider)


def _signal(seen: Radio) -> Iterator[Finding]:
    if seen.signal_dbm is not None:
        weak = seen.signal_dbm < _WEAK
        remedy = "Treo máy cao hơn đầu người, xa tường và tủ sắt, gần chỗ ngồi." if weak else ""
        what = f"Điện thoại ở giữa nghe sóng {seen.signal_dbm} dBm."
        yield Finding("sóng", Level.WARN if weak else Level.OK, what, remedy)


def _apart(seen: Radio) -> Iterator[Finding]:
    if seen.driver in _SHARES:
        what = "Chip Wi-Fi này không ngăn điện thoại thấy nhau."
        yield Finding("sóng", Level.NOTE, what, "Như Wi-Fi quán nước: nhắc mọi người không bật chia sẻ tệp.")
