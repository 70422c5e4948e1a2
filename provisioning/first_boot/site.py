"""Which site this box is: the card's own file, the last one that passed, or the nameless one of the image."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from kiosk.errors import KioskError
from kiosk.findings import Level
from provisioning.check import rules
from provisioning.first_boot.hands import Hands
from provisioning.site_config import SiteConfig, parse

KEPT: Final = "var/lib/kiosk/system/site.toml"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The site that is applied.

    Attributes:
        config: it.
        source: "card" as it lies there, "kept" from an earlier start, "image" where nothing else is known.
        wrong: why the card's own file was not taken; empty when it was.
    """

    config: SiteConfig
    source: str
    wrong: str = ""


def choose(hands: Hands, card: bytes | None, fallback: str) -> Chosen:
    """The site to apply; a card's file that passes is kept for the day when the next one does not.

    Args:
        hands: of the box.
        card: what lies on the boot partition; None when that cannot be read.
        fallback: text of the nameless site.
    """
    wrong = ""
    for source, raw in (("card", card), ("kept", hands.read(KEPT))):
        try:
            config = passing(raw)
        except KioskError as fault:
            wrong = wrong or str(fault)
            continue
        if source == "card":
            _keep(hands, raw or b"")
        return Chosen(config, source, wrong)
    return Chosen(parse(fallback), "image", wrong)


def passing(raw: bytes | None) -> SiteConfig:
    """The site of a file's bytes, as an editor of any system leaves them.

    Raises:
        KioskError: it is not there, empty, no text, or does not pass the check that a laptop makes.
    """
    text = plain(raw or b"")
    if not text.strip():
        raise KioskError("site.toml trống hoặc không có", hint="chép lại tệp của bản vào thẻ")
    config = parse(text)
    bad = next((row for row in rules.of_config(config) if row.level is Level.FAIL), None)
    if bad:
        raise KioskError(f"{bad.area}: {bad.what}", hint=bad.remedy)
    return config


def plain(raw: bytes) -> str:
    """The text: a mark in front and the line ends of Windows are taken away; UTF-16, as Notepad may save it, is read.

    Raises:
        KioskError: it is no text.
    """
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise KioskError("site.toml không phải chữ UTF-8", hint="mở bằng Notepad, Lưu thành, chọn UTF-8") from wrong
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _keep(hands: Hands, raw: bytes) -> None:
    if hands.read(KEPT) != raw:
        with suppress(OSError):  # a full card keeps the older one, and is this site all the same
            hands.write(KEPT, raw, mode=0o600)
