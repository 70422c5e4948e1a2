"""Spans of time as people say them."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def ago(seconds: int) -> str:
    """How long ago, in the largest whole unit: "5 phút trước"."""
    return "vừa xong" if seconds < _MINUTE else f"{span(seconds)} trước"


def span(seconds: int) -> str:
    """How long, in the largest whole unit: "5 phút", "3 giờ", "12 ngày"."""
    if seconds < _HOUR:
        return f"{max(seconds, 0) // _MINUTE} phút"
    return f"{seconds // _HOUR} giờ" if seconds < 2 * _DAY else f"{seconds // _DAY} ngày"
