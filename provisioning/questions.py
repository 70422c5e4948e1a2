"""What a technician is asked at the terminal about a new site; what was said on the command line is not asked."""

from collections.abc import Callable
from typing import Any

import msgspec
import questionary

from kiosk.errors import KioskError
from provisioning import faults, models
from provisioning.new_site import Given, pin_hash
from provisioning.site_config import kind_of
from provisioning.site_file import meaning

_UPLINKS = {
    "none": "không có mạng",
    "ethernet": "dây mạng",
    "usb-modem": "USB 4G (Dcom)",
    "wifi": "Wi-Fi khác của nhà",
    "phone": "điện thoại nối dây USB",
}


def ask(given: Given) -> dict[str, Any]:
    """`given` with the answers to what it lacks.

    Raises:
        KioskError: the technician gave up.
    """
    said = dict(given)
    for key, put in _questions(said):
        if key not in said and (answer := put()) is not None:
            said[key] = answer
    return said


def _questions(said: dict[str, Any]) -> Any:
    """Key and question, in order; later ones look at earlier answers."""
    yield "site.village", lambda: _text("site.village", needed=True)
    yield "site.commune", lambda: _text("site.commune")
    yield "site.province", lambda: _text("site.province")
    yield "box.model", _model
    model = models.models().get(said["box.model"])
    if model and model.display:
        yield "box.touchscreen", lambda: _answer(questionary.confirm("Có màn hình chạm không?", default=False))
    yield "site.class_size", lambda: int(_text("site.class_size", start="10", needed=True))
    yield "uplink.kind", _uplink
    if said["uplink.kind"] == "wifi":
        yield "uplink.ssid", lambda: _text("uplink.ssid", needed=True)
        yield "uplink.password", lambda: _secret("uplink.password")
    for key in ("helper.name", "helper.phone", "helper.hours", "helper.police"):
        yield key, lambda key=key: _text(key)
    yield "staff.pin", _pin


def _model() -> str:
    choices = [
        questionary.Choice(row.name, value=row.id, disabled=row.refused or None) for row in models.models().values()
    ]
    return str(_answer(questionary.select("Máy nào? (in trên bo mạch)", choices=choices)))


def _uplink() -> str:
    choices = [questionary.Choice(said, value=kind) for kind, said in _UPLINKS.items()]
    return str(_answer(questionary.select("Máy ra mạng bằng gì?", choices=choices)))


def _pin() -> str | None:
    pin = str(_answer(questionary.password("PIN của tổ công nghệ số (4-12 chữ số, bỏ trống nếu chưa có)")))
    return pin_hash(pin) if pin else None


def _text(key: str, *, start: str = "", needed: bool = False) -> str:
    return str(_answer(questionary.text(_said(key), default=start, validate=_judge(key, needed=needed)))).strip()


def _secret(key: str) -> str:
    return str(_answer(questionary.password(_said(key), validate=_judge(key))))


def _said(key: str) -> str:
    text = meaning(key)
    return f"{text[0].upper()}{text[1:]}:"


def _judge(key: str, *, needed: bool = False) -> Callable[[str], bool | str]:
    kind = kind_of(key)

    def judge(text: str) -> bool | str:
        if not text.strip():
            return "Cần có." if needed else True
        try:
            msgspec.convert(text.strip(), type=kind, strict=False)
        except msgspec.ValidationError:
            return f"Cần {faults.wanted(kind)}."
        return True

    return judge


def _answer(question: questionary.Question) -> Any:
    answer = question.ask()
    if answer is None:  # Ctrl+C
        raise KioskError("chưa tạo tệp nào", hint="chạy lại provision site new, hoặc dùng --yes và các cờ")
    return answer
