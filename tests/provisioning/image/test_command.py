"""`provision image` from outside, up to where the long work begins."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.errors import KioskError
from kiosk.findings import Finding, Level
from provisioning.image import packages
from provisioning.image.command import command
from provisioning.image.recipe import keys
from provisioning.image.steps import Order

DAY = 1763769600


@pytest.fixture
def order(repository: Path, tmp_path: Path) -> Order:
    (tmp_path / "doi-song-so-1.pack").write_bytes(b"lessons")
    choice = packages.choose("trixie", touchscreen=False)
    return Order(choice, False, repository, (tmp_path / "doi-song-so-1.pack",), DAY)


def test_what_is_missing_is_said_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    lack = Finding("chương trình", Level.FAIL, "thiếu mtools.", "sudo apt install mtools")
    monkeypatch.setattr("provisioning.image.needs.look", lambda *_: [lack])
    ran = CliRunner().invoke(command, ["--check"])
    assert ran.exit_code == 1
    assert "sudo apt install mtools" in ran.output


def test_a_machine_that_has_everything_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioning.image.needs.look", lambda *_: [])
    ran = CliRunner().invoke(command, ["--check"])
    assert ran.exit_code == 0
    assert "dựng được ảnh thẻ" in ran.output


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioning.image.needs.look", lambda *_: [])
    with pytest.raises(KioskError, match="hôm qua không phải ngày"):
        CliRunner().invoke(command, ["--day", "hôm qua"], catch_exceptions=False)


def test_the_steps_are_told_the_whole_path_of_a_cache_named_in_short(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("provisioning.image.needs.look", lambda *_: [])
    monkeypatch.chdir(tmp_path)
    places = list[Path]()

    def stopped(_steps: object, cache: Path, _report: object) -> None:
        places.append(cache)
        raise KioskError("enough seen")

    monkeypatch.setattr("provisioning.image.command.build", stopped)
    for words in ([], ["--cache", "elsewhere"]):
        CliRunner().invoke(command, words)
    assert places == [tmp_path / ".build/image", tmp_path / "elsewhere"]


def test_the_same_order_has_the_same_id_and_says_suite_kind_and_day(order: Order) -> None:
    assert order.id == replace(order).id
    assert order.id.startswith("domdom-trixie-loa-20251122-")
    assert replace(order, touchscreen=True).id.startswith("domdom-trixie-cham-")


def test_another_pack_or_day_changes_the_image_but_not_debian_s_tree(order: Order) -> None:
    before = keys(order.steps)
    order.packs[0].write_bytes(b"other lessons")
    for other in (replace(order), replace(order, day=DAY + 86400)):
        after = keys(other.steps)
        assert after["debian"] == before["debian"]
        assert after["wheels"] == before["wheels"]
        assert after["system"] != before["system"]
        assert other.id != order.id


def test_another_page_beside_the_units_changes_the_image(order: Order, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "docs").mkdir(parents=True)
    for path in order.source.iterdir():
        if path.name != "docs":
            (source / path.name).symlink_to(path)
    ids = set()
    for text in ("one", "other"):
        (source / "docs/architecture.md").write_text(text, encoding="utf-8")
        ids.add(replace(order, source=source).id)
    assert len(ids) == 2


def test_taking_debian_s_packages_anew_is_another_tree(order: Order) -> None:
    assert keys(replace(order, update="2026-11-22T09").steps)["debian"] != keys(order.steps)["debian"]


def test_another_mirror_source_or_kernel_is_another_tree(order: Order) -> None:
    trees = {keys(order.steps)["debian"]}
    for choice in (
        packages.choose("trixie", touchscreen=True),
        packages.choose("trixie", touchscreen=False, mirror="http://kho.noi-bo/debian"),
        packages.choose("trixie", touchscreen=False, more=("deb http://kho.noi-bo/rpi trixie main",)),
        packages.choose("trixie", touchscreen=False, kernel=("linux-image-rpi-v8",)),
        packages.choose("bookworm", touchscreen=False),
    ):
        trees.add(keys(replace(order, choice=choice).steps)["debian"])
    assert len(trees) == 6
