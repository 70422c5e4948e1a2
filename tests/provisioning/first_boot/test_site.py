"""Which site a box is."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.device.start import Start as Told
from provisioning.first_boot import site
from tests.provisioning.first_boot.box import TestDisk

Go = Callable[..., Told]
Card = Callable[..., TestDisk]
pytestmark = pytest.mark.usefixtures("same_keys")


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode(),
        lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode() + b"\n" * 5000,
    ],
    ids=["windows", "with a mark", "utf-16", "old mac", "padded"],
)
def test_a_file_edited_anywhere_is_taken(
    start: Go, card_of: Card, tmp_path: Path, plain: str, saved: Callable[[str], bytes]
) -> None:
    disk = card_of(plain)
    start(disk)
    disk.text = saved(plain.replace("0912 345 678", "0987 654 321"))
    told = start(disk)
    assert (told.site, told.wrong) == ("card", "")
    assert "0987 654 321" in (tmp_path / "etc/kiosk/kiosk.toml").read_text()


@pytest.mark.parametrize(
    ("edited", "said"),
    [
        (b"", "trống"),
        (b"   \n\n", "trống"),
        (None, "trống"),
        (b"[site\n", "dòng 1"),
        (b"\xff\xff\x00\xfe" * 20, "UTF-8"),
        ("model = pi-zero-w", "Raspberry Pi Zero W"),
        ("model = pi-77", "pi-77"),
    ],
)
def test_when_the_card_s_file_does_not_pass_the_last_one_that_did_stays(
    start: Go, card_of: Card, tmp_path: Path, plain: str, edited: bytes | str | None, said: str
) -> None:
    disk = card_of(plain)
    start(disk)
    if isinstance(edited, str):
        edited = plain.replace('"pi-3b"', f'"{edited.removeprefix("model = ")}"').encode()
    disk.text = edited
    for _ in range(2):
        told = start(disk)
        assert told.site == "kept"
        assert said in told.wrong
        assert (tmp_path / "etc/hostname").read_text() == "na-huong\n"
    assert (tmp_path / site.KEPT).read_text() == plain


def test_a_first_start_with_a_bad_file_serves_the_nameless_house_and_says_why(
    start: Go, card_of: Card, tmp_path: Path
) -> None:
    told = start(card_of("[site]\n"))
    assert told.site == "image"
    assert "site.toml" in told.wrong
    assert (tmp_path / "etc/hostname").read_text() == "dom-dom\n"
    assert not (tmp_path / site.KEPT).exists()


def test_a_mended_file_takes_the_place_of_the_kept_one(start: Go, card_of: Card, tmp_path: Path, plain: str) -> None:
    disk = card_of(plain)
    start(disk)
    disk.text = b"broken"
    start(disk)
    disk.text = plain.replace("na-huong", "na-huong-2").encode()
    assert start(disk).site == "card"
    assert (tmp_path / "etc/hostname").read_text() == "na-huong-2\n"
