"""What is printed for a site: the poster, the head's page, the technician's check, labels for the box."""

from importlib import resources

from kiosk import settings
from kiosk.paper import sheet
from provisioning.site_config import SiteConfig

_LABELS = 4
_UPLINKS = {
    "none": "không",
    "ethernet": "dây mạng",
    "usb-modem": "USB 4G",
    "wifi": "Wi-Fi thứ hai",
    "phone": "điện thoại nối dây USB",
}


def labels(config: SiteConfig) -> bytes:
    """Everything to print for the site, as one PDF; of its secrets only the Wi-Fi's password, which the wall shows.

    Raises:
        KioskError: the fonts are missing.
    """
    known = values(config)
    forms = [sheet.form("poster"), *(_form(name) for name in ("head", "check", "box"))]
    repeated: dict[str, list[dict[str, str]]] = {"labels": [{}] * _LABELS}
    return sheet.draw([sheet.fill(text, known, repeated) for text in forms], f"Đom Đóm: {config.site.name}")


def values(config: SiteConfig) -> dict[str, str]:
    """What the forms want to know of a site."""
    site, wifi, helper = config.site, config.wifi, config.helper
    return {
        "id": site.id,
        "name": site.name,
        "place": _listed(site.village, site.commune, site.province),
        "class_size": str(site.class_size),
        "model": config.model.name,
        "stations": str(config.stations),
        "ssid": wifi.ssid,
        "password": wifi.password,
        "band": wifi.band,
        "channel": str(wifi.channel),
        "country": wifi.country,
        "join": sheet.join(wifi.ssid, security=wifi.security, password=wifi.password),
        "address": settings.Portal().address,
        "uplink": _UPLINKS[config.uplink.kind],
        "sends": config.collector.url if config.uplink.kind != "none" else "",
        "helper": _listed(helper.name, helper.phone),
        "helper_name": helper.name,
        "hours": helper.hours,
        "police": helper.police,
    }


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _form(name: str) -> str:
    return resources.files("provisioning").joinpath("forms", f"{name}.toml").read_text(encoding="utf-8")
