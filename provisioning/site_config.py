"""The site file: one village, one TOML, parsed once into a frozen SiteConfig.

The laptop checks it, the card carries it, and the card renders it by the function that checked it.
"""

import ipaddress
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kiosk import settings
from kiosk.errors import KioskError
from kiosk.findings import Finding
from provisioning import faults, fields, models
from provisioning.faults import Fault

# Where the rendered secrets lie on the target; readable for the group that needs each, never for the world.
TOKEN = Path("/etc/kiosk/collector.token")
PIN = Path("/etc/kiosk/collector.pem")
STAFF = Path("/etc/kiosk/staff.pin")
CHAIN = Path("/etc/kiosk/certificate.pem")
KEY = Path("/etc/kiosk/certificate.key")

_DAILY_LEAST = 20  # KB; what travels beside a batch takes 4 of them, and a quarter is all while nobody knows the day
LANGUAGES = {"want": 'một đến ba tiếng theo thứ tự, như ["vi", "blt"]'}
PACKS = {"want": 'danh sách tên gói bài, như ["doi-song-so", "giong-may-vi"]'}
Languages = Annotated[tuple[fields.Language, ...], Meta(min_length=1, max_length=3, extra=LANGUAGES)]
Packs = Annotated[tuple[fields.Pack, ...], Meta(min_length=1, max_length=60, extra=PACKS)]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the site file; what is printed of it shows no secret."""

    def __repr__(self) -> str:
        """The fields, secrets as stars."""
        shown = (f"{field.name}={self._shown(field)}" for field in msgspec.structs.fields(type(self)))
        return f"{type(self).__name__}({', '.join(shown)})"

    def _shown(self, field: msgspec.structs.FieldInfo) -> str:
        value = getattr(self, field.name)
        return "***" if value and faults.is_secret(field.type) else repr(value)


class Site(Section, frozen=True):
    """The village: id (also the box's host name), the house's name, where it is, who comes.

    `setting` is what every attempt made here carries unless a class is open: `alone` in a village, `test` on a desk.
    `class_size` is how many people are expected at once.
    """

    id: fields.Slug
    name: fields.Label
    province: fields.Label = ""
    commune: fields.Label = ""
    village: fields.Label = ""
    languages: Languages = ("vi",)
    mong_script: fields.MongScript = "none"
    setting: fields.Setting = "alone"
    class_size: fields.ClassSize = 10
    time_zone: fields.Zone = "Asia/Ho_Chi_Minh"


class Box(Section, frozen=True):
    """The board: its model, whether a touchscreen is on it, its radio's firmware, the USB radio that replaces it."""

    model: fields.Slug
    touchscreen: bool = False
    firmware: fields.Firmware = "stock"
    usb_wifi: fields.UsbWifi = ""


class Wifi(Section, frozen=True):
    """The network that phones join; the password only where `security` asks for one."""

    ssid: fields.Ssid
    country: fields.Country = "VN"
    band: fields.Band = "2.4"
    channel: fields.Channel = 6
    security: fields.Security = "open"
    password: fields.Password = ""


class Screen(Section, frozen=True):
    """The touchscreen: hours without spoken invitation, dark hours, and how loud it is at first, in percent."""

    quiet: fields.Hours = "11:30-13:30"
    night: fields.Hours = "21:00-05:30"
    volume: fields.Volume = 65


class Uplink(Section, frozen=True):
    """The way to the province.

    Attributes:
        kind: `wifi` is a second radio, `phone` a telephone that shares its link by USB.
        ssid: of the network joined, for `wifi`.
        password: of that network; empty when it is open.
        address: fixed address with its mask, for `ethernet` and `wifi`; empty: by DHCP.
        gateway: beside a fixed address.
        dns: beside a fixed address; empty: the gateway.
        daily_kb: of counts that may go in a day, where the link is paid by what it carries; 0 for all.
    """

    kind: fields.UplinkKind = "none"
    ssid: fields.OtherSsid = ""
    password: fields.Password = ""
    address: fields.Network = ""
    gateway: fields.Address = ""
    dns: fields.Address = ""
    daily_kb: fields.DailyKb = 0


class Helper(Section, frozen=True):
    """Who helps in person, when, and the commune police's own number."""

    name: fields.Label = ""
    phone: fields.Phone = ""
    hours: fields.Label = ""
    police: fields.Phone = ""


class Collector(Section, frozen=True):
    """Where counts go.

    Attributes:
        url: empty when they leave only by hand.
        token: the site's bearer token.
        pin: PEM of the CA or certificate that its chain must end in.
        key: Ed25519 key that signs acknowledgements, hex.
    """

    url: fields.Url = ""
    token: fields.Token = ""
    pin: fields.Chain = ""
    key: fields.Digest = ""


class Staff(Section, frozen=True):
    """The volunteers' PIN as an argon2id hash; the PIN itself is never written."""

    pin: fields.PinHash = ""


class Certificate(Section, frozen=True):
    """A certificate that phones trust, for `host`; without it there is no port 443 and no staff page by Wi-Fi."""

    host: fields.Host = ""
    chain: fields.Chain = ""
    key: fields.PrivateKey = ""

    @property
    def given(self) -> bool:
        """Whether the site has one."""
        return bool(self.chain)


class SiteConfig(Section, frozen=True):
    """One village, frozen; the card's whole configuration follows from it."""

    site: Site
    box: Box
    wifi: Wifi
    packs: Packs = ("doi-song-so", "giong-may-vi")
    screen: Screen = Screen()
    uplink: Uplink = Uplink()
    helper: Helper = Helper()
    collector: Collector = Collector()
    staff: Staff = Staff()
    certificate: Certificate = Certificate()

    @property
    def model(self) -> models.Model:
        """The board; `parse` lets only known ones through."""
        return models.models()[self.box.model]

    @property
    def host(self) -> str:
        """The name under which phones may ask for the portal."""
        return self.certificate.host or settings.Portal().host

    @property
    def stations(self) -> int:
        """How many phones the radio that serves holds at once."""
        if self.box.usb_wifi:
            return models.adapters()[self.box.usb_wifi].stations
        return self.model.holds(self.box.firmware)


def settings_of(config: SiteConfig) -> settings.Settings:
    """The kiosk.toml of this site, as a value."""
    site, sent, secure, air = config.site, config.collector, config.certificate.given, config.wifi
    return settings.Settings(
        site=settings.Site(site.id, site.name, site.languages, site.setting, site.mong_script),
        helper=settings.Helper(**msgspec.structs.asdict(config.helper)),
        portal=settings.Portal(certificate=secure, proxied=True, host=config.host),
        radio=settings.Radio(air.country, config.stations, air.ssid, air.security, air.password),
        screen=settings.Screen(**msgspec.structs.asdict(config.screen)),
        upload=settings.Upload(
            url=sent.url,
            token=str(TOKEN) if sent.token else "",
            pin=str(PIN) if sent.pin else "",
            key=sent.key,
            daily=config.uplink.daily_kb * 1000,
        ),
        staff=settings.Staff(pin=str(STAFF) if config.staff.pin else ""),
    )


def kind_of(key: str) -> Any:
    """The kind of a field, "wifi.ssid" or "packs".

    Raises:
        KioskError: there is no such field.
    """
    kind: Any = SiteConfig
    for part in key.split("."):
        known = {field.name: field.type for field in msgspec.structs.fields(kind)} if faults.is_section(kind) else {}
        if part not in known:
            names = f": {', '.join(known)}" if known else ""
            raise KioskError(f"không có mục {key}", hint=f"viết như wifi.channel{names}")
        kind = known[part]
    return kind


def parse(text: str, where: str = "site.toml") -> SiteConfig:
    """The site file `where`, whose text this is.

    Raises:
        KioskError: the first fault, with its line and what to write.
    """
    config, found = _read(text)
    if config is None:
        first = found[0]
        place = f"{where}, dòng {first.line}" if first.line else where
        more = f" (và {len(found) - 1} lỗi nữa)" if len(found) > 1 else ""
        raise KioskError(f"{place}: {first.finding.what}{more}", hint=first.remedy)
    return config


def explain(text: str) -> list[Finding]:
    """Every fault of a site file, in the order of its lines; empty when `parse` takes it."""
    return [fault.finding for fault in _read(text)[1]]


def from_table(table: Mapping[str, Any], at: Mapping[str, int] | None = None) -> tuple[SiteConfig | None, list[Fault]]:
    """The site of a decoded document, and every fault of it; None when it cannot be one.

    Args:
        table: section -> name -> value.
        at: key -> line of the file it came from, as `faults.lines` says it.
    """
    at = at or {}
    found = faults.faults(SiteConfig, table, at)
    if found:
        return None, sorted(found, key=lambda fault: fault.line)
    config = msgspec.convert(table, type=SiteConfig)
    found = [faults.placed(fault, at) for fault in _together(config)]
    return (None if found else config), sorted(found, key=lambda fault: fault.line)


def _read(text: str) -> tuple[SiteConfig | None, list[Fault]]:
    composed = unicodedata.normalize("NFC", text)  # a Mac writes marks apart from their letters
    table, found = faults.decode(composed)
    return (None, found) if found else from_table(table, faults.lines(composed))


def _together(config: SiteConfig) -> Iterator[Fault]:
    """What only shows when fields are seen side by side."""
    yield from _board(config.box)
    yield from _keys(config)
    yield from _addresses(config.uplink)
    secure = config.certificate
    if len({bool(secure.host), bool(secure.chain), bool(secure.key)}) > 1:
        yield Fault("certificate", "thiếu host, chain hoặc key.", "Ghi đủ cả ba, hoặc bỏ cả mục [certificate].")


def _board(box: Box) -> Iterator[Fault]:
    if box.model not in models.models():
        known = ", ".join(row.id for row in models.models().values() if row.image)
        yield Fault("box.model", f"không biết máy {box.model}.", f"Viết một trong: {known}.")


def _keys(config: SiteConfig) -> Iterator[Fault]:
    wifi, uplink = config.wifi, config.uplink
    locked = wifi.security in ("wpa2", "wpa3")
    if locked and not wifi.password:
        yield Fault(
            "wifi.password", f"Wi-Fi {wifi.security} mà chưa có mật khẩu.", f"Viết {faults.wanted(fields.Password)}."
        )
    if wifi.password and not locked:
        yield Fault("wifi.password", "Wi-Fi mở thì không có mật khẩu.", 'Bỏ dòng này, hoặc viết security = "wpa2".')
    if uplink.kind == "wifi" and not uplink.ssid:
        yield Fault("uplink.ssid", "chưa có tên Wi-Fi để nối ra mạng.", f"Viết {faults.wanted(fields.OtherSsid)}.")
    if 0 < uplink.daily_kb < _DAILY_LEAST:
        what = f"{uplink.daily_kb} KB một ngày không đủ cho một lần gửi."
        yield Fault("uplink.daily_kb", what, "Viết 20 trở lên, hoặc 0 để gửi hết.")
    if len(uplink.ssid.encode()) > 32:  # noqa: PLR2004  802.11
        yield Fault("uplink.ssid", f"dài {len(uplink.ssid.encode())} byte.", "Tên Wi-Fi dài nhất 32 byte; xem lại tên.")


def _addresses(uplink: Uplink) -> Iterator[Fault]:
    try:
        network = ipaddress.ip_interface(uplink.address) if uplink.address else None
        others = [ipaddress.ip_address(each) for each in (uplink.gateway, uplink.dns) if each]
    except ValueError:
        yield Fault("uplink.address", "địa chỉ không đúng.", f"Viết {faults.wanted(fields.Network)}.")
        return
    if others and network is None:
        yield Fault("uplink.address", "có gateway hoặc dns mà chưa có địa chỉ.", "Ghi address, hoặc bỏ gateway và dns.")
    if network and uplink.gateway and others[0] not in network.network:
        yield Fault("uplink.gateway", f"không nằm trong mạng {network.network}.", "Xem lại gateway trên cục phát mạng.")
