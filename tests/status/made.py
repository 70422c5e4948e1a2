"""A report as a village has it."""

from kiosk.findings import Finding, Level
from kiosk.status.report import Figures, Report

FIGURES = Figures(
    uptime_hours=26, celsius=48, throttled=0, disk_free_mib=9000, disk_total_mib=14000, card_errors=0, memory_mib=400,
    stations=7, stations_most=19, refused=3, signal_dbm=-61, country="VN", channel=6, firmware="7.45.265",
    time="phones", waiting=1234, sent_hours=3, packs={"doi-song-so": "012345", "giong-may-vi": "6789ab"},
)  # fmt: skip
FINDINGS = (
    Finding("đếm", Level.OK, "Đang chạy."),
    Finding("thẻ nhớ", Level.WARN, "Gần đầy.", "Gỡ bớt bài."),
    Finding("dịch vụ", Level.FAIL, "hostapd không chạy.", "Tắt điện."),
)
DAYS = {None: {"view": 1}, **{20_000 + day: {"view": 12 + day, "attempt": 3, "start": 1} for day in range(9)}}


def report(findings=FINDINGS, days=DAYS, name="Nhà văn hóa bản thử"):
    """That report, or another of the same house."""
    return Report("thu", name, "1.2", FIGURES, tuple(findings), days)
