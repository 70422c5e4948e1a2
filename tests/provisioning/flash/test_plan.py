"""From the words of the command to jobs."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.errors import KioskError
from provisioning.card import Manifest
from provisioning.flash.plan import Job, Wanted, job, wanted
from provisioning.flash.sd_cards import Disk

CARD = Disk("/dev/sdb", 16_000_000_000, portable=True)
IMAGE = Manifest(
    "domdom-1", "trixie", "2026-11-22", touchscreen=False, models=("pi-3b",), size=1, sha256="", packages=1
)


@pytest.fixture
def judged(plain: str) -> Callable[..., Job]:
    def make(text: str = plain, disk: Disk = CARD, manifest: Manifest = IMAGE, **more: object) -> Job:
        return job(text, "na-huong.toml", disk, manifest, **{"named": 1, "places": (), **more})

    return make


def test_a_site_is_followed_by_its_cards() -> None:
    words = ["a.toml", "/dev/sdb", "b.toml", "/dev/sdc", "/dev/sdc", "/dev/sdd"]
    assert wanted(words) == [
        Wanted("a.toml", "/dev/sdb"),
        Wanted("b.toml", "/dev/sdc", 2),
        Wanted("b.toml", "/dev/sdd"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/dev/sdb"], "chưa có tệp của bản"),
        (["a.toml"], "a.toml chưa có thẻ"),
        (["a.toml", "b.toml", "/dev/sdb"], "a.toml chưa có thẻ"),
        (["a.toml", "/dev/sdb", "b.toml", "/dev/sdb"], "/dev/sdb được ghi cho hai lần"),
        (["a.toml", "/dev/sdb", "/dev/sdc", "/dev/sdb"], "/dev/sdb được ghi cho hai lần"),
    ],
)
def test_words_that_say_nothing_clear_are_refused(words: list[str], said: str) -> None:
    with pytest.raises(KioskError) as wrong:
        wanted(words)
    assert said in wrong.value.message


def test_a_site_edited_on_windows_goes_to_the_card_with_plain_line_ends(judged: Callable[..., Job], plain: str) -> None:
    assert judged(plain.replace("\n", "\r\n")).text == plain


def test_a_card_too_small_is_told(judged: Callable[..., Job]) -> None:
    with pytest.raises(KioskError, match=r"2\.0 GB nhỏ quá"):
        judged(disk=replace(CARD, size=2_000_000_000))


def test_a_disk_that_may_not_be_written_is_told(judged: Callable[..., Job]) -> None:
    with pytest.raises(KioskError, match="chính máy này"):
        judged(places=("/dev/sdb1",))


def test_a_site_for_another_model_is_told_with_the_models_that_run(judged: Callable[..., Job]) -> None:
    with pytest.raises(KioskError, match="không chạy trên Raspberry Pi 3 Model B") as wrong:
        judged(
            manifest=Manifest(
                "d", "trixie", "2026-11-22", touchscreen=False, models=("pi-5",), size=1, sha256="", packages=1
            )
        )
    assert "pi-5" in wrong.value.hint


def test_a_site_with_a_touchscreen_wants_an_image_with_its_programs(judged: Callable[..., Job], plain: str) -> None:
    with pytest.raises(KioskError, match="màn hình chạm"):
        judged(plain.replace('model = "pi-3b"', 'model = "pi-3b"\ntouchscreen = true'))


def test_a_site_that_the_check_refuses_is_not_flashed(judged: Callable[..., Job], plain: str) -> None:
    with pytest.raises(KioskError, match="Raspberry Pi Zero W"):
        judged(plain.replace("pi-3b", "pi-zero-w"))
    with pytest.raises(KioskError, match="dòng"):
        judged(plain.replace("pi-3b", "pi-77"))
