"""What is to be flashed: the words of the command become jobs, each judged before a byte is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.errors import KioskError
from kiosk.findings import Level
from provisioning import card
from provisioning.card import Manifest
from provisioning.check import rules
from provisioning.flash.sd_cards import Disk, refusal
from provisioning.site_config import SiteConfig, parse


@dataclass(frozen=True, slots=True)
class Wanted:
    """A site file and the card it goes to; `named` is how often the card's name was written."""

    site: str
    card: str
    named: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """A card that may be written.

    Attributes:
        text: the site file's, with plain line ends.
        config: the site.
        disk: the card.
    """

    text: str
    config: SiteConfig
    disk: Disk


def wanted(words: Sequence[str]) -> list[Wanted]:
    """Site files, each followed by its cards; a card named twice in a row is meant.

    Raises:
        KioskError: a card without a site, a site without a card, or a card for two sites.
    """
    found: list[Wanted] = []
    site = ""
    for word in words:
        if word.endswith(".toml"):
            _used(site, found)
            site = word
        elif not site:
            raise KioskError(f"{word} chưa có tệp của bản", hint="viết: provision flash BẢN.toml THẺ")
        elif found and found[-1] == Wanted(site, word):
            found[-1] = Wanted(site, word, 2)
        else:
            found.append(Wanted(site, word))
    _used(site, found)
    _apart(found)
    return found


def job(text: str, where: str, disk: Disk, manifest: Manifest, *, named: int, places: Sequence[str]) -> Job:
    """The job of a site's text and a disk.

    Args:
        text: of the site file.
        where: its name, for what is said.
        disk: the card.
        manifest: of the image.
        named: how often the technician wrote the card's name.
        places: devices behind this machine's own system.

    Raises:
        KioskError: the disk may not be written, is too small, or the site cannot run from this image.
    """
    refused = refusal(disk, named=named, places=places)
    if refused:
        raise refused
    card.room(disk.size)
    config = parse(text, where)
    bad = next((row for row in rules.of_config(config) if row.level is Level.FAIL), None)
    if bad:
        raise KioskError(f"{where}: {bad.area}: {bad.what}", hint=bad.remedy)
    _fits(config, manifest, where)
    return Job(text.replace("\r\n", "\n"), config, disk)


def _fits(config: SiteConfig, manifest: Manifest, where: str) -> None:
    if config.model.id not in manifest.models:
        known = ", ".join(manifest.models)
        raise KioskError(f"{where}: ảnh này không chạy trên {config.model.name}", hint=f"ảnh chạy trên: {known}")
    if config.box.touchscreen and not manifest.touchscreen:
        raise KioskError(
            f"{where}: bản có màn hình chạm, ảnh này không có phần ấy", hint="dựng ảnh: provision image --touchscreen"
        )


def _used(site: str, found: Sequence[Wanted]) -> None:
    if site and (not found or found[-1].site != site):
        raise KioskError(f"{site} chưa có thẻ", hint=f"viết tên thẻ sau nó: provision flash {site} /dev/sdX")


def _apart(found: Sequence[Wanted]) -> None:
    cards = [each.card for each in found]
    twice = next((each for each in cards if cards.count(each) > 1), None)
    if twice:
        raise KioskError(f"{twice} được ghi cho hai lần", hint="mỗi thẻ một bản; viết lại lệnh")
