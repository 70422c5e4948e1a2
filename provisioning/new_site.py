"""From what a technician knows of a village to a whole site: everything not said gets its right default."""

import unicodedata
from collections.abc import Mapping
from typing import Any

import argon2
import msgspec

from kiosk.errors import KioskError
from provisioning import models, names
from provisioning.faults import Fault, decode
from provisioning.site_config import Site, SiteConfig, from_table, kind_of

Given = Mapping[str, Any]  # "site.village" -> value

_SHORTEST, _LONGEST = 4, 12  # digits of a PIN
# OWASP's smallest argon2id: a Zero 2 W has 512 MB for everything.
_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def build(given: Given) -> tuple[SiteConfig | None, list[Fault]]:
    """The site of what is known, and what is wrong with it; None when anything is."""
    said = {key: _composed(value) for key, value in given.items() if value not in ("", (), [], None)}
    missing = [Fault(key, "còn thiếu.", remedy) for key, remedy in _NEEDED.items() if key not in said]
    if missing:
        return None, missing
    whole = {**_defaults(said), **said}
    if not whole["site.id"]:
        return None, [Fault("site.id", "tên bản không có chữ La-tinh nào.", "Đặt mã: --set site.id=ban-1")]
    return from_table(_table(whole))


def pin_hash(pin: str) -> str:
    """The argon2id hash of a staff PIN.

    Raises:
        KioskError: it is not 4 to 12 digits.
    """
    if not (pin.isascii() and pin.isdigit() and _SHORTEST <= len(pin) <= _LONGEST):
        raise KioskError("PIN phải là 4 đến 12 chữ số", hint="chọn PIN khác, đừng dùng năm sinh")
    return _HASHER.hash(pin)


def flat(text: str) -> dict[str, Any]:
    """Key -> value of a text that holds some sections of a site file, as those that a province's villages share.

    Raises:
        KioskError: it is no TOML.
    """
    table, wrong = decode(text)
    if wrong:
        raise KioskError(f"dòng {wrong[0].line}: {wrong[0].what}", hint=wrong[0].remedy)
    rows = {section: value if isinstance(value, dict) else {"": value} for section, value in table.items()}
    return {f"{section}.{name}".strip("."): value for section, row in rows.items() for name, value in row.items()}


def pair(text: str) -> tuple[str, Any]:
    """Key and value of "wifi.channel=11", the value of the kind that the key has.

    Raises:
        KioskError: there is no such key.
    """
    key, equals, written = (part.strip() for part in text.partition("="))
    if not equals:
        raise KioskError(f"không hiểu {key}", hint="viết: --set wifi.channel=11")
    kind = kind_of(key)
    value: Any = [part.strip() for part in written.split(",")] if key in _LISTS else written
    try:
        return key, msgspec.convert(value, type=kind, strict=False)
    except msgspec.ValidationError:
        return key, value  # `build` tells what is wanted


_LISTS = ("packs", "site.languages")
_NEEDED = {
    "site.village": 'Cho biết tên bản: --village "bản Nà Hường"',
    "box.model": "Cho biết đời máy, in trên bo mạch: --model pi-3b",
}


def _defaults(said: Given) -> dict[str, Any]:
    village = str(said["site.village"])
    found: dict[str, Any] = {
        "site.id": names.site_id(village, str(said.get("site.commune", ""))),
        "site.name": f"Nhà văn hóa {village}",
        "wifi.ssid": names.network_name(village),
        "wifi.security": "wpa2" if "wifi.password" in said else "open",
        "box.firmware": _firmware(said),
    }
    if "uplink.ssid" in said:
        found["uplink.kind"] = "wifi"
    return found


def _firmware(said: Given) -> str:
    """The firmware that was made for many phones, where the expected class needs it."""
    model = models.models().get(str(said["box.model"]))
    size = said.get("site.class_size", Site(id="x", name="x").class_size)
    if model is None or not isinstance(size, int) or "minimal" not in model.stations:
        return "stock"
    return "minimal" if size > model.holds("stock") else "stock"


def _composed(value: Any) -> Any:
    """Text with its marks on the letters; a Mac's terminal types them apart."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _table(flat: Given) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in flat.items():
        section, _, name = key.rpartition(".")
        (table.setdefault(section, {}) if section else table)[name] = value
    return table
