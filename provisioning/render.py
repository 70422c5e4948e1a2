"""A site becomes the files of its card: pure; templates lie in rootfs/ where their files lie on the target."""

from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, Final

import jinja2

from kiosk import settings
from kiosk.errors import KioskError
from kiosk.events.line import NGINX_FORMAT, NGINX_MAPS, nginx_salt, nginx_systems
from kiosk.portal import probes
from provisioning import site_config
from provisioning.site_config import SiteConfig, settings_of
from provisioning.tree import Rendered

_ROOTFS: Final = Path(__file__).parent / "rootfs"
COMPILED: Final = _ROOTFS.with_name("compiled")
_SUFFIX: Final = ".j2"
_NETWORK: Final = IPv4Network("10.87.0.0/20")
_SALT: Final = "0" * 32

# Who may read what is not for everyone: mode and group. Everything else is 0644 and root's.
_KEPT: Final[Mapping[str, tuple[int, str]]] = {
    "etc/hostapd/hostapd.conf": (0o600, "root"),
    "etc/wpa_supplicant/wpa_supplicant-up0.conf": (0o600, "root"),
    "etc/kiosk/kiosk.toml": (0o640, "kiosk"),
    str(site_config.TOKEN).lstrip("/"): (0o640, "kiosk-upload"),
    str(site_config.STAFF).lstrip("/"): (0o640, "kiosk-web"),
    str(site_config.KEY).lstrip("/"): (0o640, "www-data"),
}

# The board's own socket, and what is plugged in where it has none. virtio_net: a box that is only emulated.
_ETHERNET: Final = "smsc95xx lan78xx bcmgenet macb r8152 ax88179_178a asix virtio_net"
# Modems and telephones that show themselves as a network card.
_BY_USB: Final = "cdc_ether cdc_ncm cdc_mbim rndis_host huawei_cdc_ncm ipheth qmi_wwan"
_ONBOARD: Final = "brcmfmac"
_ADAPTERS: Final[Mapping[str, str]] = {
    "mt76": "mt76x0u mt76x2u",
    "mt792x": "mt7921u mt7925u",
    "ath9k_htc": "ath9k_htc",
}


class _Whole(str):
    """Text that may span lines: made by the house, or read by a daemon that takes the file as one value."""

    __slots__ = ()


def render(config: SiteConfig) -> dict[str, Rendered]:
    """The files of a site's card.

    Args:
        config: the site, as `site_config.parse` lets it through.

    Returns:
        Path on the target without the leading slash -> file. What a site has no use for is not there.

    Raises:
        KioskError: a value holds characters that no daemon's file may take, which `parse` would have refused.
    """
    values = _values(config)
    found: dict[str, Rendered] = {}
    for name in _templates():
        path = name.removesuffix(_SUFFIX)
        text = _environment().get_template(name).render(values)
        if text.strip():
            found[path] = Rendered(text, *_KEPT.get(path, ()))
    return found


def compile_to(folder: Path) -> None:
    """Compile every template into a folder that, put beside this file as `compiled`, saves a card doing it."""
    _made(jinja2.FileSystemLoader(_ROOTFS)).compile_templates(folder, zip=None, ignore_errors=False)


@cache
def _environment() -> jinja2.Environment:
    return _made(jinja2.ChoiceLoader([jinja2.ModuleLoader(COMPILED), jinja2.FileSystemLoader(_ROOTFS)]))


def _made(loader: jinja2.BaseLoader) -> jinja2.Environment:
    return jinja2.Environment(  # noqa: S701  these are no web pages; `_inserted` guards what goes in
        loader=loader,
        undefined=jinja2.StrictUndefined,
        finalize=_inserted,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _templates() -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(_ROOTFS).as_posix() for path in _ROOTFS.rglob(f"*{_SUFFIX}")))


def _inserted(value: object) -> object:
    """What stands for a value in a file; the second guard behind the site file's own rules of characters."""
    if isinstance(value, _Whole | jinja2.runtime.Undefined) or not isinstance(value, str):
        return value
    if not value.isprintable() or any(mark in value for mark in "\"'`\\{}"):
        raise KioskError(f"{value!r} cannot stand in a daemon's file", hint="provision site check says which line")
    return value


def _values(config: SiteConfig) -> dict[str, Any]:
    house = settings_of(config)
    wired = {"ethernet": _ETHERNET, "usb-modem": _BY_USB, "phone": _BY_USB}
    onboard_serves = not config.box.usb_wifi
    two = bool(config.box.usb_wifi) or config.uplink.kind == "wifi"
    pairs = {f"{host}{path}" for row in probes.probes() for host in row.hosts for path in row.paths}
    return {
        "site": config,
        "portal": house.portal,
        # Staff pages by Wi-Fi: only over a certificate, and only where a PIN opens them.
        "sealed": house.portal.certificate and bool(house.staff.pin),
        "card": str(house.data),
        "memory": str(house.run),
        "kiosk_toml": _Whole(settings.render(house)),
        # Names by driver where there are two radios: which of them the kernel finds first is chance.
        "radio": "ap0" if two else "wlan0",
        "radio_drivers": (_ONBOARD if onboard_serves else _ADAPTERS[config.box.usb_wifi]) if two else "",
        "uplink_drivers": wired.get(config.uplink.kind, f"!{_ONBOARD}" if onboard_serves else _ONBOARD),
        "uplink_ssid": config.uplink.ssid.encode().hex(),
        "network": str(_NETWORK),
        "netmask": str(_NETWORK.netmask),
        "prefix": _NETWORK.prefixlen,
        "first": str(_NETWORK[10]),
        "last": str(_NETWORK[-6]),
        "names": probes.table().name,
        "probe_paths": sorted({path for row in probes.probes() if row.anywhere for path in row.paths}),
        "probe_pairs": sorted(pairs),
        "format": NGINX_FORMAT,
        "maps": _Whole(NGINX_MAPS + nginx_systems(probes.families())),
        "zeros": _SALT,
        "salt_form": _Whole(nginx_salt(_SALT).strip()),
        "security": SECURITY,
        "plain": _Whole(PLAIN),
        "collector_pin": _Whole(config.collector.pin.strip()),
        "chain": _Whole(config.certificate.chain.strip()),
        "key": _Whole(config.certificate.key.strip()),
    }


# What every page bears, and the page without words, equal to those of kiosk/web/guard.py, which runs where Flask is; a
# test compares them.
SECURITY: Final = (
    (
        "Content-Security-Policy",
        _Whole("default-src 'self' 'unsafe-inline' data:;form-action 'self';frame-ancestors 'none'"),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
PLAIN: Final = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<title>$status</title></head><body style="font:28px sans-serif;text-align:center">'
    '<p>$status</p><p><a style="font-size:64px" href="/">&#8962;</a></p></body></html>'
)
