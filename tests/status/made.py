"""Reports as villages have them."""

from kiosk.device.card import Card
from kiosk.device.health import Disk, Health, Memory, Throttled
from kiosk.device.look import Look
from kiosk.device.radio import Radio
from kiosk.device.services import Service
from kiosk.events.epochs import Offset, Quality
from kiosk.findings import Finding, Level
from kiosk.outbox.outcome import Outcome
from kiosk.settings import Portal, Settings, Site, Upload
from kiosk.settings import Radio as Wished
from kiosk.status.report import Facts, Figures, Report, judge
from kiosk.usage.note import Note
from kiosk.usage.report import Usage

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


class Shelf:
    """A library of two packs, nothing wrong with them."""

    class Pack:
        def __init__(self, name):
            self.id, self.version, self.languages = name, "0123456789abcdef", ("vi",)

    packs = (Pack("doi-song-so"), Pack("giong-may-vi"))
    findings = ()


def village(data):
    """A box in a village whose radio is full and whose last upload did not arrive, judged by the real rules.

    Pages are there when the folder `data` holds `current`.
    """
    name = "Nhà văn hóa bản Nà Hường"
    house = Settings(
        data=data,
        site=Site(id="na-huong-ban-bo", name=name),
        portal=Portal(proxied=True),
        radio=Wished("VN", 10),
        upload=Upload(url="https://domdom.example.org/"),
    )
    channels = tuple(range(1, 14))
    air = Radio("wlan0", "brcmfmac", "7.45.98.118", "", channel=6, channels=channels, stations=10, signal_dbm=-61)
    services = tuple(Service(unit) for unit in ("hostapd.service", "dnsmasq.service", "nginx.service"))
    days = {20_600 + day: {"view": 120 + 7 * day, "play": 211 + 9 * day, "attempt": 13, "visit": 9} for day in range(7)}
    facts = Facts(
        uptime=93_600,
        health=Health(48, Throttled(0), Disk(9000, 14_000), Memory(400, 900)),
        card=Card("mmcblk0p3", 0, "SD32G", "03/2023"),
        look=Look("", 93_300, air, services),
        usage=Usage(days=days, waiting=1234, running=True, note=Note(), offset=Offset(1, Quality.PHONES, 1)),
        sent=Outcome(at=82_000, ok=False, said="the collector cannot be reached: TimeoutError"),
        library=Shelf(),
    )
    return Report(house.site.id, name, "0.1.0", Figures.of(house, facts), tuple(judge(house, facts)), days)
